package dev.corral.core.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One phase of a start or destroy on one machine, as a bar of the timeline.
 *
 * @param machine   the machine's name; empty for phases of the whole sandbox such as the copy
 * @param name      the phase in plain words, for instance {@code boot} or {@code provision}
 * @param startedAt when it began
 * @param endedAt   when it ended; empty while it is under way
 * @param failed    whether the operation failed in this phase
 */
public record PhaseSpan(String machine, String name, Instant startedAt, Optional<Instant> endedAt, boolean failed) {

    /** How long the phase has taken at {@code now}. */
    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, endedAt.orElse(now));
    }
}
