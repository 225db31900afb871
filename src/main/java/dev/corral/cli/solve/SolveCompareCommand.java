package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.AttemptReader;
import dev.corral.core.solve.attempts.Attempts;
import dev.corral.core.solve.attempts.AttemptsCsv;
import dev.corral.core.solve.attempts.Medians;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows attempts side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Shows the attempts of people (sessions) and models (logs of Inspect) side by side, with medians for each sample and task. "
                        + "People are compared by their adjusted time, models by their working time.")
final class SolveCompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TASKFILE[@TASK]",
            arity = "0..1",
            description =
                    "Only attempts at its samples; it is not run. Its logs are looked for in INSPECT_LOG_DIR, or logs beside it.")
    private @Nullable String taskFile;

    @Option(
            names = "--log-dir",
            paramLabel = "DIR",
            description =
                    "Read the logs in this folder and those below it, and show the sessions only that have theirs there; may be given "
                            + "more than once.")
    private List<Path> logFolders = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", description = "Print the attempts as a table for other programs.")
    private boolean csv;

    /** An attempt. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record AttemptRow(
            String kind,
            String who,
            String task,
            String sample,
            int epoch,
            String status,
            Map<String, String> scores,
            @Nullable Double wallSeconds,
            @Nullable Double activeSeconds,
            @Nullable Double adjustedSeconds,
            @Nullable Double totalSeconds,
            @Nullable Double workingSeconds,
            @Nullable Integer commands,
            @Nullable Integer messages,
            String session,
            String log,
            String at,
            String ended) {
        static AttemptRow of(Attempt one) {
            return new AttemptRow(
                    one.kind().word(),
                    one.who(),
                    one.task(),
                    one.sample(),
                    one.epoch(),
                    one.status(),
                    new TreeMap<>(one.scores()),
                    one.times().wall().orElse(null),
                    one.times().active().orElse(null),
                    one.times().adjusted().orElse(null),
                    one.times().total().orElse(null),
                    one.times().working().orElse(null),
                    one.commands().orElse(null),
                    one.messages().orElse(null),
                    one.session(),
                    one.log(),
                    one.at(),
                    one.ended());
        }
    }

    /** Medians of a sample, or of a task. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MedianRow(
            String task,
            String sample,
            String kind,
            int attempts,
            @Nullable Double seconds,
            @Nullable Double right,
            @Nullable Double commands,
            @Nullable Double messages) {
        static MedianRow of(Medians one) {
            return new MedianRow(
                    one.task(),
                    one.sample(),
                    one.kind().word(),
                    one.attempts(),
                    one.seconds().orElse(null),
                    one.right().orElse(null),
                    one.commands().orElse(null),
                    one.messages().orElse(null));
        }
    }

    /** A log that can't be read. */
    record ProblemRow(String log, String problem) {}

    /** What {@code --json} prints. */
    record Document(List<AttemptRow> attempts, List<MedianRow> medians, List<ProblemRow> problems) {}

    @Override
    public Integer call() {
        if (json && csv) {
            throw new ParameterException(spec.commandLine(), "Say either --json or --csv.");
        }
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            Optional<TaskReference> reference = Optional.ofNullable(taskFile).map(TaskReference::parse);
            Optional<Path> file =
                    reference.map(named -> named.file().toAbsolutePath().normalize());
            AttemptReader reader = new AttemptReader(corral.environment(), solving);
            AttemptReader.Found found = reader.read(
                    logFolders.isEmpty() ? reader.usualFolders(file) : logFolders,
                    new Attempts.Wanted(file, reference.flatMap(TaskReference::task), !logFolders.isEmpty()));
            print(found, output);
            return found.problems().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
        }
    }

    private void print(AttemptReader.Found found, Output output) {
        List<Attempt> attempts = found.attempts();
        List<Medians> medians = Medians.of(attempts);
        List<ProblemRow> problems = found.problems().stream()
                .map(log -> new ProblemRow(log.log(), log.problem()))
                .toList();
        if (json) {
            output.json(new Document(
                    attempts.stream().map(AttemptRow::of).toList(),
                    medians.stream().map(MedianRow::of).toList(),
                    problems));
            return;
        }
        problems.forEach(one -> output.message(one.log() + " is passed over: " + one.problem()));
        found.cut().forEach(log -> output.message(log.log() + " has more samples than were read."));
        if (csv) {
            AttemptsCsv.of(attempts).lines().forEach(output::line);
        } else if (attempts.isEmpty()) {
            output.message("There are no attempts. --log-dir names a folder with logs of Inspect.");
        } else {
            output.table(
                    List.of(
                            "TASK",
                            "SAMPLE",
                            "EPOCH",
                            "WHO",
                            "STATUS",
                            "WALL",
                            "ACTIVE",
                            "TIME",
                            "SCORE",
                            "COMMANDS",
                            "MESSAGES"),
                    attempts.stream().map(SolveCompareCommand::cells).toList());
            output.line("");
            output.table(
                    List.of("TASK", "SAMPLE", "BY", "ATTEMPTS", "MEDIAN TIME", "RIGHT", "COMMANDS", "MESSAGES"),
                    medians.stream().map(SolveCompareCommand::cells).toList());
        }
    }

    private static List<String> cells(Attempt one) {
        return List.of(
                one.task(),
                one.sample(),
                Integer.toString(one.epoch()),
                one.who().isEmpty() ? one.kind().word() : one.who(),
                one.status(),
                one.times().wall().map(SolveCompareCommand::hands).orElse(""),
                one.times().active().map(SolveCompareCommand::hands).orElse(""),
                one.compared().map(SolveCompareCommand::hands).orElse(""),
                AttemptsCsv.scores(one),
                one.commands().map(Object::toString).orElse(""),
                one.messages().map(Object::toString).orElse(""));
    }

    private static List<String> cells(Medians one) {
        return List.of(
                one.task(),
                one.sample().isEmpty() ? "(all)" : one.sample(),
                one.kind() == Attempt.Kind.PERSON ? "people" : "models",
                Integer.toString(one.attempts()),
                one.seconds().map(SolveCompareCommand::hands).orElse(""),
                one.right()
                        .map(share -> String.format(Locale.ROOT, "%.2f", share))
                        .orElse(""),
                one.commands().map(AttemptsCsv::number).orElse(""),
                one.messages().map(AttemptsCsv::number).orElse(""));
    }

    private static String hands(double seconds) {
        return SolveDocument.hands(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
