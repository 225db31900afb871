package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a session. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows a session: how far it is, its clock with every interval, and what happened.")
final class SolveStatusCommand implements Callable<Integer> {
    private static final long LOOK_MS = 1_000;

    @Parameters(paramLabel = "SESSION", description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Option(names = "--wait", description = "Wait until it is over.")
    private boolean wait;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            SolveStatus status = solving.status(session);
            LimitLines limit = new LimitLines(output::message);
            while (wait && !status.state().over()) {
                limit.look(status);
                solving.trouble(status.session().id()).ifPresent(limit::trouble);
                solving.limits().act(status);
                Thread.sleep(LOOK_MS);
                status = solving.status(session);
            }
            limit.look(status);
            solving.trouble(status.session().id()).ifPresent(limit::trouble);
            print(logged(solving, status, output), output, json);
            return ExitCode.DONE;
        }
    }

    // Whoever looks first after the end writes the clock into the log.
    private static SolveStatus logged(Solving solving, SolveStatus status, Output output) {
        if (status.state() != SolveState.ENDED
                || Solving.logged(status)
                || status.story().log().isEmpty()) {
            return status;
        }
        try {
            return solving.intoLog(status.session().id());
        } catch (ExpectedFailure e) {
            output.failure(e);
            return status;
        }
    }

    static void print(SolveStatus status, Output output, boolean json) {
        if (json) {
            output.json(SolveDocument.of(status));
        } else {
            SolveText.print(status, output);
        }
    }
}
