package dev.corral.core.inventory;

/**
 * What has come of a sandbox, derived from its journal, the process that works on it and its machines. How it differs from
 * {@link ItemState} and {@link Liveness}, and what leads from one state to another: {@code src/site/states.md}.
 */
public enum SandboxState {
    /** Accepted, waiting for a start slot. */
    QUEUED("queued"),
    /** {@code vagrant up} is under way. */
    STARTING("starting"),
    /** Every machine of it runs. */
    READY("ready"),
    /** The start went well, but some machine does not run now. */
    DEGRADED("not all running"),
    /** Every machine exists and is off. */
    STOPPED("stopped"),
    /** The start failed and the machines were kept. */
    FAILED("start failed"),
    /** The process that ran the start or destroy has ended in the middle of it. */
    INTERRUPTED("interrupted"),
    /** {@code vagrant destroy} is under way. */
    DESTROYING("destroying"),
    /** The destroy failed; the machines may still exist. */
    DESTROY_FAILED("destroy failed"),
    /** It has no manifest of ours, or an unreadable one. */
    UNKNOWN("unknown");

    private final String word;

    SandboxState(String word) {
        this.word = word;
    }

    /** The word shown to people and printed in JSON (with {@code _} for a space there). */
    public String word() {
        return word;
    }

    /** Whether an operation is under way. */
    public boolean changing() {
        return this == QUEUED || this == STARTING || this == DESTROYING;
    }
}
