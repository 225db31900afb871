package dev.corral.bench;

import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.ssh.exec.ExecRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A command over a loopback sshd: Corral's kept connection and OpenSSH's. */
final class LoopbackBench {
    private LoopbackBench() {}

    static Map<String, Double> run() throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        try (LoopbackSshd sshd = new LoopbackSshd(folder.resolve("sshd"));
                GuestConnection connection = new GuestConnection(sshd.endpoint());
                ControlMaster master = new ControlMaster(config(folder, sshd.endpoint()), "loopback")) {
            return new Timing()
                    .way("corral", () -> connection.exec(ExecRequest.of("true")))
                    .way("ssh over ControlMaster", master.command("true"))
                    .way("corral, /bin/true", () -> connection.exec(ExecRequest.of("/bin/true")))
                    .way("ControlMaster, /bin/true", master.command("/bin/true"))
                    .run(100, 300);
        }
    }

    private static Path config(Path folder, SshEndpoint endpoint) throws Exception {
        return Files.writeString(folder.resolve("config"), """
                Host loopback
                  HostName %s
                  Port %d
                  User %s
                  IdentityFile %s
                  IdentitiesOnly yes
                  UserKnownHostsFile /dev/null
                  StrictHostKeyChecking no
                  LogLevel ERROR
                """.formatted(
                        endpoint.host(),
                        endpoint.port(),
                        endpoint.user(),
                        endpoint.identityFiles().getFirst()));
    }
}
