package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveRuns;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a session of a run that somebody began in a terminal. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description =
                "Follows a run with --solver human_cli that was begun in a terminal, and lets it be asked from here as well.")
final class SolveJoinCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PID", description = "The process, as corral solve list shows it.")
    private long pid;

    @Option(names = "--who", paramLabel = "NAME", description = "The person who solves; default: your login.")
    private @Nullable String who;

    @Option(names = "--json", description = "Print the session as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            List<SolveRuns.Joinable> runs = solving.runs().joinable().stream()
                    .filter(run -> run.process().pid() == pid)
                    .toList();
            if (runs.isEmpty()) {
                throw ExpectedFailure.notFound(
                        "Process " + pid + " is no run that waits for a person and has no session yet.",
                        "corral solve list shows those that are.");
            }
            String id = solving.runs()
                    .join(runs.getFirst(), who == null ? SolveHere.person(corral) : who)
                    .session()
                    .id();
            SolveStatus status = solving.status(id);
            if (json) {
                output.json(SolveDocument.of(status));
            } else {
                output.line(id);
            }
            return ExitCode.DONE;
        }
    }
}
