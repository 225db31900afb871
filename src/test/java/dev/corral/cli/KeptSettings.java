package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Looks whether a real VM is reached by what is kept, without a word to Vagrant. Notes each of the lab's Vagrant commands. */
final class KeptSettings {
    private final VmLab lab;
    private final Path commands;

    /** Puts a Vagrant that notes its commands in front of the lab's; before the lab's first start. */
    KeptSettings(VmLab lab, Path folder) throws IOException {
        this.lab = lab;
        this.commands = folder.resolve("commands");
        Path real = new Vagrant(Environment.system()).executable();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path noting = Files.writeString(
                bin.resolve("vagrant"), "#!/bin/sh\necho \"$1\" >>'" + commands + "'\nexec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(noting, PosixFilePermissions.fromString("rwxr-xr-x"));
        lab.variables().put("PATH", bin + ":" + System.getenv("PATH"));
    }

    private List<String> commands() throws IOException {
        return Files.readAllLines(commands).stream()
                .filter(word -> !word.equals("--version"))
                .toList();
    }

    /** The first command after whatever booted the VM asks Vagrant nothing, and what is kept is what Vagrant says. */
    void hold(String sandbox) throws Exception {
        List<String> before = commands();
        assertThat(before).isNotEmpty();
        assertThat(lab.corral("exec", "-n", sandbox, "--", "true").exitCode()).isZero();
        assertThat(commands()).as("nobody has to ask Vagrant").isEqualTo(before);
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
}
