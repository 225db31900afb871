package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.StrayItems;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult.Status;
import dev.corral.core.inventory.ItemState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The window's cleanup from the plan to its end, without a toolkit. */
@Tag("unit")
class CleanupsTest {
    private final FixtureCorral corral =
            new FixtureCorral("/home/ada", List.of(), StrayItems.everyState(Instant.now()));
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    private final Cleanups cleanups = new Cleanups(corral, threads, desk);

    private <T extends CleanupPhase> T phase(Class<T> type) {
        assertThat(cleanups.phase().get()).isInstanceOf(type);
        return type.cast(cleanups.phase().get());
    }

    private CleanupPhase.Planned planned() {
        cleanups.plan(CleanupChoice.everyStray());
        return phase(CleanupPhase.Planned.class);
    }

    private CleanupPhase.Ended ended() throws InterruptedException {
        threads.until(() -> cleanups.phase().get() instanceof CleanupPhase.Ended);
        return phase(CleanupPhase.Ended.class);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void aPlanNamesWhatIsTakenAndWhatIsSpared() {
        CleanupPhase.Planned planned = planned();
        List<String> keys =
                planned.plan().steps().stream().map(CleanupStep::key).toList();
        assertThat(keys).hasSize(10);
        assertThat(planned.spared()).isNotEmpty().allSatisfy(item -> {
            assertThat(item.state()).isNotEqualTo(ItemState.FOREIGN);
            assertThat(keys).doesNotContain(item.key());
        });
        assertThat(corral.asked).as("nothing is done by it").isEmpty();
    }

    @Test
    void theNewestPlanCounts() {
        threads.hold();
        cleanups.plan(CleanupChoice.everyStray());
        cleanups.plan(CleanupChoice.prune());
        threads.release();
        assertThat(phase(CleanupPhase.Planned.class).choice()).isEqualTo(CleanupChoice.prune());
        threads.hold();
        cleanups.plan(CleanupChoice.everyStray());
        cleanups.leave();
        threads.release();
        phase(CleanupPhase.Idle.class);
    }

    @Test
    void aPlanThatCanNotBeMadeSaysWhyAndIsMadeAnew() {
        corral.failPlanning(Optional.of(ExpectedFailure.failed("It can't be read.", "")));
        cleanups.plan(CleanupChoice.everyStray());
        assertThat(phase(CleanupPhase.PlanFailed.class).problem().sentence()).isEqualTo("It can't be read.");
        corral.failPlanning(Optional.empty());
        cleanups.keepFor(Optional.of(3));
        assertThat(phase(CleanupPhase.Planned.class).plan().keepUntil()).isPresent();
        cleanups.keepFor(Optional.empty());
        assertThat(phase(CleanupPhase.Planned.class).plan().keepUntil()).isEmpty();
    }

    @Test
    void aRunDoesThePlanAndTellsHowItEnded() throws Exception {
        int steps = planned().plan().steps().size();
        cleanups.run();
        cleanups.run();
        assertThat(cleanups.running()).isTrue();
        CleanupPhase.Ended ended = ended();
        assertThat(desk.activities()).as("a second click does nothing").hasSize(1);
        assertThat(desk.activities().getFirst().kind().cleansUp()).isTrue();
        assertThat(ended.progress().count(Status.DONE)).isEqualTo(steps);
        assertThat(corral.asked).hasSize(steps);
        assertThat(desk.activities().getFirst())
                .returns(Activity.Status.DONE, Activity::status)
                .returns("Clean up 10 items", Activity::title);
    }

    @Test
    void whatFailsOrIsStoppedCanBeTriedAgain() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        corral.cleanUpWith((step, plan, item) -> {
            if (step.state() == ItemState.DESTROY_FAILED) {
                begun.countDown();
            }
            go.await();
            if (step.state() == ItemState.DESTROY_FAILED) {
                throw ExpectedFailure.failed("It is in use.", "");
            }
            return step.bytes();
        });
        planned();
        cleanups.run();
        // Nothing begins after the stop, so the one that is to fail must have.
        threads.until(() -> begun.getCount() == 0
                && cleanups.phase().get().running().orElseThrow().count(Status.RUNNING) > 0);
        cleanups.stop();
        assertThat(desk.activities().getFirst())
                .returns("stopping after what is under way", Activity::now)
                .returns(false, Activity::cancellable);
        cleanups.plan(CleanupChoice.prune());
        cleanups.leave();
        assertThat(cleanups.running()).as("what runs goes on").isTrue();
        go.countDown();
        CleanupPhase.Ended ended = ended();
        assertThat(ended.progress().count(Status.FAILED)).isOne();
        assertThat(ended.progress().count(Status.STOPPED)).isPositive();
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.FAILED);
        List<String> again = ended.progress().again();
        cleanups.retry();
        assertThat(phase(CleanupPhase.Planned.class).choice().names()).isEqualTo(again);
    }

    @Test
    void whatIsOnlyStoppedIsNoFailure() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        corral.cleanUpWith((step, plan, item) -> {
            go.await();
            return step.bytes();
        });
        planned();
        cleanups.run();
        cleanups.stop();
        go.countDown();
        ended();
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
    }

    @Test
    void indexEntriesOfThisRunArePutBack() throws Exception {
        corral.backups().add(Path.of("/backups/old"));
        corral.cleanUpWith((step, plan, item) -> {
            if (!corral.backups().contains(Path.of("/backups/new"))) {
                corral.backups().addFirst(Path.of("/backups/new"));
            }
            return step.bytes();
        });
        planned();
        cleanups.run();
        assertThat(ended().backups()).containsExactly(Path.of("/backups/new"));
        cleanups.putBack();
        assertThat(corral.asked).containsOnlyOnce("restore /backups/new").doesNotContain("restore /backups/old");
        assertThat(phase(CleanupPhase.Ended.class))
                .returns(List.of(), CleanupPhase.Ended::backups)
                .returns(Optional.of("1 entry was put back."), CleanupPhase.Ended::undo);
        cleanups.putBack();
        assertThat(corral.asked).as("once").containsOnlyOnce("restore /backups/new");
    }
}
