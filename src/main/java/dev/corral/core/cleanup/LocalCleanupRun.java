package dev.corral.core.cleanup;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ExpectedFailure.Kind;
import dev.corral.core.base.LogFile;
import dev.corral.core.cleanup.CleanupStep.Action;
import dev.corral.core.cleanup.StepResult.Status;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Owners;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a plan: VMs first and several at once, then what only is free when they are gone. */
final class LocalCleanupRun implements CleanupRun {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCleanupRun.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration DESTROY_PATIENCE = Duration.ofMinutes(5);
    // A destroy has the lock for a moment before it says in the journal what it is.
    private static final Duration WORK_PATIENCE = Duration.ofSeconds(3);

    private final CleanupPlan plan;
    private final FreshLooks looks;
    private final ItemRemover remover;
    private final Semaphore places;
    private final Consumer<StepResult> progress;
    private final Map<String, StepResult> results = new LinkedHashMap<>();
    private final CompletableFuture<List<StepResult>> done = new CompletableFuture<>();
    private volatile boolean stopped;

    LocalCleanupRun(
            CleanupPlan plan, FreshLooks looks, ItemRemover remover, int atOnce, Consumer<StepResult> progress) {
        this.plan = plan;
        this.looks = looks;
        this.remover = remover;
        this.places = new Semaphore(atOnce, true);
        this.progress = progress;
        plan.steps().forEach(step -> results.put(step.key(), new StepResult(step, Status.WAITING, -1, "", "")));
    }

    void begin() {
        Thread.ofVirtual().name("cleanup").start(() -> {
            try {
                all(plan.steps().stream()
                        .filter(step -> machines(step.action()))
                        .toList());
                all(plan.steps().stream()
                        .filter(step -> !machines(step.action()))
                        .toList());
            } finally {
                done.complete(results());
            }
        });
    }

    private static boolean machines(Action action) {
        return action == Action.DESTROY || action == Action.SHUT_DOWN || action == Action.REMOVE_MACHINE;
    }

    private void all(List<CleanupStep> steps) {
        List<Thread> threads = new ArrayList<>();
        for (CleanupStep step : steps) {
            places.acquireUninterruptibly();
            if (stopped) {
                places.release();
                tell(new StepResult(step, Status.STOPPED, -1, "", ""));
                continue;
            }
            threads.add(Thread.ofVirtual().name("cleanup-" + step.name()).start(() -> {
                try {
                    one(step);
                } finally {
                    places.release();
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; should it happen, what runs is waited for all the same.
                stopped = true;
            }
        }
    }

    private void one(CleanupStep step) {
        tell(new StepResult(step, Status.RUNNING, -1, "", ""));
        try {
            Optional<InventoryItem> now = settled(step);
            if (now.isEmpty()) {
                tell(new StepResult(step, Status.GONE, -1, "", ""));
            } else if (now.get().state() != step.state()
                    && !(now.get().state().reclaimable() && step.state().reclaimable())) {
                // One reclaimable state may turn into another, when a Vagrant that was left alone comes to its end for
                // instance.
                tell(new StepResult(
                        step,
                        Status.LEFT_ALONE,
                        -1,
                        "It is " + now.get().state().word() + " now: "
                                + now.get().reason(),
                        "Look at it again."));
            } else {
                tell(new StepResult(step, Status.DONE, remover.carryOut(step, plan, now.get()), "", ""));
            }
        } catch (ItemRemover.ItemChanged e) {
            tell(new StepResult(step, Status.LEFT_ALONE, -1, e.getMessage(), "Look at it again."));
        } catch (ExpectedFailure e) {
            LOG.debug("cleanup of {} failed", step.key(), e);
            failed(step, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tell(new StepResult(step, Status.FAILED, -1, "It was interrupted.", "Clean up again."));
        } catch (IOException | RuntimeException e) {
            // One step's bug must not keep the others from being done.
            LOG.error("cleanup of {} failed", step.key(), e);
            tell(new StepResult(
                    step,
                    Status.FAILED,
                    -1,
                    e.toString(),
                    "This is a bug in Corral; the rest went on."
                            + LogFile.written()
                                    .map(file -> " " + file + " has the details.")
                                    .orElse("")));
        }
    }

    // Another cleaner that was quicker is no failure: what it removes is waited for.
    private Optional<InventoryItem> settled(CleanupStep step) throws InterruptedException {
        Instant begun = Instant.now();
        while (true) {
            Inventory inventory = looks.take();
            Optional<InventoryItem> item = inventory.item(step.key());
            if (item.isEmpty()
                    || item.get().state() != ItemState.LIVE
                    || ownerLives(item.get())
                    || Instant.now()
                            .isAfter(
                                    begun.plus(destroying(inventory, item.get()) ? DESTROY_PATIENCE : WORK_PATIENCE))) {
                return item;
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static boolean ownerLives(InventoryItem item) {
        return item.owner().map(Owners::life).filter(life -> life == Life.ALIVE).isPresent();
    }

    private static boolean destroying(Inventory inventory, InventoryItem item) {
        return inventory.sandboxes().stream()
                .anyMatch(view -> view.state() == SandboxState.DESTROYING
                        && item.directory().equals(Optional.of(view.directory())));
    }

    private void failed(CleanupStep step, ExpectedFailure failure) {
        boolean gone = false;
        try {
            // Others may have been quicker. What failed for another reason did fail, even when the item is out of
            // sight.
            gone = (failure.kind() == Kind.BUSY || failure.kind() == Kind.NOT_FOUND)
                    && settled(step).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("no look at {} after its failure", step.key(), e);
        }
        tell(
                gone
                        ? new StepResult(step, Status.GONE, -1, "", "")
                        : new StepResult(step, Status.FAILED, -1, failure.getMessage(), failure.nextStep()));
    }

    private void tell(StepResult result) {
        synchronized (results) {
            results.put(result.step().key(), result);
        }
        try {
            progress.accept(result);
        } catch (RuntimeException e) {
            LOG.error("a listener of the cleanup failed", e);
        }
    }

    @Override
    public CleanupPlan plan() {
        return plan;
    }

    @Override
    public List<StepResult> results() {
        synchronized (results) {
            return List.copyOf(results.values());
        }
    }

    @Override
    public void stopAfterCurrent() {
        stopped = true;
    }

    @Override
    public CompletableFuture<List<StepResult>> done() {
        return done;
    }
}
