package dev.corral.core.cleanup;

/**
 * How far one step has come.
 *
 * @param step     the step
 * @param status   where it is
 * @param regained bytes measured to be free now that were not before, -1 when that could not be measured
 * @param problem  why it failed or was left alone; empty otherwise
 * @param nextStep what can be done about it; empty otherwise
 */
public record StepResult(CleanupStep step, Status status, long regained, String problem, String nextStep) {

    /** Where a step is. */
    public enum Status {
        /** It waits for its turn. */
        WAITING("waiting"),
        /** It is under way. */
        RUNNING("running"),
        /** It was done, and confirmed. */
        DONE("done"),
        /** It failed; the handle is kept. */
        FAILED("failed"),
        /** The item is not what it was when the plan was made, so it was left alone. */
        LEFT_ALONE("left_alone"),
        /** The item was gone already. */
        GONE("gone"),
        /** The cleanup was stopped before it. */
        STOPPED("stopped");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word in JSON. */
        public String word() {
            return word;
        }
    }
}
