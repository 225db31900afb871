package dev.corral.cli.cleanup;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes what has no VM any more. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description =
                "Removes what has no VM: entries of Vagrant's machine index, disks, networks and folders that are left over. Never a VM.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral prune --dry-run",
            "  corral prune",
            "  corral prune --undo               puts entries back that the newest prune took out of Vagrant's index"
        })
public final class PruneCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "Only these items of corral strays.")
    private List<String> names = List.of();

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Option(
            names = "--undo",
            description =
                    "Put entries back into Vagrant's machine index, from its newest backup or from the one named with --backup.")
    private boolean undo;

    @Option(names = "--backup", paramLabel = "FILE", description = "The backup that --undo takes.")
    private @Nullable Path backup;

    @Option(names = "--json", description = "Print an array with an object for each step.")
    private boolean json;

    /** What {@code prune --undo --json} prints. */
    record Undone(String backup, int restored) {}

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            if (undo) {
                return putBack(corral, output);
            }
            CleanupPlan plan = corral.cleanup()
                    .plan(new CleanupChoice(names, names.isEmpty(), true, Optional.empty(), Optional.empty()));
            Plans plans = new Plans(output, json);
            return dryRun ? plans.show(corral, plan) : plans.run(corral, plan);
        }
    }

    private int putBack(Corral corral, Output output) {
        Path chosen = Optional.ofNullable(backup)
                .or(() -> corral.cleanup().indexBackups().stream().findFirst())
                .orElseThrow(() -> ExpectedFailure.notFound(
                        "There is no backup of Vagrant's machine index: nothing was ever pruned here.", ""));
        int restored = corral.cleanup().restoreIndex(chosen);
        if (json) {
            output.json(new Undone(chosen.toString(), restored));
        } else {
            output.line(restored + (restored == 1 ? " entry" : " entries") + " put back from " + chosen);
        }
        return ExitCode.DONE;
    }
}
