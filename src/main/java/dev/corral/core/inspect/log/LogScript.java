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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * A script of this program that works on logs with the user's own Inspect: what is asked goes in as JSON, what it answers comes out. Each
 * run is a process of its own, whose time and output are limited. Thread-safe; its methods block.
 */
final class LogScript {
    private static final String SHARED = "log_script.py";

    private final Environment environment;
    private final PythonLocator locator;
    private final String name;
    private final Duration limit;

    /**
     * With the Python that these variables lead to.
     *
     * @param name  the script's file beside this class
     * @param limit how long a run may take
     */
    LogScript(Environment environment, String name, Duration limit) {
        this.environment = environment;
        this.locator = new PythonLocator(environment);
        this.name = name;
        this.limit = limit;
    }

    /**
     * Runs it for one answer, an object.
     *
     * @param about the logs, for messages
     * @param next  what a person may do, or rely on, when it fails
     * @throws ExpectedFailure if there is no Python with Inspect, it does not answer, or its answer is a problem
     */
    JsonNode answer(Map<String, Object> asked, String about, String next) {
        ProcessResult result = run(asked, about, next);
        JsonNode answer;
        try {
            answer = Json.mapper().readTree(result.stdout());
        } catch (IOException e) {
            throw ExpectedFailure.failed("Inspect's answer about " + about + " can't be read.", next, e);
        }
        if (answer == null || !answer.isObject()) {
            throw silent(result, about, next);
        }
        if (answer.has("problem")) {
            throw ExpectedFailure.failed(
                    upper(about) + " can't be used: "
                            + PlainText.line(answer.path("problem").asText(), 300) + ".",
                    next);
        }
        return answer;
    }

    /**
     * Runs it for lines, each an object.
     *
     * @param about the logs, for messages
     * @param next  what a person may do when it fails
     * @throws ExpectedFailure if there is no Python with Inspect, or it does not answer
     */
    List<JsonNode> lines(Map<String, Object> asked, String about, String next) {
        ProcessResult result = run(asked, about, next);
        return new String(result.stdout(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> object(line, about, next))
                .toList();
    }

    private static JsonNode object(String line, String about, String next) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw ExpectedFailure.failed("Inspect's answer about " + about + " can't be read.", next, e);
        }
    }

    private ProcessResult run(Map<String, Object> asked, String about, String next) {
        Path python = locator.locate();
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("PYTHONIOENCODING", "utf-8");
        try {
            ProcessResult result = Processes.run(
                    List.of(python.toString(), "-c", program()),
                    null,
                    variables,
                    Json.mapper().writeValueAsBytes(asked),
                    limit);
            if (!result.ok()) {
                throw silent(result, about, next);
            }
            return result;
        } catch (TimeoutException e) {
            throw ExpectedFailure.failed("Inspect takes too long over " + about + ".", next, e)
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Python could not be started: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
    }

    private static ExpectedFailure silent(ProcessResult result, String about, String next) {
        return ExpectedFailure.failed(
                        "Inspect could not work on " + about + ".", "The details show what it said. " + next)
                .withDetails(result.err());
    }

    private static String upper(String about) {
        return Character.toUpperCase(about.charAt(0)) + about.substring(1);
    }

    // The interpreter gets no file of this program's: the shared part is a module of that name in memory.
    private String program() throws IOException {
        return "import sys, types\nshared = sys.modules['log_script'] = types.ModuleType('log_script')\nexec("
                + Json.mapper().writeValueAsString(text(SHARED)) + ", shared.__dict__)\n" + text(name);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LogScript.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
