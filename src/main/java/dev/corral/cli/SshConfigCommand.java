package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.ssh.SshConfigText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints how OpenSSH reaches the VMs of a sandbox. */
@Command(
        name = "ssh-config",
        mixinStandardHelpOptions = true,
        description = "Prints OpenSSH settings for the VMs of a sandbox; the hosts are called SANDBOX.MACHINE.",
        footerHeading = "%nExample:%n",
        footer = {"  corral ssh-config 9f3c2a1b > lab.conf && scp -F lab.conf 9f3c2a1b.victim:/var/log/syslog ."})
final class SshConfigCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine all of the sandbox's.")
    private String machine;

    @Override
    public Integer call() {
        Output output = new Output();
        MachineName name = MachineName.parse(machine);
        try (Corral corral = Core.open()) {
            SandboxView view = NamedSandbox.find(corral.inventory().refresh(), name.sandbox());
            List<String> machines = name.machine().isEmpty()
                    ? view.machines().stream().map(row -> row.name()).toList()
                    : List.of(name.machine());
            for (String one : machines) {
                SshConfigText.of(
                                SshConfigText.host(view.id(), one),
                                corral.connect(view.id(), one).endpoint())
                        .lines()
                        .forEach(output::line);
                output.line("");
            }
        }
        return ExitCode.DONE;
    }
}
