package dev.corral.console.work;

import dev.corral.console.messages.Problem;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.inventory.InventoryItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the window's cleanup stands. */
public sealed interface CleanupPhase {

    /** Nothing is planned. */
    record Idle() implements CleanupPhase {}

    /** The plan is being made. */
    record Planning(CleanupChoice choice) implements CleanupPhase {}

    /** No plan could be made. */
    record PlanFailed(CleanupChoice choice, Problem problem) implements CleanupPhase {}

    /**
     * A plan waits for a person's word.
     *
     * @param choice what was asked for
     * @param plan   what would be done
     * @param spared what is left alone although it takes room, where all strays were asked for
     */
    record Planned(CleanupChoice choice, CleanupPlan plan, List<InventoryItem> spared) implements CleanupPhase {}

    /** The plan is being executed. */
    record Running(CleanupProgress progress) implements CleanupPhase {}

    /**
     * The execution is over.
     *
     * @param progress how it ended
     * @param backups  backups of index entries that it took out, which can be put back
     * @param undo     what putting them back came to; empty while nobody has
     */
    record Ended(CleanupProgress progress, List<Path> backups, Optional<String> undo) implements CleanupPhase {}

    /** The progress, while there is one. */
    default Optional<CleanupProgress> running() {
        return switch (this) {
            case Running run -> Optional.of(run.progress());
            case Ended ended -> Optional.of(ended.progress());
            default -> Optional.empty();
        };
    }
}
