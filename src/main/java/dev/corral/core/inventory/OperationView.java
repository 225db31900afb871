package dev.corral.core.inventory;

import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An operation, as its journal tells it.
 *
 * @param workflow  the operation's id
 * @param kind      what it does
 * @param target    what it works on
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
        OperationKind kind,
        OperationTarget target,
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

    /** Whether it has no ending and nobody works on it any more. */
    public boolean interrupted() {
        return endedAt.isEmpty() && !alive;
    }

    /** A copy with what the journal does not tell. */
    public OperationView known(boolean lives, Optional<Duration> usually) {
        return new OperationView(workflow, kind, target, startedAt, endedAt, lives, phases, usually, failure, logs);
    }

    /** A copy with other logs. */
    public OperationView withLogs(List<Path> others) {
        return new OperationView(workflow, kind, target, startedAt, endedAt, alive, phases, usual, failure, others);
    }

    /** A copy as if it had ended well. */
    public OperationView withoutFailure() {
        return new OperationView(
                workflow, kind, target, startedAt, endedAt, alive, phases, usual, Optional.empty(), logs);
    }

    /** A copy with the phases of this machine and those of the whole only. */
    public OperationView only(String machine) {
        List<PhaseSpan> its = phases.stream()
                .filter(phase -> phase.machine().isEmpty() || phase.machine().equals(machine))
                .toList();
        return new OperationView(workflow, kind, target, startedAt, endedAt, alive, its, usual, failure, logs);
    }
}
