package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.ssh.SshEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Vagrantfile that prints: its words are shown in the log and taken for nothing else. */
@Tag("unit")
@Timeout(180)
class PrintingVagrantfileTest extends OverStub {
    @Override
    protected Map<String, String> more() {
        return Map.of("STUB_SSH", "22 ada " + temp + "/key");
    }

    @Test
    void itsWordsAreNoSettings() throws Exception {
        String sandbox = stub.start(stub.request("prints"));
        assertThat(stub.manifest(sandbox).machines()).containsExactly("default");
        SshEndpoint endpoint = stub.corral().connect(sandbox, "default").endpoint();
        assertThat(endpoint.address()).isEqualTo("127.0.0.1:22");
        assertThat(endpoint.user()).isEqualTo("ada");
        assertThat(endpoint.proxyCommand()).isEmpty();
        Path kept = stub.files(sandbox).sshConfig().resolve("default");
        assertThat(Files.readString(kept).lines().skip(1))
                .containsExactly(
                        "Host " + sandbox + ".default",
                        "  HostName 127.0.0.1",
                        "  User ada",
                        "  Port 22",
                        "  IdentityFile \"" + temp + "/key\"",
                        "  UserKnownHostsFile /dev/null",
                        "  StrictHostKeyChecking no",
                        "  PasswordAuthentication no",
                        "  IdentitiesOnly yes",
                        "  LogLevel FATAL");
        CorralProcess.Ended printed = CorralProcess.run(stub.environment().variables(), "ssh-config", sandbox);
        assertThat(printed.out())
                .contains("Host " + sandbox + ".default\n  HostName 127.0.0.1\n")
                .doesNotContain("203.0.113", "mallory", "Include");
        assertThat(temp.resolve("world/ran")).doesNotExist();

        CorralProcess.Ended none =
                CorralProcess.run(stub.environment().variables(), "snapshot", "list", sandbox, "--json");
        assertThat(none.json()).as("a word that was printed is no snapshot").isEmpty();
        List<String> said = new ArrayList<>();
        StubWorld.await(stub.corral()
                .operations()
                .run(sandbox, "", MachineVerb.halt(), line -> said.add(line.machine() + ":" + line.text())));
        assertThat(said).contains("default:Halting domain...", ":Host *");
        stub.destroy(sandbox);
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void keptSettingsThatAreNotOursAreAskedForAnew() throws Exception {
        String sandbox = stub.start(stub.request("single"));
        SandboxFiles files = stub.files(sandbox);
        String id = stub.machines().getFirst();
        stub.corral().connect(sandbox, "default");
        assertThat(SshSettings.read(files, "default", id)).isPresent();
        Path kept = files.sshConfig().resolve("default");
        Files.writeString(kept, Files.readString(kept).replace("Host ", "==> Using box\nHost "));
        assertThat(SshSettings.read(files, "default", id)).isEmpty();
        stub.destroy(sandbox);
    }
}
