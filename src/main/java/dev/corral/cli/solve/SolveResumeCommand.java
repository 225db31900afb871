package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.LimitKeeper;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a session whose Inspect was killed. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description =
                "Goes on with a session whose Inspect ended in the middle: a new run in the same machine, with the time already "
                        + "used. The sample's files are written anew and its setup script runs again.")
final class SolveResumeCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Option(names = "--json", description = "Print the session as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            SolveStatus status = solving.status(session);
            solving.runs().resume(status);
            SolveStatus now = solving.status(status.session().id());
            output.message(now.story().command());
            if (json) {
                output.json(SolveDocument.of(now));
            } else {
                output.message("A new run goes on with sandbox " + status.sandbox() + "; so far "
                        + SolveDocument.hands(status.clock().active()) + " were counted"
                        + LimitKeeper.of(status)
                                .map(limit -> limit.reached()
                                        ? ", and the limit is reached"
                                        : ", and " + SolveDocument.hands(limit.left()) + " are left")
                                .orElse("")
                        + ".");
            }
            return ExitCode.DONE;
        }
    }
}
