package dev.corral.core.inspect.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.inspect.log.LogLocks;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Reads and edits logs of samples that were solved by hand, with Inspect's own code. Thread-safe; its methods block. */
public final class LogFiles {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String SCRIPT = "solve_log.py";

    private final Environment environment;
    private final PythonLocator locator;

    /** With the Python that these variables lead to. */
    public LogFiles(Environment environment) {
        this.environment = environment;
        this.locator = new PythonLocator(environment);
    }

    /**
     * What a log says of one sample: {@code status, completed, error, answer, accumulated, scores{name: value}, limit, events[]}, the
     * events as {@link dev.corral.core.inspect.control.HumanRun#event} reads them.
     *
     * @throws ExpectedFailure if it can't be read
     */
    public JsonNode read(String log, String sample, int epoch) {
        return run(Map.of("action", "read", "log", log, "sample", sample, "epoch", epoch), log);
    }

    /**
     * What a log has of the recordings that were made in the guest: {@code recordings{file name: content}}, as far as there is room. Apart
     * from what else it says of the sample, which must not depend on anything that the guest made so large.
     *
     * @throws ExpectedFailure if it can't be read
     */
    public JsonNode recordings(String log, String sample, int epoch) {
        return run(Map.of("action", "recordings", "log", log, "sample", sample, "epoch", epoch), log);
    }

    /**
     * Sets fields of a log's metadata. The log says who changed them, when and why; what stood there before stays in it.
     *
     * @param fields what to set; values are anything that JSON holds
     * @throws ExpectedFailure if it can't be written
     */
    public void edit(String log, Map<String, Object> fields, String author, String reason) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("action", "edit");
        asked.put("log", log);
        asked.put("fields", fields);
        asked.put("author", author);
        asked.put("reason", reason);
        asked.put("locks", LogLocks.folder(environment));
        run(asked, log);
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
                                "The details show what it said; the session's journal has everything still.")
                        .withDetails(result.err());
            }
            if (answer.has("problem")) {
                throw ExpectedFailure.failed(
                        "The log " + log + " can't be used: "
                                + answer.path("problem").asText(),
                        "The session's journal has everything still.");
            }
            return answer;
        } catch (TimeoutException e) {
            throw ExpectedFailure.failed(
                            "Inspect takes too long over the log " + log + ".",
                            "The session's journal has everything still; try again.",
                            e)
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        } catch (JsonProcessingException e) {
            throw ExpectedFailure.failed(
                    "Inspect's answer about the log " + log + " can't be read.",
                    "The session's journal has everything still.",
                    e);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Python could not be started: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
    }

    private static String script() {
        try (InputStream in = LogFiles.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("this program lacks " + SCRIPT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
