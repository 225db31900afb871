package dev.corral.core.inspect.launch;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes whole logs of those of runs that were killed, by the installed Inspect's own {@code inspect log recover}. Blocks. */
public final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String PROGRAM = "from inspect_ai._cli.main import main; main()";

    private final Environment environment;
    private final PythonLocator locator;

    /** With the Python that these variables lead to. */
    public LogRecovery(Environment environment) {
        this.environment = environment;
        this.locator = new PythonLocator(environment);
    }

    /** Where what is made of a log lies, as Inspect names it. */
    public static Path recovered(Path log) {
        String name = log.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return log.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + "-recovered.eval");
    }

    /**
     * Recovers a log; one that was recovered before stays as it is. The recovered log appears when it is whole, never before.
     *
     * @return where the recovered log lies
     * @throws ExpectedFailure if there is no such log, the installed Inspect can't do it, or nothing is left that it could be made of
     */
    public Path recover(Path log) {
        Path made = recovered(log);
        if (Files.exists(made)) {
            return made;
        }
        if (!Files.isRegularFile(log)) {
            throw ExpectedFailure.notFound("There is no log " + log + ".", "It may have been moved.");
        }
        // Whoever is killed or finds the disk full leaves a part, and a part would be taken for the whole for ever.
        Path making = made.resolveSibling("." + UUID.randomUUID() + ".eval");
        try {
            write(log, making);
            Files.move(making, made, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The recovered log " + made + " can't be written.", "See that its disk has room.", e);
        } finally {
            forget(making);
        }
        return made;
    }

    private static void forget(Path making) {
        try {
            Files.deleteIfExists(making);
        } catch (IOException e) {
            LOG.warn("what was made of a log stays: {}", making, e);
        }
    }

    private void write(Path log, Path making) {
        Path python = locator.locate();
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("PYTHONIOENCODING", "utf-8");
        variables.put("NO_COLOR", "1");
        try {
            ProcessResult result = Processes.run(
                    // Inspect's buffer stays, so that a move that fails costs nothing; Inspect clears it up by itself.
                    List.of(
                            python.toString(),
                            "-c",
                            PROGRAM,
                            "log",
                            "recover",
                            "--no-cleanup",
                            "--output",
                            making.toAbsolutePath().toString(),
                            log.toString()),
                    Objects.requireNonNull(log.toAbsolutePath().getParent()),
                    variables,
                    new byte[0],
                    LIMIT);
            if (!result.ok()) {
                throw why(log, result.err());
            }
        } catch (TimeoutException e) {
            throw ExpectedFailure.failed("Inspect takes too long over the log " + log + ".", "Try again.", e)
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Python could not be started: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
        if (!Files.isRegularFile(making)) {
            throw ExpectedFailure.failed(
                    "Inspect says that it recovered the log " + log + ", but there is none.",
                    "The session's journal has everything still.");
        }
    }

    private static ExpectedFailure why(Path log, String said) {
        if (said.contains("No such command")) {
            return ExpectedFailure.failed(
                    "The installed Inspect has no log recover; it came with 0.3.206.",
                    "Update inspect-ai, or set CORRAL_PYTHON to a Python that has a newer one.");
        }
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        return ExpectedFailure.failed(
                        "Inspect can't recover the log " + log + ": "
                                + PlainText.line(lines.isEmpty() ? "it does not say why" : lines.getLast(), 300),
                        "Only what its buffer still holds can be recovered, on the computer of the run and for three days; the session's "
                                + "journal has notes, answers and times.")
                .withDetails(said);
    }
}
