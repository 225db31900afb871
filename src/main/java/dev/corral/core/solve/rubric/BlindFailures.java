package dev.corral.core.solve.rubric;

import dev.corral.core.base.ExpectedFailure;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What failed, told to who rates without telling who solved the sample. The log file has it whole.
 *
 * @param rating   the rating's id
 * @param revealed whether it was told who solved what, and nothing is left to hide
 */
record BlindFailures(String rating, boolean revealed) {
    private static final Logger LOG = LoggerFactory.getLogger(BlindFailures.class);
    private static final String IN_THE_LOG_FILE = "whoever reads that learns who solved it.";

    /**
     * Does something with a log. Its name and folder tell who solved it; why it can't be used does not, so that is said of the samples
     * instead. What Python printed may name the file, and is left out.
     *
     * @param letters the samples, as in "A, B"
     * @param log     the log
     * @param work    gets what a failure is to call the log
     */
    <T> T withLog(String letters, String log, Function<String, T> work) {
        if (revealed) {
            return work.apply("the log " + log);
        }
        try {
            return work.apply("the log of sample " + letters);
        } catch (ExpectedFailure e) {
            LOG.warn("sample {} of {}, {}", letters, rating, log, e);
            String next = e.details().isEmpty() ? e.nextStep() : "Corral's log file says why; " + IN_THE_LOG_FILE;
            throw ExpectedFailure.failed(e.getMessage(), next).withKind(e.kind());
        }
    }

    /** Does something with what belongs to a sample: what a person's session lacks tells that it was a person's. */
    <T> T with(String letter, Supplier<T> work) {
        try {
            return work.get();
        } catch (ExpectedFailure e) {
            if (revealed) {
                throw e;
            }
            LOG.warn("sample {} of {}", letter, rating, e);
            throw ExpectedFailure.failed(
                            "What was done for sample " + letter + " can't be shown.",
                            "Corral's log file says why; " + IN_THE_LOG_FILE)
                    .withKind(e.kind());
        }
    }
}
