package dev.corral.core.solve;

import java.util.Locale;

/** How far a session is. */
public enum SolveState {
    /** Its run has begun; there is no machine yet. */
    STARTING("starting"),
    /** Its machine boots, or Inspect prepares it. */
    BOOTING("machine starting"),
    /** The clock runs. */
    RUNNING("clock running"),
    /** The clock is stopped, or was never started. */
    STOPPED("clock stopped"),
    /** An answer was handed in; Inspect scores it and cleans up. */
    ENDING("being scored"),
    /** It is over and has a log. */
    ENDED("ended"),
    /** Inspect ended without finishing; the machine and the journal are kept. */
    INTERRUPTED("Inspect ended"),
    /** Inspect did not come so far as to have a log. */
    FAILED("failed");

    private final String words;

    SolveState(String words) {
        this.words = words;
    }

    /** What it is, in words. */
    public String words() {
        return words;
    }

    /** The word in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a human agent listens, so that it can be asked. */
    public boolean listening() {
        return this == RUNNING || this == STOPPED;
    }

    /** Whether it is over. */
    public boolean over() {
        return this == ENDED || this == INTERRUPTED || this == FAILED;
    }
}
