package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a Vagrantfile is named, what lies beside it comes along. */
@Tag("unit")
@Timeout(180)
class VagrantfilePathTest extends OverStub {
    private Path project;

    @BeforeEach
    void open() throws IOException {
        project = stub.vagrantfile("single").getParent();
    }

    @Test
    void aPathThroughAParent() throws Exception {
        Path sibling = Files.createDirectories(temp.resolve("elsewhere/deep"));
        starts(sibling.resolve("../../" + project.getFileName() + "/./Vagrantfile"));
    }

    @Test
    void aPathThroughALinkedFolder() throws Exception {
        starts(Files.createSymbolicLink(temp.resolve("linked"), project).resolve("Vagrantfile"));
    }

    @Test
    void aParentOfALinkIsTheParentOfWhatItLeadsTo() throws Exception {
        Path inside = Files.createDirectories(project.resolve("inside"));
        Path far = Files.createDirectories(temp.resolve("far"));
        starts(Files.createSymbolicLink(far.resolve("link"), inside).resolve("../Vagrantfile"));
    }

    @Test
    void aVagrantfileThatIsALinkFindsWhatLiesBesideItsTarget() throws Exception {
        Path here = Files.createDirectories(temp.resolve("here"));
        starts(Files.createSymbolicLink(
                here.resolve("Vagrantfile"), Path.of("../" + project.getFileName() + "/Vagrantfile")));
    }

    // The stub's Vagrantfile loads nothing without the file beside it.
    private void starts(Path vagrantfile) throws Exception {
        String sandbox = stub.start(StartRequest.of(vagrantfile));
        assertThat(stub.machines()).hasSize(1);
        try (Stream<Path> copied = Files.walk(stub.cache().resolve(sandbox))) {
            assertThat(copied).anyMatch(path -> path.endsWith("stub.rb") && Files.isRegularFile(path));
        }
        stub.destroy(sandbox);
    }
}
