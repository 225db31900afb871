package dev.corral.core.solve.clock;

import java.time.Duration;
import java.util.List;

/**
 * What the clock of a session shows at one moment.
 *
 * @param started   whether it was ever started
 * @param running   whether it runs
 * @param wall      from the first start to the end, or to now
 * @param active    that without what was stopped
 * @param adjusted  that without what a person struck out
 * @param intervals the stretches shown apart, in order
 * @param changes   how far the computer's own clock was set meanwhile, a sentence for each time; it changes none of the times above
 */
public record ClockReading(
        boolean started,
        boolean running,
        Duration wall,
        Duration active,
        Duration adjusted,
        List<Interval> intervals,
        List<String> changes) {
    /** Copies the lists. */
    public ClockReading {
        intervals = List.copyOf(intervals);
        changes = List.copyOf(changes);
    }

    /** Of a clock that was never started. */
    public static ClockReading none() {
        return new ClockReading(false, false, Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of(), List.of());
    }
}
