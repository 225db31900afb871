package dev.corral.cli.cleanup;

import dev.corral.cli.output.Age;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives back what nobody needs any more. */
@Command(
        name = "cleanup",
        mixinStandardHelpOptions = true,
        description = "Destroys strays: sandboxes whose owner is gone and that nobody pinned, VMs and disks without a "
                + "directory, and what is left of "
                + "them. With names only those; one in use is never touched.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral cleanup --dry-run",
            "  corral cleanup --older-than 2d",
            "  corral cleanup 9f3c2a1b",
            "  corral cleanup --keep-for 7d      shuts strays down and keeps their disks for a week"
        })
public final class CleanupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Sandboxes or other items of corral strays; an unambiguous part of the name will do.")
    private List<String> names = List.of();

    @Option(names = "--strays", description = "All strays; this is so anyway when nothing is named.")
    private boolean strays;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Only what was made longer ago than this: 90m, 12h, 3d.")
    private @Nullable Duration olderThan;

    @Option(
            names = "--keep-for",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Shut VMs down instead, and keep their disks for so long; afterwards they are strays again.")
    private @Nullable Duration keepFor;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print an array with an object for each step.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output();
        if (keepFor != null && keepFor.isZero()) {
            throw new ParameterException(spec.commandLine(), "--keep-for needs a time that is not over at once.");
        }
        try (Corral corral = Core.open()) {
            CleanupPlan plan = corral.cleanup()
                    .plan(new CleanupChoice(
                            names,
                            strays || names.isEmpty(),
                            false,
                            Optional.ofNullable(olderThan),
                            Optional.ofNullable(keepFor).map(Instant.now()::plus)));
            output.message(
                    "Sandbox cache directory: " + corral.inventory().current().cache());
            Plans plans = new Plans(output, json);
            return dryRun ? plans.show(corral, plan) : plans.run(corral, plan);
        }
    }
}
