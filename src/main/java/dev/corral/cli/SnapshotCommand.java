package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.SnapshotRows;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.NamedSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Snapshots of VMs. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = "Saves, lists, restores and deletes snapshots of VMs.",
        subcommands = {
            SnapshotCommand.Save.class,
            SnapshotCommand.Names.class,
            SnapshotCommand.Restore.class,
            SnapshotCommand.Delete.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral snapshot save 9f3c2a1b/victim before-exploit",
            "  corral snapshot list 9f3c2a1b",
            "  corral snapshot restore 9f3c2a1b/victim before-exploit"
        })
final class SnapshotCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: save, list, restore or delete.");
    }

    /** What the snapshot commands have in common. */
    abstract static class Named implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "SANDBOX[/MACHINE]",
                description = "The VM; without a machine all of the sandbox's.")
        private String machine;

        @Parameters(index = "1", paramLabel = "NAME", description = "The snapshot's name.")
        private String name;

        @Option(names = "--force", description = "Also when the owner, a run of Inspect or a window, is alive.")
        private boolean force;

        @Mixin
        private ChangedOption changed = new ChangedOption();

        abstract MachineVerb command(String snapshot);

        @Override
        public final Integer call() {
            MachineVerb command = changed.on(command(name));
            try (Corral corral = Core.open()) {
                MachineRun.of(corral, machine, force).perform(command, new Output());
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "save", mixinStandardHelpOptions = true, description = "Saves the present state under a name.")
    static final class Save extends Named {
        @Override
        MachineVerb command(String snapshot) {
            return MachineVerb.saveSnapshot(snapshot);
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Goes back to a saved state; what came after it in the VM is lost.")
    static final class Restore extends Named {
        @Override
        MachineVerb command(String snapshot) {
            return MachineVerb.restoreSnapshot(snapshot);
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Removes a saved state; the VM goes on as it is.")
    static final class Delete extends Named {
        @Override
        MachineVerb command(String snapshot) {
            return MachineVerb.deleteSnapshot(snapshot);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the saved states.")
    static final class Names implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "SANDBOX[/MACHINE]",
                description = "The VM; without a machine all of the sandbox's.")
        private String machine;

        @Option(names = "--json", description = "Print an array.")
        private boolean json;

        @Override
        public Integer call() {
            Output output = new Output();
            try (Corral corral = Core.open()) {
                // To look changes nothing, so a live owner does not matter.
                MachineRun run = MachineRun.of(corral, machine, true);
                List<NamedSnapshot> named = NamedSnapshot.of(run.perform(MachineVerb.listSnapshots(), Output.silent()));
                List<SnapshotRows.SnapshotRow> found =
                        SnapshotRows.of(named, named.isEmpty() ? Map.of() : told(run, output));
                if (json) {
                    output.json(found);
                } else {
                    output.table(
                            List.of("MACHINE", "SNAPSHOT", "TAKEN"),
                            found.stream().map(SnapshotRows.SnapshotRow::cells).toList());
                }
            }
            return ExitCode.DONE;
        }

        // Vagrant says names only.
        private static Map<String, List<VmSnapshot>> told(MachineRun run, Output output) {
            Map<String, List<VmSnapshot>> told = new HashMap<>();
            for (MachineView machine : NamedSandbox.find(
                            run.corral().inventory().current(), run.sandbox())
                    .machines()) {
                try {
                    run.corral().snapshots(machine).ifPresent(all -> told.put(machine.name(), all));
                } catch (ExpectedFailure e) {
                    output.message("When its snapshots were taken can't be told: " + e.getMessage());
                }
            }
            return told;
        }
    }
}
