package dev.corral.core.cleanup;

import dev.corral.core.base.Environment;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryMonitor;
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

    /**
     * @param remover does what a step says
     * @param index   the machine indexes and their backups
     */
    public LocalCleanup(Environment environment, InventoryMonitor monitor, ItemRemover remover, IndexHistory index) {
        this.monitor = monitor;
        this.remover = remover;
        this.index = index;
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
        LocalCleanupRun run = new LocalCleanupRun(plan, new FreshLooks(monitor::refresh), remover, atOnce, progress);
        run.begin();
        return run;
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
