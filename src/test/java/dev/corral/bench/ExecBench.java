package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.exec.ExecRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A command in an emulated VM: Corral's kept connection, OpenSSH's, and {@code vagrant ssh}. */
final class ExecBench {
    private ExecBench() {}

    static Map<String, Double> run() throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            Operation start = corral.operations().start(StartRequest.of(BenchSandbox.vagrantfile(folder)));
            try {
                start.done().join();
                Path directory = corral.inventory()
                        .refresh()
                        .sandbox(start.sandbox())
                        .orElseThrow()
                        .directory();
                Map<String, String> context = Map.of("INSPECT_VM_SUFFIX", "-" + start.sandbox());
                Path config = Files.writeString(
                        folder.resolve("config"),
                        Commands.run(directory, context, "vagrant", "ssh-config")
                                .out());
                GuestConnection connection = corral.connect(start.sandbox(), "");
                try (ControlMaster master = new ControlMaster(config, "default")) {
                    Map<String, Double> fast = new Timing()
                            .way("corral", () -> connection.exec(ExecRequest.of("true")))
                            .way("ssh over ControlMaster", master.command("true"))
                            .way("corral, /bin/true", () -> connection.exec(ExecRequest.of("/bin/true")))
                            .way("ControlMaster, /bin/true", master.command("/bin/true"))
                            .run(15, 80);
                    Map<String, Double> slow = new Timing()
                            .way("corral", () -> connection.exec(ExecRequest.of("true")))
                            .way(
                                    "vagrant ssh -c true",
                                    () -> Commands.run(directory, context, "vagrant", "ssh", "-c", "true"))
                            .run(1, 7);
                    fast.put("vagrant ssh -c true", slow.get("vagrant ssh -c true"));
                    return fast;
                }
            } finally {
                corral.operations().destroy(start.sandbox()).done().join();
            }
        }
    }
}
