package dev.corral.core.inventory;

import dev.corral.core.vagrant.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One phase of an operation, as a bar of the timeline.
 *
 * @param phase     the phase, with its machine, which is empty for phases of the whole sandbox such as the copy
 * @param startedAt when it began
 * @param endedAt   when it ended; empty while it is under way
 * @param failed    whether the operation failed in this phase
 */
public record PhaseSpan(Phase phase, Instant startedAt, Optional<Instant> endedAt, boolean failed) {

    /** The machine's name, or that of a cleanup's item; empty for phases of the whole. */
    public String machine() {
        return phase.machine();
    }

    /** The phase in plain words, for instance {@code boot} or {@code provision · shell}. */
    public String name() {
        return phase.words();
    }

    /** A copy that has ended. */
    public PhaseSpan ended(Instant at, boolean badly) {
        return new PhaseSpan(phase, startedAt, Optional.of(at), badly);
    }

    /** How long the phase has taken at {@code now}. */
    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, endedAt.orElse(now));
    }
}
