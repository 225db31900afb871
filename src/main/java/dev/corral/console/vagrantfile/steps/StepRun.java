package dev.corral.console.vagrantfile.steps;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step as it was taken once.
 *
 * @param key       which step
 * @param operation the operation that it was a part of
 * @param spans     its phases, at least one
 * @param machine   the machine's full name
 * @param nth       of a provisioner which of those it was that the operation ran on this machine, from 1
 */
public record StepRun(StepKey key, OperationView operation, List<PhaseSpan> spans, String machine, int nth) {

    /** When it began. */
    public Instant startedAt() {
        return spans.getFirst().startedAt();
    }

    /** When it was over; empty while it is under way. */
    public Optional<Instant> endedAt() {
        return spans.getLast().endedAt();
    }

    /** How long it has taken so far. */
    public Duration took(Instant now) {
        return spans.stream().map(span -> span.elapsed(now)).reduce(Duration.ZERO, Duration::plus);
    }

    /** What has come of it. */
    public Step.State state() {
        if (spans.stream().anyMatch(PhaseSpan::failed)) {
            return Step.State.FAILED;
        }
        if (endedAt().isEmpty()) {
            return operation.alive() ? Step.State.RUNNING : Step.State.STOPPED;
        }
        // What another machine's failure or a cancel ended did not come to its own end.
        boolean endedWithIt = operation.failure().isPresent() && endedAt().equals(operation.endedAt());
        return endedWithIt ? Step.State.STOPPED : Step.State.DONE;
    }

    /** The log that has its output: that of the command that made or changed the machine. */
    public Optional<Path> log() {
        return operation.logs().stream()
                .filter(path -> !path.getFileName().toString().contains("-destroy"))
                .findFirst();
    }
}
