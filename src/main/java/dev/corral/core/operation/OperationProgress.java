package dev.corral.core.operation;

import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.util.Optional;

/**
 * How far an operation has come, as what it wrote into its journal tells.
 *
 * @param phase   the phase that began last; empty before the first
 * @param queued  its place among those that wait for a start slot, 0 when unknown; empty when it does not wait
 * @param settled how many items are done with, well or not
 * @param items   how many items there are; 0 when it does not work on items
 */
public record OperationProgress(Optional<Phase> phase, Optional<Integer> queued, int settled, int items) {

    /** One that has just begun. */
    static OperationProgress begun(int items) {
        return new OperationProgress(Optional.empty(), Optional.empty(), 0, items);
    }

    /** The same after this entry. */
    OperationProgress after(JournalEntry entry) {
        return switch (entry.event()) {
            case QUEUED ->
                new OperationProgress(phase, Optional.of(entry.place() == null ? 0 : entry.place()), settled, items);
            case PHASE -> new OperationProgress(Optional.of(entry.inPhase()), Optional.empty(), settled, items);
            case PHASE_ENDED -> new OperationProgress(phase, queued, settled + 1, items);
            default -> this;
        };
    }

    /** What people read: {@code boot}, {@code queued, place 2} or {@code 3 of 5}; empty before the first phase. */
    public String words() {
        if (queued.isPresent()) {
            String place = JournalEntry.inQueue(queued.get());
            return place.isEmpty() ? "queued" : "queued, " + place;
        }
        return items > 0
                ? settled + " of " + items
                : phase.filter(known -> known.kind() != PhaseKind.ITEM)
                        .map(Phase::words)
                        .orElse("");
    }
}
