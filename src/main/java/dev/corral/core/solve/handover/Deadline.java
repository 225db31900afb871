package dev.corral.core.solve.handover;

import java.time.Duration;
import java.time.Instant;

/**
 * When something ends, by the clock and by the time that passes, whichever comes first: a clock that is set back must not let anybody in
 * for longer. Not thread-safe.
 */
final class Deadline {
    // More than anything is handed over for; its nanoseconds fit.
    private static final Duration LONGEST = Duration.ofDays(366);

    private Instant until = Instant.MIN;
    private long at;

    /**
     * How long it is until then; zero or less when it is over.
     *
     * @param wanted the moment; when it is another one than before, what passes is counted anew
     * @param now    what the clock shows
     * @param nanos  a moment of {@link System#nanoTime}
     */
    Duration left(Instant wanted, Instant now, long nanos) {
        Duration byClock = Duration.between(now, wanted);
        Duration bounded = byClock.compareTo(LONGEST) > 0 ? LONGEST : byClock;
        if (!wanted.equals(until)) {
            until = wanted;
            at = nanos + (bounded.isNegative() ? 0 : bounded.toNanos());
        }
        Duration passing = Duration.ofNanos(at - nanos);
        return passing.compareTo(bounded) < 0 ? passing : bounded;
    }
}
