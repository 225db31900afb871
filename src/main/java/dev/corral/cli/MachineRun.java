package dev.corral.cli;

import dev.corral.cli.output.Output;
import dev.corral.cli.output.Progress;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.vagrant.LogLine;
import java.util.ArrayList;
import java.util.List;

/**
 * A Vagrant command on the machines that a person named.
 *
 * @param corral  the core
 * @param sandbox the sandbox's full id
 * @param machine the machine's name; empty means all
 */
record MachineRun(Corral corral, String sandbox, String machine) {

    /**
     * Looks the machine up.
     *
     * @param force whether a live owner does not matter
     */
    static MachineRun of(Corral corral, String named, boolean force) {
        MachineName name = MachineName.parse(named);
        SandboxView view = NamedSandbox.find(corral.inventory().refresh(), name.sandbox());
        if (!force) {
            NamedSandbox.refuseLive(view);
        }
        return new MachineRun(corral, view.id(), name.machine());
    }

    /** Runs it and shows what Vagrant says; the first Ctrl-C interrupts Vagrant, which is waited for. */
    List<LogLine> perform(MachineVerb command, Output output) {
        List<LogLine> lines = new ArrayList<>();
        Operation workflow = corral.operations().run(sandbox, machine, command, line -> {
            lines.add(line);
            output.message((line.machine().isEmpty() ? "" : line.machine() + ": ") + line.text());
        });
        Progress.awaitQuietly(workflow, output);
        return lines;
    }
}
