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
import dev.corral.core.operation.OperationJournal;
import dev.corral.core.operation.OperationTask;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
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
final class LocalCleanupRun extends OperationTask implements CleanupRun {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCleanupRun.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration DESTROY_PATIENCE = Duration.ofMinutes(5);
    // A destroy has the lock for a moment before it says in the journal what it is.
    private static final Duration WORK_PATIENCE = Duration.ofSeconds(8);

    private final CleanupPlan plan;
    private final FreshLooks looks;
    private final ItemRemover remover;
    private final Semaphore places;
    private final Consumer<StepResult> progress;
    private final Map<String, StepResult> results = new LinkedHashMap<>();
    private final CompletableFuture<List<StepResult>> done;
    private volatile boolean stopped;

    /** @param journal where it writes what it does */
    LocalCleanupRun(
            CleanupPlan plan,
            OperationJournal journal,
            FreshLooks looks,
            ItemRemover remover,
            int atOnce,
            Consumer<StepResult> progress) {
        super(kind(plan), new OperationTarget.Plan(plan.steps().size()), journal);
        this.plan = plan;
        this.done = super.done().handle((nothing, failure) -> results());
        this.looks = looks;
        this.remover = remover;
        this.places = new Semaphore(atOnce, true);
        this.progress = progress;
        plan.steps().forEach(step -> results.put(step.key(), new StepResult(step, Status.WAITING, -1, "", "")));
    }

    private static OperationKind kind(CleanupPlan plan) {
        return plan.steps().stream().map(CleanupStep::action).anyMatch(LocalCleanupRun::machines)
                ? OperationKind.CLEANUP
                : OperationKind.PRUNE;
    }

    @Override
    protected int items() {
        return plan.steps().size();
    }

    /** As many items, removed or kept, take about as long. */
    @Override
    protected Optional<String> about() {
        return Optional.of(plan.steps().size() + (plan.keepUntil().isPresent() ? " shut down" : " removed"));
    }

    @Override
    protected void work() throws IOException, InterruptedException {
        if (plan.steps().isEmpty()) {
            // No story: one that is asked for each minute would push out those that did something.
            return;
        }
        journaled(() -> {
            all(plan.steps().stream().filter(step -> machines(step.action())).toList());
            all(plan.steps().stream().filter(step -> !machines(step.action())).toList());
            ending();
        });
    }

    private void ending() {
        List<StepResult> bad = results().stream()
                .filter(result -> result.status() == Status.FAILED)
                .toList();
        long left = results().stream()
                .filter(result -> result.status() == Status.STOPPED)
                .count();
        if (bad.isEmpty() && left == 0) {
            return;
        }
        String of = " of " + target().words();
        throw failed(
                bad.isEmpty()
                        ? new FailureView(
                                Phase.called(kind().words(), ""),
                                "It was stopped before " + left + of + ".",
                                "",
                                List.of(),
                                0,
                                true)
                        : new FailureView(
                                phase(bad.getFirst().step()),
                                bad.size() + of + " failed: " + bad.getFirst().problem(),
                                bad.getFirst().nextStep(),
                                bad.stream()
                                        .map(result -> result.step().name() + ": " + result.problem())
                                        .toList(),
                                0,
                                false));
    }

    private static Phase phase(CleanupStep step) {
        return Phase.ofItem(step.kind().word() + " " + step.name(), step.how());
    }

    // What is left alone or gone already is no failure of the cleanup's, but the story says why.
    private void note(StepResult result) {
        switch (result.status()) {
            case RUNNING -> begin(phase(result.step()));
            case DONE, GONE -> end(phase(result.step()), Optional.empty());
            case FAILED, LEFT_ALONE ->
                end(
                        phase(result.step()),
                        Optional.of(new JournalEntry.Failure(result.problem(), result.nextStep(), List.of(), 0)));
            case WAITING, STOPPED -> {
                // It never began.
            }
        }
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
        note(result);
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
    public void cancel() {
        stopped = true;
    }

    @Override
    public boolean cancellable() {
        return !stopped && !over();
    }

    @Override
    public CompletableFuture<List<StepResult>> done() {
        return done;
    }
}
