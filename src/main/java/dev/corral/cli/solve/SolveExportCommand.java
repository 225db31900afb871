package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.golden.GoldenExport;
import dev.corral.core.solve.golden.GoldenFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a golden run of a session. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Makes a golden run of a session that was solved: its commands with what they showed, its notes and its answer, as a "
                        + "file that corral solve --check replays. Read it before you rely on it.")
final class SolveExportCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Option(names = "--golden", paramLabel = "FILE", required = true, description = "The file to write, JSON.")
    private Path file = Path.of("");

    @Option(
            names = "--recording",
            paramLabel = "RECORDING",
            description = "Take the commands of this recording only; may be given more than once.")
    private List<Path> recordings = new ArrayList<>();

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What {@code --json} prints. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Written(String file, int steps, int commands, int skipped, List<String> warnings) {}

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            SolveStatus status = solving.status(session);
            GoldenExport.Made made = GoldenExport.of(
                    status, solving.store().find(status.session().id()).folder(), recordings, file);
            GoldenFile.write(made.golden(), file, force);
            int commands = (int)
                    made.golden().steps().stream().filter(step -> step.runs()).count();
            int skipped = (int) made.golden().steps().stream()
                    .filter(step -> step.skip().isPresent())
                    .count();
            if (json) {
                output.json(
                        new Written(file.toString(), made.golden().steps().size(), commands, skipped, made.warnings()));
            } else {
                made.warnings().forEach(output::message);
                output.line(file.toString());
                output.message(commands + " commands. corral solve --check " + file + " replays them.");
            }
            return ExitCode.DONE;
        }
    }
}
