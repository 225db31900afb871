package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.SolveRuns;
import dev.corral.core.solve.Solving;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the sessions. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the sessions, newest first, and the runs in terminals that could be joined.")
final class SolveListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** A run that could be joined. */
    record JoinableRow(long pid, String command, String task, String sample, int epoch) {
        static JoinableRow of(SolveRuns.Joinable run) {
            return new JoinableRow(run.process().pid(), run.command(), run.task(), run.sample(), run.epoch());
        }
    }

    /** What it prints. */
    record Listing(List<SolveDocument> sessions, List<JoinableRow> joinable) {}

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            List<SolveDocument> sessions =
                    solving.listWithEnds().stream().map(SolveDocument::of).toList();
            List<JoinableRow> joinable =
                    solving.runs().joinable().stream().map(JoinableRow::of).toList();
            if (json) {
                output.json(new Listing(sessions, joinable));
                return ExitCode.DONE;
            }
            if (sessions.isEmpty()) {
                output.message("There are no sessions. corral solve TASKFILE --sample ID begins one.");
            } else {
                output.table(
                        List.of("SESSION", "STATE", "TASK", "SAMPLE", "WHO", "TIME", "SCORE"),
                        sessions.stream().map(SolveDocument::cells).toList());
            }
            joinable.forEach(
                    run -> output.message("Process " + run.pid() + " (" + run.command() + ") waits for a person at "
                            + run.task() + " · " + run.sample() + ": corral solve join " + run.pid()));
            return ExitCode.DONE;
        }
    }
}
