package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.SolveStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides about an interval of a session's clock. */
abstract class SolveClockCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Parameters(index = "1", paramLabel = "INTERVAL", description = "The interval, as corral solve status shows it.")
    private String interval;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it goes into the log.")
    private String reason = "";

    @Option(names = "--json", description = "Print the session as one JSON object.")
    private boolean json;

    /** Whether it counts. */
    abstract boolean counts();

    @Override
    public final Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            SolveStatus status = SolveHere.open(corral).decide(session, interval, counts(), reason);
            SolveStatusCommand.print(status, output, json);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "strike",
            mixinStandardHelpOptions = true,
            description = "Says that an interval of the clock does not count, and why.")
    static final class Strike extends SolveClockCommand {
        @Override
        boolean counts() {
            return false;
        }
    }

    @Command(
            name = "keep",
            mixinStandardHelpOptions = true,
            description = "Says that an interval of the clock counts, and why.")
    static final class Keep extends SolveClockCommand {
        @Override
        boolean counts() {
            return true;
        }
    }
}
