package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import java.util.ArrayDeque;

/** Counts how often somebody comes in, within bounds: in all, and in a minute. Thread-safe. */
final class Visits {
    /** Terminals in all, for as long as one process serves. */
    static final int MOST = 200;
    /** Terminals in a minute. */
    static final int MOST_A_MINUTE = 10;

    private static final long MINUTE = 60_000_000_000L;

    private final ArrayDeque<Long> last = new ArrayDeque<>();
    private int all;

    /**
     * Counts one.
     *
     * @param now a moment of {@link System#nanoTime}
     * @throws ExpectedFailure if it is one too many, which is not counted
     */
    synchronized void one(long now) {
        if (all >= MOST) {
            throw ExpectedFailure.failed(
                    "You have opened " + MOST + " terminals here, which is all there are.",
                    "Ask whoever gave you this one to serve it again.");
        }
        while (!last.isEmpty() && now - last.getFirst() > MINUTE) {
            last.removeFirst();
        }
        if (last.size() >= MOST_A_MINUTE) {
            throw ExpectedFailure.failed(
                    "You have opened " + MOST_A_MINUTE + " terminals within a minute.", "Try again in a minute.");
        }
        last.add(now);
        all++;
    }
}
