package dev.corral.core.inventory;

import dev.corral.core.vagrant.FailureView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest start or destroy of a sandbox, as its journal tells it.
 *
 * @param workflow  the workflow's id
 * @param kind      {@code start} or {@code destroy}
 * @param startedAt when it began
 * @param endedAt   when it ended; empty while it is under way or when its process was killed
 * @param alive     whether the process that runs it is alive
 * @param phases    its phases in the order in which they began
 * @param usual     how long the same operation usually takes, where earlier ones are known
 * @param failure   what went wrong, if it failed
 * @param logs      the logs of its Vagrant commands, oldest first
 */
public record OperationView(
        String workflow,
        String kind,
        Instant startedAt,
        Optional<Instant> endedAt,
        boolean alive,
        List<PhaseSpan> phases,
        Optional<Duration> usual,
        Optional<FailureView> failure,
        List<Path> logs) {

    /** The phase that is under way, if one is. */
    public Optional<PhaseSpan> currentPhase() {
        return phases.stream().filter(phase -> phase.endedAt().isEmpty()).reduce((first, second) -> second);
    }
}
