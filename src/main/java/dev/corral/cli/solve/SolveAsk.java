package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.Solving;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the human agent of a session what the command {@code task} in its machine would. */
abstract class SolveAsk implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Option(names = "--json", description = "Print the session as one JSON object, with what the agent said.")
    private boolean json;

    /** What {@code --json} prints. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answered(String said, SolveDocument session) {}

    /** Asks. */
    abstract String ask(Solving solving, String id) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            String id = solving.store().find(session).session().id();
            String said = ask(solving, id);
            if (json) {
                output.json(new Answered(said, SolveDocument.of(solving.status(id))));
            } else {
                said.lines().filter(line -> !line.isBlank()).forEach(output::line);
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Starts the clock of a session.")
    static final class Start extends SolveAsk {
        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            return solving.start(id);
        }
    }

    @Command(
            name = "pause",
            aliases = "stop",
            mixinStandardHelpOptions = true,
            description = "Stops the clock of a session.")
    static final class Pause extends SolveAsk {
        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            return solving.stop(id);
        }
    }

    @Command(name = "note", mixinStandardHelpOptions = true, description = "Writes a note into the log of a session.")
    static final class Note extends SolveAsk {
        @Parameters(index = "1", paramLabel = "TEXT", description = "The note, in Markdown.")
        private String text;

        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            return solving.note(id, text);
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Tells whether an answer could be handed in; prints nothing if it could.")
    static final class Validate extends SolveAsk {
        @Parameters(index = "1", arity = "0..1", paramLabel = "ANSWER", description = "The answer.", defaultValue = "")
        private String answer;

        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            return solving.validate(id, answer);
        }
    }

    @Command(
            name = "score",
            mixinStandardHelpOptions = true,
            description = "Has an answer scored on the way; the session goes on.")
    static final class Score extends SolveAsk {
        @Parameters(index = "1", arity = "0..1", paramLabel = "ANSWER", description = "The answer.", defaultValue = "")
        private String answer;

        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            return solving.score(id, answer);
        }
    }

    @Command(
            name = "submit",
            mixinStandardHelpOptions = true,
            description = "Hands the answer in, which ends the session: Inspect scores it and destroys the machines.")
    static final class Submit extends SolveAsk {
        @Parameters(index = "1", arity = "0..1", paramLabel = "ANSWER", description = "The answer.", defaultValue = "")
        private String answer;

        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            solving.submit(id, answer);
            return "Submitted. corral solve status " + id + " --wait tells the score.";
        }
    }

    @Command(
            name = "quit",
            mixinStandardHelpOptions = true,
            description = "Gives up, which ends the session; a machine that still starts is taken down again.")
    static final class Quit extends SolveAsk {
        @Override
        String ask(Solving solving, String id) throws InterruptedException {
            solving.quit(id);
            return "Given up.";
        }
    }
}
