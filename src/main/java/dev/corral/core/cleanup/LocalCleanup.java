package dev.corral.core.cleanup;

import dev.corral.core.base.Environment;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.RunningOperations;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Cleanups over this machine's inventory. */
public final class LocalCleanup implements Cleanup {
    private final InventoryMonitor monitor;
    private final ItemRemover remover;
    private final IndexHistory index;
    private final int atOnce;
    private final RunningOperations running;
    private final OperationStore journals;

    /**
     * @param remover does what a step says
     * @param index   the machine indexes and their backups
     * @param running  the operations of this process
     * @param journals where cleanups write what they do
     */
    public LocalCleanup(
            Environment environment,
            InventoryMonitor monitor,
            ItemRemover remover,
            IndexHistory index,
            RunningOperations running,
            OperationStore journals) {
        this.monitor = monitor;
        this.remover = remover;
        this.index = index;
        this.running = running;
        this.journals = journals;
        this.atOnce = Parallelism.of(environment);
    }

    @Override
    public CleanupPlan plan(CleanupChoice choice) {
        return plan(monitor.refresh(), choice);
    }

    @Override
    public CleanupPlan plan(Inventory inventory, CleanupChoice choice) {
        return Planner.plan(inventory, choice, Instant.now());
    }

    @Override
    public CleanupRun run(CleanupPlan plan, Consumer<StepResult> progress) {
        return running.launch(new LocalCleanupRun(
                plan, journals.journal(), new FreshLooks(monitor::refresh), remover, atOnce, progress));
    }

    @Override
    public byte[] document(CleanupPlan plan) {
        return PlanDocument.bytes(PlanDocument.rows(plan));
    }

    @Override
    public List<Path> indexBackups() {
        return index.backups();
    }

    @Override
    public int restoreIndex(Path backup) {
        return index.restore(backup);
    }
}
