package dev.corral.core.cleanup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a cleanup would do, step by step. The same inventory and choice give an equal plan.
 *
 * @param steps     what is done, in this order as far as steps wait for each other
 * @param refused   what was named and is left alone, with the reason
 * @param missing   names that fit nothing
 * @param keepUntil when set, VMs are shut down and kept until then
 */
public record CleanupPlan(
        List<CleanupStep> steps, List<Refusal> refused, List<String> missing, Optional<Instant> keepUntil) {

    /** Copies the lists. */
    public CleanupPlan {
        steps = List.copyOf(steps);
        refused = List.copyOf(refused);
        missing = List.copyOf(missing);
    }

    /**
     * Something that was named and is left alone.
     *
     * @param name     as it was named
     * @param reason   why it is left alone, a sentence
     * @param tooYoung whether only the age that was asked for rules it out, so that it was not meant at all
     */
    public record Refusal(String name, String reason, boolean tooYoung) {
        /** One that was meant and may not be touched. */
        public Refusal(String name, String reason) {
            this(name, reason, false);
        }
    }

    /** Bytes promised by all steps together; unknown ones count as nothing. */
    public long bytes() {
        return steps.stream().mapToLong(step -> Math.max(step.bytes(), 0)).sum();
    }
}
