package dev.corral.core.cleanup;

import static dev.corral.core.cleanup.Items.NOW;
import static dev.corral.core.cleanup.Items.destroying;
import static dev.corral.core.cleanup.Items.inventory;
import static dev.corral.core.cleanup.Items.sandbox;
import static dev.corral.core.cleanup.Items.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.cleanup.CleanupStep.Action;
import dev.corral.core.cleanup.StepResult.Status;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a plan is executed, with a remover that removes nothing. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class LocalCleanupRunTest {
    private final InventoryItem first = sandbox("11111111", ItemState.STRAY, 1, MachineState.RUNNING);
    private final InventoryItem second = sandbox("22222222", ItemState.STRAY, 1, MachineState.RUNNING);
    private final InventoryItem third = sandbox("33333333", ItemState.STRAY, 1, MachineState.RUNNING);
    private final InventoryItem disk = volume("deadbeef_default.img", 300);

    @TempDir
    private Path cache;

    private OperationStore store;
    private RunningOperations running;
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() {
        store = new OperationStore(cache);
        running = new RunningOperations(new OperationTimes(cache.resolve("history.jsonl")));
    }

    private static CleanupPlan plan(InventoryItem... items) {
        return Planner.plan(inventory(items), CleanupChoice.everyStray(), NOW);
    }

    private Map<String, StepResult> run(CleanupPlan plan, Supplier<Inventory> look, ItemRemover remover, int atOnce)
            throws Exception {
        LocalCleanupRun run =
                new LocalCleanupRun(plan, store.journal(), new FreshLooks(look), remover, atOnce, result -> {});
        running.launch(run);
        return results(run);
    }

    private static Map<String, StepResult> results(CleanupRun run) throws Exception {
        return run.done().get(40, TimeUnit.SECONDS).stream()
                .collect(Collectors.toMap(result -> result.step().name(), result -> result));
    }

    private long remove(CleanupStep step, CleanupPlan plan, InventoryItem item) {
        done.add(step.name());
        return 42;
    }

    @Test
    void whatIsNotAsPlannedIsLeftAlone() throws Exception {
        InventoryItem live = sandbox(
                "11111111", ItemState.LIVE, 1, Optional.of(Owners.self(Owner.Kind.CONSOLE)), MachineState.RUNNING);
        InventoryItem kept = sandbox("22222222", ItemState.KEPT, 1, MachineState.RUNNING);
        Map<String, StepResult> results =
                run(plan(first, second, third, disk), () -> inventory(live, kept, disk), this::remove, 4);
        assertThat(results.get("11111111"))
                .returns(Status.LEFT_ALONE, StepResult::status)
                .returns("It is live now: A reason.", StepResult::problem);
        assertThat(results.get("22222222"))
                .returns(Status.LEFT_ALONE, StepResult::status)
                .returns("It is kept now: A reason.", StepResult::problem);
        assertThat(results.get("33333333").status()).isEqualTo(Status.GONE);
        assertThat(results.get("deadbeef_default.img"))
                .returns(Status.DONE, StepResult::status)
                .returns(42L, StepResult::regained);
        assertThat(done).containsExactly("deadbeef_default.img");
    }

    @Test
    void aFailureKeepsNothingElseFromBeingDone() throws Exception {
        ItemRemover remover = (step, plan, item) -> {
            switch (step.name()) {
                case "11111111" -> throw ExpectedFailure.failed("The pool is locked.", "Unlock it.");
                case "22222222" -> throw new IllegalStateException("a bug");
                case "33333333" ->
                    throw new ItemRemover.ItemChanged("Somebody pinned it meanwhile, so it was left alone.");
                default -> {
                    return remove(step, plan, item);
                }
            }
        };
        Map<String, StepResult> results =
                run(plan(first, second, third, disk), () -> inventory(first, second, third, disk), remover, 2);
        assertThat(results.get("11111111"))
                .returns(Status.FAILED, StepResult::status)
                .returns("The pool is locked.", StepResult::problem)
                .returns("Unlock it.", StepResult::nextStep);
        assertThat(results.get("22222222")).returns(Status.FAILED, StepResult::status);
        assertThat(results.get("33333333")).returns(Status.LEFT_ALONE, StepResult::status);
        assertThat(results.get("deadbeef_default.img").status()).isEqualTo(Status.DONE);
    }

    @Test
    void stoppingLetsTheCurrentOneEndAndBeginsNoOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ItemRemover remover = (step, plan, item) -> {
            begun.countDown();
            await(go);
            return remove(step, plan, item);
        };
        LocalCleanupRun run = new LocalCleanupRun(
                plan(first, second, third, disk),
                store.journal(),
                new FreshLooks(() -> inventory(first, second, third, disk)),
                remover,
                1,
                result -> {});
        running.launch(run);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        run.cancel();
        go.countDown();
        assertThat(results(run).values())
                .extracting(StepResult::status)
                .containsExactlyInAnyOrder(Status.DONE, Status.STOPPED, Status.STOPPED, Status.STOPPED);
        assertThat(done).containsExactly("11111111");
    }

    @Test
    void asManyAtOnceAsThereArePlacesAndDisksAfterVms() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ItemRemover remover = (step, plan, item) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            if (step.action() == Action.DESTROY && !step.name().equals("33333333")) {
                try {
                    both.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
            now.decrementAndGet();
            return remove(step, plan, item);
        };
        Map<String, StepResult> results =
                run(plan(disk, first, second, third), () -> inventory(first, second, third, disk), remover, 2);
        assertThat(results.values()).extracting(StepResult::status).containsOnly(Status.DONE);
        assertThat(most).hasValue(2);
        assertThat(done.getLast()).isEqualTo("deadbeef_default.img");
    }

    @Test
    void whatAnotherCleanerDestroysIsWaitedFor() throws Exception {
        InventoryItem live = sandbox("11111111", ItemState.LIVE, 1, MachineState.RUNNING);
        AtomicInteger looks = new AtomicInteger();
        Map<String, StepResult> results =
                run(plan(first), () -> looks.incrementAndGet() < 4 ? destroying(live) : inventory(), this::remove, 1);
        assertThat(results.get("11111111").status()).isEqualTo(Status.GONE);
        assertThat(looks).hasValueGreaterThanOrEqualTo(4);
    }

    @Test
    void whatAnotherCleanerGaveUpIsTakenOver() throws Exception {
        InventoryItem live = sandbox("11111111", ItemState.LIVE, 1, MachineState.RUNNING);
        AtomicInteger looks = new AtomicInteger();
        Map<String, StepResult> results = run(
                plan(first), () -> looks.incrementAndGet() < 3 ? destroying(live) : inventory(first), this::remove, 1);
        assertThat(results.get("11111111").status()).isEqualTo(Status.DONE);
    }

    @Test
    void whatIsGoneAfterAFailureIsNoFailure() throws Exception {
        AtomicReference<Inventory> world = new AtomicReference<>(inventory(first));
        Map<String, StepResult> results = run(
                plan(first),
                world::get,
                (step, plan, item) -> {
                    world.set(inventory());
                    throw ExpectedFailure.failed("Sandbox 11111111 is being started or destroyed right now.", "Wait.")
                            .withKind(ExpectedFailure.Kind.BUSY);
                },
                1);
        assertThat(results.get("11111111").status()).isEqualTo(Status.GONE);
    }

    @Test
    void whatFailedIsAFailureThoughItIsOutOfSight() throws Exception {
        AtomicReference<Inventory> world = new AtomicReference<>(inventory(first));
        Map<String, StepResult> results = run(
                plan(first),
                world::get,
                (step, plan, item) -> {
                    world.set(inventory());
                    throw ExpectedFailure.failed("Not all of its files could be deleted.", "Give yourself access.");
                },
                1);
        assertThat(results.get("11111111"))
                .returns(Status.FAILED, StepResult::status)
                .returns("Not all of its files could be deleted.", StepResult::problem);
    }

    @Test
    void whatSomebodyElseWorksOnIsNotWaitedForLong() throws Exception {
        InventoryItem live = sandbox("11111111", ItemState.LIVE, 1, MachineState.RUNNING);
        Map<String, StepResult> results = run(plan(first), () -> inventory(live), this::remove, 1);
        assertThat(results.get("11111111").status()).isEqualTo(Status.LEFT_ALONE);
        assertThat(done).isEmpty();
    }

    @Test
    void everyLookBeginsAfterItWasAskedForAndIsShared() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        run(
                plan(first, second, third),
                () -> {
                    looks.incrementAndGet();
                    sleep();
                    return inventory(first, second, third);
                },
                this::remove,
                3);
        assertThat(looks.get()).isBetween(1, 2);
    }

    @Test
    void aListenerThatFailsHarmsNothing() throws Exception {
        LocalCleanupRun run = new LocalCleanupRun(
                plan(first), store.journal(), new FreshLooks(() -> inventory(first)), this::remove, 1, result -> {
                    throw new IllegalStateException("a bug of the window");
                });
        running.launch(run);
        assertThat(results(run).get("11111111").status()).isEqualTo(Status.DONE);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
