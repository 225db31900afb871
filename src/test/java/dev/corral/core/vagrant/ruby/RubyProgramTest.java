package dev.corral.core.vagrant.ruby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Ruby runs Vagrant. */
@Tag("unit")
class RubyProgramTest {
    @TempDir
    private Path folder;

    private Path program(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static Path found(Path vagrant, Path path) {
        return RubyProgram.of(vagrant, Map.of("PATH", path.toString()));
    }

    @Test
    void aScriptNamesIt() throws IOException {
        Path ruby = program("own/ruby2.7", "");
        Path other = program("bin/ruby", "");
        assertThat(found(program("a/vagrant", "#!" + ruby + " -w\n"), folder.resolve("bin")))
                .isEqualTo(ruby);
        assertThat(found(program("b/vagrant", "#!/usr/bin/env ruby\n"), folder.resolve("bin")))
                .isEqualTo(other);
        assertThat(found(program("c/vagrant", "#!/bin/sh\nexec x\n"), folder.resolve("bin")))
                .isEqualTo(other);
        assertThat(found(program("d/vagrant", "#!" + folder + "/gone/ruby\n"), folder.resolve("bin")))
                .as("one that is gone is none")
                .isEqualTo(other);
    }

    @Test
    void theMakersLauncherHasItBesideIt() throws IOException {
        Path own = program("opt/vagrant/embedded/bin/ruby", "");
        program("bin/ruby", "");
        Path launcher = program("opt/vagrant/bin/vagrant", "\177ELF\0\0");
        Path link = Files.createSymbolicLink(folder.resolve("link"), launcher);
        assertThat(found(link, folder.resolve("bin"))).isEqualTo(own);
    }

    @Test
    void whereThereIsNoneThatIsSaid() throws IOException {
        Assumptions.assumeFalse(Files.exists(Path.of("/opt/vagrant/embedded/bin/ruby")));
        Path vagrant = program("a/vagrant", "#!/bin/sh\n");
        assertThatThrownBy(() -> found(vagrant, folder.resolve("nowhere")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("The Ruby that runs Vagrant can't be found.");
    }
}
