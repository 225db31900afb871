package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.BroughtRecordings;
import dev.corral.core.solve.Solving;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves what there is of a session. */
abstract class SolveRecoverCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Does it. */
    abstract void run(Solving solving, String id, boolean asJson, Output output) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            run(solving, solving.store().find(session).session().id(), json, output);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "recover",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a whole log of that of a session whose Inspect was killed, by the installed Inspect's own log recover, "
                            + "and says where it is.")
    static final class Log extends SolveRecoverCommand {
        /** What {@code --json} prints. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Recovered(String session, String log) {}

        @Override
        void run(Solving solving, String id, boolean asJson, Output output) {
            Path log = solving.recovery().log(id);
            if (asJson) {
                output.json(new Recovered(id, log.toString()));
            } else {
                output.line(log.toString());
            }
        }
    }

    @Command(
            name = "fetch",
            mixinStandardHelpOptions = true,
            description =
                    "Brings the recordings of logins that Inspect makes in the machine into the session's folder. They come by "
                            + "themselves when an answer is handed in, and when a run is found killed.")
    static final class Fetch extends SolveRecoverCommand {
        /** What {@code --json} prints. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Fetched(String session, String folder, List<String> files, boolean whole) {}

        @Override
        void run(Solving solving, String id, boolean asJson, Output output) throws InterruptedException {
            BroughtRecordings brought = solving.recovery().recordings(id);
            List<String> files = brought.names();
            Path folder = solving.store().find(id).folder().recordings();
            if (asJson) {
                output.json(new Fetched(id, folder.toString(), files, brought.whole()));
            } else {
                files.forEach(file -> output.line(folder.resolve(file).toString()));
                if (!brought.whole()) {
                    output.message("Not all of them came: the machine has more, or took too long.");
                } else if (files.isEmpty()) {
                    output.message("There is nothing new in the machine.");
                }
            }
        }
    }
}
