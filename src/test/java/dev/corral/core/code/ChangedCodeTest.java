package dev.corral.core.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest that has its sandbox's folder as a share writes into what Vagrant evaluates on this machine. */
@Tag("unit")
@Timeout(300)
class ChangedCodeTest extends OverStub {
    private String sandbox;
    private Path root;
    private Path evidence;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void started() throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        Path project = vagrantfile.getParent();
        Files.createDirectories(project.resolve("lib/parts"));
        Files.writeString(project.resolve("lib/helper.rb"), "GOOD = 1\n");
        Files.writeString(project.resolve("lib/parts/a.rb"), "A = 1\n");
        Files.writeString(project.resolve("notes.txt"), "read by nobody\n");
        Files.writeString(
                vagrantfile,
                "require_relative 'lib/helper'\nlocal = File.expand_path('local.rb', __dir__)\nload(local) if File.exist?(local)\n"
                        + "Dir[File.join(__dir__, 'lib/parts/*.rb')].each { |f| load f }\nFile.exist?('notes.txt')\n"
                        + Files.readString(vagrantfile));
        sandbox = stub.start(StartRequest.of(vagrantfile));
        root = stub.files(sandbox).directory();
        evidence = temp.resolve("evaluated");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (!stub.directories().isEmpty()) {
            stub.destroy(sandbox);
        }
        assertThat(stub.machines()).isEmpty();
        assertThat(evidence).as("what a guest wrote never runs here").doesNotExist();
    }

    private String evil() {
        return "File.write('" + evidence + "', '')\n";
    }

    private List<String> changed() {
        return stub.corral().operations().changed(sandbox);
    }

    private void check(WhenChanged then) {
        SandboxCode.check(stub.files(sandbox), then, said::add);
    }

    private static void pipe(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void aVerbRefusesRestoresOrUses() throws Exception {
        assertThat(changed()).isEmpty();
        Files.writeString(root.resolve("notes.txt"), "a guest may write what nobody reads");
        Files.writeString(root.resolve("lib/parts/readme.txt"), "no glob asks for it");
        assertThat(changed()).isEmpty();
        Files.writeString(root.resolve("lib/helper.rb"), evil());
        Files.writeString(root.resolve("local.rb"), evil());
        Files.writeString(root.resolve("lib/parts/b.rb"), evil());
        Throwable refused =
                StubWorld.failure(stub.corral().operations().run(sandbox, "", MachineVerb.halt(), line -> {}));
        assertThat(refused)
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.nextStep())
                        .contains("--changed restore"))
                .hasMessageContaining("lib/helper.rb, local.rb (new), lib/parts/b.rb (new)");
        assertThat(evidence).doesNotExist();
        List<String> lines = new ArrayList<>();
        StubWorld.await(stub.corral()
                .operations()
                .run(sandbox, "", MachineVerb.up().whenChanged(WhenChanged.RESTORE), line -> lines.add(line.text())));
        assertThat(String.join("\n", lines)).contains("put back before Vagrant ran: lib/helper.rb, local.rb (new)");
        assertThat(changed()).isEmpty();
        assertThat(root.resolve("lib/helper.rb")).hasContent("GOOD = 1\n");
        assertThat(root.resolve("local.rb")).doesNotExist();
        Files.writeString(root.resolve("local.rb"), "File.write('" + temp.resolve("mine") + "', '')\n");
        StubWorld.await(
                stub.corral().operations().run(sandbox, "", MachineVerb.up().whenChanged(WhenChanged.USE), line -> {}));
        assertThat(temp.resolve("mine")).exists();
    }

    @Test
    void aDestroyTakesWhatWasKept() throws Exception {
        Files.writeString(root.resolve("Vagrantfile"), evil() + "raise 'never'\n");
        stub.destroy(sandbox);
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    @Tag("any_user")
    void whateverLiesInTheWayIsSetAside() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("helper.rb"), evil());
        Files.writeString(outside.resolve("precious"), "stays");
        Path vagrantfile = root.resolve("Vagrantfile");
        List<Path> kinds = new ArrayList<>();
        for (String kind : List.of("link", "pipe", "huge", "folder", "gone")) {
            Files.delete(vagrantfile);
            switch (kind) {
                case "link" -> Files.createSymbolicLink(vagrantfile, outside.resolve("helper.rb"));
                case "pipe" -> pipe(vagrantfile);
                case "folder" -> Files.createDirectories(vagrantfile.resolve("deep/er"));
                case "huge" -> {
                    try (RandomAccessFile sparse = new RandomAccessFile(vagrantfile.toFile(), "rw")) {
                        sparse.setLength(1L << 40);
                    }
                }
                default -> kinds.add(vagrantfile);
            }
            assertThat(changed()).as(kind).containsExactly("Vagrantfile");
            check(WhenChanged.RESTORE);
            assertThat(Files.isRegularFile(vagrantfile, LinkOption.NOFOLLOW_LINKS))
                    .as(kind)
                    .isTrue();
            assertThat(changed()).as(kind).isEmpty();
        }
        // A folder on the way that leads out: nothing is written through it.
        Files.move(root.resolve("lib"), root.resolve("hidden"));
        Files.createSymbolicLink(root.resolve("lib"), outside);
        assertThat(changed()).contains("lib/helper.rb", "lib/parts/a.rb");
        check(WhenChanged.RESTORE);
        assertThat(root.resolve("lib/helper.rb")).hasContent("GOOD = 1\n");
        assertThat(outside.resolve("helper.rb")).hasContent(evil());
        assertThat(outside.resolve("precious")).hasContent("stays");
        assertThat(outside.resolve("parts")).doesNotExist();
        assertThat(said).hasSize(6).last().asString().contains("What was there lies in ");
    }

    @Test
    void pluginsThatVagrantWouldLoadByItselfCount() throws Exception {
        Files.writeString(root.resolve(".vagrantplugins"), evil());
        Files.writeString(root.resolve(".vagrant/plugins.json"), "{}");
        assertThat(changed()).containsExactly(".vagrantplugins (new)", ".vagrant/plugins.json (new)");
        check(WhenChanged.RESTORE);
        assertThat(changed()).isEmpty();
    }

    @Test
    void manyFilesOfAGuestAreBounded() throws Exception {
        for (int n = 0; n < 3_000; n++) {
            Files.writeString(root.resolve("lib/parts/x" + n + ".rb"), evil());
        }
        Throwable refused =
                StubWorld.failure(stub.corral().operations().run(sandbox, "", MachineVerb.halt(), line -> {}));
        assertThat(refused).hasMessageContaining("and 2992 more");
        check(WhenChanged.RESTORE);
        assertThat(changed()).isEmpty();
    }
}
