package dev.corral.core.cleanup;

import dev.corral.core.inventory.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Plans and executes cleanups. Thread-safe. */
public interface Cleanup {

    /** A plan for this choice over a fresh inventory. Blocks while the hypervisors are asked. */
    CleanupPlan plan(CleanupChoice choice);

    /** A plan for this choice over an inventory that was taken before. Pure and fast. */
    CleanupPlan plan(Inventory inventory, CleanupChoice choice);

    /**
     * Begins to execute a plan. Each item is looked at again just before its turn, and left alone when it is not what the
     * plan says any more.
     *
     * @param progress told each time that a step changes, on a thread of the run
     */
    CleanupRun run(CleanupPlan plan, Consumer<StepResult> progress);

    /** The plan as JSON: the same bytes for the window and the command line. */
    byte[] document(CleanupPlan plan);

    /** Backups of the machine index that {@link #restoreIndex} takes, newest first. */
    List<Path> indexBackups();

    /**
     * Puts entries back into Vagrant's machine index that an earlier cleanup took out.
     *
     * @param backup one of {@link #indexBackups()}
     * @return how many were put back; those that are there again already are left as they are
     */
    int restoreIndex(Path backup);
}
