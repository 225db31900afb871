package dev.corral.core.inspect.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Shows samples of logs to who rates them, and writes the ratings into the logs, with Inspect's own code. Thread-safe; its methods block.
 */
public final class RateLogs {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String SCRIPT = "rate_log.py";

    private final Environment environment;
    private final PythonLocator locator;

    /** With the Python that these variables lead to. */
    public RateLogs(Environment environment) {
        this.environment = environment;
        this.locator = new PythonLocator(environment);
    }

    /**
     * A score that a person gave.
     *
     * @param sample      the sample's id
     * @param epoch       the epoch
     * @param scorer      the score's name
     * @param value       the value
     * @param explanation what stands beside it
     * @param rubric      what goes into its metadata
     * @param reason      why it is changed
     * @param replace     whether a scorer's own score of that name may be changed
     */
    public record Edit(
            String sample,
            int epoch,
            String scorer,
            double value,
            String explanation,
            Map<String, Object> rubric,
            String reason,
            boolean replace) {}

    /**
     * What a sample is about and what was done: {@code input, answer, steps[{entered, shown}], more}; the steps are those of
     * a model's tools.
     *
     * @throws ExpectedFailure if it can't be read
     */
    public JsonNode sample(String log, String sample, int epoch) {
        return run(Map.of("action", "sample", "log", log, "sample", sample, "epoch", epoch), log);
    }

    /**
     * Changes scores, all or none. The log says who changed them, when and why; what stood there before stays in it.
     *
     * @return whether the log's metrics were computed anew, which takes its scorers' own code
     * @throws ExpectedFailure if it can't be written, or may not be
     */
    public boolean rate(String log, List<Edit> edits, String author) {
        String locks = LogLocks.folder(environment);
        return run(Map.of("action", "rate", "log", log, "edits", edits, "author", author, "locks", locks), log)
                .path("metrics")
                .asBoolean();
    }

    private JsonNode run(Map<String, Object> asked, String log) {
        Path python = locator.locate();
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("PYTHONIOENCODING", "utf-8");
        try {
            ProcessResult result = Processes.run(
                    List.of(python.toString(), "-c", script()),
                    null,
                    variables,
                    Json.mapper().writeValueAsBytes(asked),
                    LIMIT);
            JsonNode answer = Json.mapper().readTree(result.stdout());
            if (!result.ok() || answer == null || !answer.isObject()) {
                throw ExpectedFailure.failed(
                                "Inspect could not work on the log " + log + ".",
                                "The details show what it said; what was rated is kept.")
                        .withDetails(result.err());
            }
            if (answer.has("problem")) {
                throw ExpectedFailure.failed(
                        "The log " + log + " can't be used: "
                                + PlainText.line(answer.path("problem").asText(), 300) + ".",
                        "What was rated is kept.");
            }
            return answer;
        } catch (TimeoutException e) {
            throw ExpectedFailure.failed(
                            "Inspect takes too long over the log " + log + ".", "What was rated is kept; try again.", e)
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        } catch (JsonProcessingException e) {
            throw ExpectedFailure.failed(
                    "Inspect's answer about the log " + log + " can't be read.", "What was rated is kept.", e);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Python could not be started: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
    }

    private static String script() {
        try (InputStream in = RateLogs.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("this program lacks " + SCRIPT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
