package dev.corral.core.inspect.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and edits logs of samples that were solved by hand, with Inspect's own code. Thread-safe; its methods block. */
public final class LogFiles {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NEXT = "The session's journal has everything still.";

    private final Environment environment;
    private final LogScript script;

    /** With the Python that these variables lead to. */
    public LogFiles(Environment environment) {
        this.environment = environment;
        this.script = new LogScript(environment, "solve_log.py", LIMIT);
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
        return script.answer(asked, "the log " + log, NEXT);
    }
}
