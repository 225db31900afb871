package dev.corral.core.solve.handover;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When something ends, by the clock and by the time that passes, whichever comes first: a clock that is set back must not let anybody in
 * for longer. Not thread-safe.
 */
final class Deadline {
    // More than anything is handed over for; its nanoseconds fit.
    private static final Duration LONGEST = Duration.ofDays(366);

    private Optional<Instant> until = Optional.empty();
    private long at;

    /**
     * How long it is until then; zero or less when it is over.
     *
     * @param wanted the moment; a later one than before moves the end by as much as it is later, whatever the clock shows
     * @param now    what the clock shows
     * @param nanos  a moment of {@link System#nanoTime}
     */
    Duration left(Instant wanted, Instant now, long nanos) {
        Duration byClock = shorter(Duration.between(now, wanted), LONGEST);
        Duration passing = Duration.ofNanos(at - nanos);
        if (until.isEmpty()) {
            passing = byClock;
        } else if (wanted.isAfter(until.get())) {
            passing = shorter(passing.plus(Duration.between(until.get(), wanted)), LONGEST);
        } else if (wanted.isBefore(until.get())) {
            passing = shorter(passing, byClock);
        }
        if (!until.equals(Optional.of(wanted))) {
            until = Optional.of(wanted);
            at = nanos + (passing.isNegative() ? 0 : passing.toNanos());
        }
        return shorter(passing, byClock);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
