package dev.corral.cli.reach;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.machine.ForwardedPort;
import dev.corral.core.machine.ForwardedPorts;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the ports of this machine that lead to VMs. */
@Command(
        name = "ports",
        mixinStandardHelpOptions = true,
        description =
                "Lists the forwarded ports of VMs: as the Vagrantfile says, and as they are now where that can be seen.",
        footerHeading = "%nExample:%n",
        footer = "  corral ports 9f3c2a1b/victim")
public final class PortsCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine all of the sandbox's.")
    private String machine;

    @Option(names = "--json", description = "Print an array.")
    private boolean json;

    /**
     * A port, as {@code --json} prints it.
     *
     * @param now the port here that is open now; 0 if none is, null where that can't be seen
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String machine,
            int guest,
            int host,
            @Nullable String address,
            String protocol,
            @Nullable Integer now) {
        static Row of(ForwardedPort port) {
            return new Row(
                    port.machine(),
                    port.guest(),
                    port.host(),
                    port.address().isEmpty() ? null : port.address(),
                    port.protocol(),
                    port.now());
        }

        List<String> cells() {
            return List.of(
                    machine,
                    guest + "/" + protocol,
                    (address == null ? "" : address + ":") + host,
                    now == null ? "can't be seen" : now == 0 ? "not open" : "open at " + now);
        }
    }

    @Override
    public Integer call() throws IOException {
        Output output = new Output();
        MachineName name = MachineName.parse(machine);
        try (Corral corral = Core.open()) {
            SandboxView view = NamedSandbox.find(corral.inventory().refresh(), name.sandbox());
            SandboxFiles files = new SandboxStore(CacheDirectory.of(corral.environment())).at(view.directory());
            Resolution resolution = KeptResolution.of(files)
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "Which ports the VMs of " + view.id() + " have was not noted: an older Corral started it.",
                            "corral update " + view.id() + " notes it."));
            String wanted = name.machine().isEmpty()
                    ? ""
                    : MachineOf.named(view, name.machine()).name();
            List<Row> rows =
                    ForwardedPorts.of(resolution, LocalState.machines(files.directory()), ProcessTable.read()).stream()
                            .filter(port -> wanted.isEmpty() || port.machine().equals(wanted))
                            .map(Row::of)
                            .toList();
            if (json) {
                output.json(rows);
            } else if (rows.isEmpty()) {
                output.message("No port is forwarded. corral forward " + view.id() + "/"
                        + view.machines().stream()
                                .map(MachineView::name)
                                .findFirst()
                                .orElse("MACHINE")
                        + " PORT makes one reachable for as long as it runs.");
            } else {
                output.table(
                        List.of("MACHINE", "GUEST", "HERE", "NOW"),
                        rows.stream().map(Row::cells).toList());
            }
        }
        return ExitCode.DONE;
    }
}
