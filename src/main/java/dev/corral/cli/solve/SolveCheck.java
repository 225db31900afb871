package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.solve.golden.Divergence;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenCheck;
import dev.corral.core.solve.golden.GoldenFile;
import dev.corral.core.solve.golden.GoldenSample;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Replays a golden run, for {@code corral solve --check}. */
final class SolveCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SolveCheck.class);
    private static final int TOLD_LINES = 20;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            required = true,
            description =
                    "Replay this golden run in a fresh sandbox instead, and tell whether the sample is solved as then. "
                            + "Exit code 0: yes; 1: no; 5: it could not be tried.")
    private Path file = Path.of("");

    @Option(names = "--keep", description = "With --check: the sandbox stays.")
    private boolean keep;

    @Option(names = "--no-score", description = "With --check: no run of Inspect, and so no score.")
    private boolean noScore;

    @Option(
            names = "--learn",
            description =
                    "With --check: write statuses, and output that the file does not tell, as they are now into it.")
    private boolean learn;

    /** What {@code --json} prints. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Document(
            String file,
            boolean passed,
            @Nullable DivergenceRow divergence,
            boolean scored,
            Map<String, String> scores,
            String notScored,
            int commands,
            int skipped,
            String session,
            String sandbox,
            boolean kept,
            String log) {
        static Document of(Path file, GoldenCheck.Result result) {
            return new Document(
                    file.toString(),
                    result.passed(),
                    result.divergence().map(DivergenceRow::of).orElse(null),
                    result.scored(),
                    new TreeMap<>(result.scores()),
                    result.notScored(),
                    result.commands(),
                    result.skipped(),
                    result.session(),
                    result.sandbox(),
                    result.kept(),
                    result.log());
        }
    }

    /** Where it went another way. */
    record DivergenceRow(
            int step, String command, String kind, int line, String expected, String seen, List<String> output) {
        static DivergenceRow of(Divergence one) {
            return new DivergenceRow(
                    one.step(), one.command(), one.kind().word(), one.line(), one.expected(), one.seen(), one.output());
        }
    }

    /** How the sample is to be run besides. */
    record With(Optional<String> model, Optional<String> logFolder) {}

    /** Does it; gives the exit code. */
    int run(@Nullable String taskFile, With with, boolean json) throws InterruptedException {
        Output output = new Output();
        try (EndingSignals signals = EndingSignals.interrupting()) {
            try (Corral corral = Core.open()) {
                return run(corral, taskFile, with, json, output);
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                return failed(e, signals.exitCode(), output);
            } catch (InterruptedException e) {
                output.message("Interrupted.");
                return signals.exitCode().orElse(ExitCode.INTERRUPTED);
            }
        }
    }

    /** Tells why it could not be tried; gives the exit code, never the one that means that the sample is not solved any more. */
    static int failed(RuntimeException failure, OptionalInt signal, Output output) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        // Files that are at work then are closed, which looks like a fault of the disk.
        if (signal.isPresent()
                && (cause instanceof ExpectedFailure || cause.getCause() instanceof ClosedByInterruptException)) {
            LOG.info("a golden run was interrupted", cause);
            output.message("Interrupted.");
            return signal.getAsInt();
        }
        if (cause instanceof ExpectedFailure expected) {
            int code = ExitCode.of(expected);
            if (code != ExitCode.FAILED && code != ExitCode.TIMED_OUT) {
                throw expected;
            }
            output.failure(expected);
        } else {
            output.bug(cause);
        }
        return ExitCode.NOT_TRIED;
    }

    private int run(Corral corral, @Nullable String taskFile, With with, boolean json, Output output)
            throws InterruptedException {
        GoldenFile.Opened opened = GoldenFile.open(file);
        Golden golden = opened.golden();
        TaskReference reference = taskFile == null
                ? new TaskReference(
                        GoldenFile.taskFile(golden, file),
                        Optional.of(golden.task()).filter(name -> !name.isEmpty()))
                : TaskReference.parse(taskFile);
        SolveSample named = SolveSample.find(corral, reference, golden.sample());
        GoldenSample found = new GoldenSample(named.task(), named.sample());
        GoldenCheck check = new GoldenCheck(corral.inventory(), corral.operations(), corral::connect, output::message);
        GoldenCheck.Result result = noScore
                ? check.unscored(golden, found.start(keep), keep)
                : check.scored(
                        golden, SolveHere.open(corral), found.request(golden, with.model(), with.logFolder()), keep);
        if (json) {
            output.json(Document.of(file, result));
        } else {
            print(result, output);
        }
        // What came of it is told even if that can't be written.
        if (learn) {
            opened.replace(golden.learned(result.seen()));
            output.message("Written to " + file + ": what " + result.seen().size() + " commands showed.");
        }
        return result.passed() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void print(GoldenCheck.Result result, Output output) {
        String commands = result.commands()
                + (result.commands() == 1 ? " command" : " commands")
                + (result.skipped() == 0 ? "" : ", " + result.skipped() + " left out");
        if (result.passed()) {
            output.line("passed: " + commands);
        } else {
            result.divergence().ifPresent(one -> print(one, output));
        }
        if (result.scored()) {
            new TreeMap<>(result.scores()).forEach((scorer, value) -> output.line(scorer + ": " + value));
        } else {
            output.line("not scored: " + result.notScored());
        }
        if (result.kept()) {
            output.line("sandbox " + result.sandbox());
        }
        if (!result.log().isEmpty()) {
            output.message("log " + result.log());
        }
    }

    private static void print(Divergence one, Output output) {
        String what =
                switch (one.kind()) {
                    case OUTPUT -> "line " + one.line() + " of what it shows";
                    case EXIT -> "the status it ends with";
                    case TIME_LIMIT -> "it did not end in time";
                    case SHELL_ENDED -> "it ended the shell, or the machine went";
                    case SCORE -> "the score";
                };
        output.line("diverged at " + (one.step() == 0 ? "the end" : "step " + one.step()) + ": "
                + PlainText.line(one.command(), 300));
        output.line("  " + what);
        output.line("  expected  " + shown(one.expected()));
        output.line("  seen      " + shown(one.seen()));
        one.output().stream().limit(TOLD_LINES).forEach(line -> output.line("  | " + line));
        if (one.output().size() > TOLD_LINES) {
            output.line("  | and " + (one.output().size() - TOLD_LINES) + " lines more");
        }
    }

    private static String shown(String text) {
        return text.isEmpty() ? "(nothing)" : PlainText.line(text, 500);
    }
}
