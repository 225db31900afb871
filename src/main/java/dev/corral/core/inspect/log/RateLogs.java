package dev.corral.core.inspect.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Shows samples of logs to who rates them, and writes the ratings into the logs, with Inspect's own code. Thread-safe; its methods block.
 */
public final class RateLogs {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NEXT = "What was rated is kept.";

    private final Environment environment;
    private final LogScript script;

    /** With the Python that these variables lead to. */
    public RateLogs(Environment environment) {
        this.environment = environment;
        this.script = new LogScript(environment, "rate_log.py", LIMIT);
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
     * @param about what a failure calls the log, as in "the log of sample A"
     * @throws ExpectedFailure if it can't be read
     */
    public JsonNode sample(String log, String about, String sample, int epoch) {
        return script.answer(Map.of("action", "sample", "log", log, "sample", sample, "epoch", epoch), about, NEXT);
    }

    /**
     * Changes scores, all or none. The log says who changed them, when and why; what stood there before stays in it.
     *
     * @param about what a failure calls the log
     * @return whether the log's metrics were computed anew, which takes its scorers' own code
     * @throws ExpectedFailure if it can't be written, or may not be
     */
    public boolean rate(String log, String about, List<Edit> edits, String author) {
        String locks = LogLocks.folder(environment);
        Map<String, Object> asked =
                Map.of("action", "rate", "log", log, "edits", edits, "author", author, "locks", locks);
        return script.answer(asked, about, NEXT).path("metrics").asBoolean();
    }
}
