package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Csv;
import dev.corral.core.inspect.log.AttemptLogs;
import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.Attempts;
import dev.corral.core.solve.attempts.CommandCount;
import dev.corral.core.solve.attempts.Medians;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            List<Path> logs = new ArrayList<>();
            List<LogRow> rows = new ArrayList<>();
            for (Path folder : folders(corral, file)) {
                AttemptLogs.Found found = AttemptLogs.find(folder);
                logs.addAll(found.logs());
                rows.addAll(found.problems());
            }
            rows.addAll(new AttemptLogs(corral.environment()).read(logs));
            List<Attempt> attempts = Attempts.of(
                    solving.list(),
                    rows,
                    new Attempts.Wanted(file, reference.flatMap(TaskReference::task), !logFolders.isEmpty()),
                    status -> CommandCount.of(
                            solving.store().find(status.session().id()).folder()));
            print(attempts, rows, output);
            return rows.stream().allMatch(row -> row.problem().isEmpty()) ? ExitCode.DONE : ExitCode.PARTLY;
        }
    }

    private List<Path> folders(Corral corral, Optional<Path> file) {
        if (!logFolders.isEmpty()) {
            return logFolders;
        }
        Path here = file.map(named -> Objects.requireNonNull(named.getParent())).orElse(Path.of(""));
        Path usual = here.resolve(corral.environment().get("INSPECT_LOG_DIR").orElse("logs"));
        return Files.isDirectory(usual) ? List.of(usual) : List.of();
    }

    private void print(List<Attempt> attempts, List<LogRow> logs, Output output) {
        List<Medians> medians = Medians.of(attempts);
        List<ProblemRow> problems = logs.stream()
                .filter(log -> !log.problem().isEmpty())
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
        logs.stream()
                .filter(LogRow::cut)
                .forEach(log -> output.message(log.log() + " has more samples than were read."));
        if (csv) {
            csv(attempts).lines().forEach(output::line);
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
                scores(one),
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
                one.commands().map(SolveCompareCommand::number).orElse(""),
                one.messages().map(SolveCompareCommand::number).orElse(""));
    }

    /** All attempts as a table for other programs. */
    static String csv(List<Attempt> attempts) {
        StringBuilder lines = new StringBuilder(Csv.line(List.of(
                "kind",
                "who",
                "task",
                "sample",
                "epoch",
                "status",
                "scores",
                "right",
                "wall_seconds",
                "active_seconds",
                "adjusted_seconds",
                "total_seconds",
                "working_seconds",
                "commands",
                "messages",
                "session",
                "log",
                "at",
                "ended")));
        for (Attempt one : attempts) {
            lines.append(Csv.line(List.of(
                    one.kind().word(),
                    one.who(),
                    one.task(),
                    one.sample(),
                    Integer.toString(one.epoch()),
                    one.status(),
                    scores(one),
                    one.right().map(SolveCompareCommand::number).orElse(""),
                    one.times().wall().map(SolveCompareCommand::number).orElse(""),
                    one.times().active().map(SolveCompareCommand::number).orElse(""),
                    one.times().adjusted().map(SolveCompareCommand::number).orElse(""),
                    one.times().total().map(SolveCompareCommand::number).orElse(""),
                    one.times().working().map(SolveCompareCommand::number).orElse(""),
                    one.commands().map(Object::toString).orElse(""),
                    one.messages().map(Object::toString).orElse(""),
                    one.session(),
                    one.log(),
                    one.at(),
                    one.ended())));
        }
        return lines.toString();
    }

    private static String scores(Attempt one) {
        return new TreeMap<>(one.scores())
                .entrySet().stream()
                        .map(score -> score.getKey() + "=" + score.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }

    private static String hands(double seconds) {
        return SolveDocument.hands(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
