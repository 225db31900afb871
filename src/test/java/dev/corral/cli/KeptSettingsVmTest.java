package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess.Ended;
import dev.corral.core.base.Environment;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.ssh.SshConfigParser;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Vagrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a real VM is reached is known as soon as Vagrant has started it, and Vagrant need not be asked. */
@Tag("vm_required")
@Timeout(300)
class KeptSettingsVmTest {
    @TempDir
    static Path temp;

    private static VmLab lab;
    private static String sandbox;

    @BeforeAll
    static void start() throws Exception {
        lab = new VmLab(temp);
        Path real = new Vagrant(Environment.system()).executable();
        Path noting = Files.writeString(
                Files.createDirectories(temp.resolve("bin")).resolve("vagrant"),
                "#!/bin/sh\necho \"$1\" >>'" + temp + "/commands'\nexec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(noting, PosixFilePermissions.fromString("rwxr-xr-x"));
        lab.variables().put("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
        sandbox = lab.start("basic").path("sandbox").asText();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        lab.leaveNothing();
    }

    private static void done(String... arguments) throws Exception {
        Ended ended = lab.corral(arguments);
        assertThat(ended.exitCode())
                .as("%s: %s", String.join(" ", arguments), ended.err())
                .isZero();
    }

    private static List<String> commands() throws Exception {
        return Files.readAllLines(temp.resolve("commands")).stream()
                .filter(word -> !word.equals("--version"))
                .toList();
    }

    // As Vagrant says it when it is asked; asks after what is to be counted.
    private static void keptIsWhatVagrantSays() throws Exception {
        SandboxFiles files = StubWorld.files(lab.cache().resolve(sandbox));
        Manifest manifest = SandboxStore.manifest(files).orElseThrow();
        String said = new Vagrant(new Environment(lab.variables()))
                .sshConfig(files.directory(), "default", manifest.context().environment());
        SshEndpoint asked = SshConfigParser.parse(said).get("default");
        String id = LocalState.machines(files.directory()).getFirst().id();
        assertThat(SshSettings.read(files, "default", id).map(kept -> kept.withLabel("default")))
                .contains(asked);
        assertThat(asked.identityFiles()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "reload", "halt up", "suspend resume"})
    void whateverBootsItKeepsHowItIsReached(String verbs) throws Exception {
        for (String verb : verbs.isEmpty() ? new String[0] : verbs.split(" ")) {
            done(verb, sandbox);
        }
        List<String> before = commands();
        done("exec", "-n", sandbox, "--", "true");
        assertThat(commands()).as("nobody has to ask Vagrant").isEqualTo(before);
        keptIsWhatVagrantSays();
    }
}
