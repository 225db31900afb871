package dev.corral.console.chrome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.FixtureWorkflow;
import dev.corral.console.Samples;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.page.PageWork;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.NotedDock;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leaving with and without sandboxes, programs and work under way, without a toolkit. */
@Tag("unit")
class QuittingTest {
    private final Inventory others = Samples.inventory(Instant.now());
    private final FixtureCorral corral = new FixtureCorral("/home/ada", List.of(), others);
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final SandboxCommands commands = new SandboxCommands(
            corral, threads, desk, new TrustStore(Path.of("/nowhere/trusted.json"), List.of()), new NotedDock());
    private final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    private final Cleanups cleanups = new Cleanups(corral, threads, desk);
    private final Questions questions = new Questions();
    private final List<String> programs = new ArrayList<>();
    private Consumer<Consumer<List<String>>> look = told -> told.accept(List.copyOf(programs));
    private int left;
    private final Quitting quitting = new Quitting(
            corral,
            threads,
            desk,
            commands,
            cleanups,
            new Quitting.Surroundings(() -> {}, told -> look.accept(told), questions));

    /** Notes what is asked and keeps the answers. */
    private static final class Questions implements QuitQuestions {
        private final List<String> asked = new ArrayList<>();
        private Runnable keep;
        private Runnable destroy;
        private Runnable leave;
        private Runnable cancel;

        @Override
        public void askAboutVms(List<SandboxView> sandboxes, List<String> ending, Runnable kept, Runnable destroyed) {
            asked.add("vms " + sandboxes.stream().map(SandboxView::id).toList() + ending);
            keep = kept;
            destroy = destroyed;
        }

        @Override
        public void askAboutPrograms(List<String> ending, Runnable leaving) {
            asked.add("programs " + ending);
            leave = leaving;
        }

        @Override
        public void explainWork(List<String> titles, Runnable cancelled) {
            asked.add("work " + titles);
            cancel = cancelled;
        }
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @BeforeEach
    void leaves() {
        quitting.whenReady(() -> left++);
        quitting.inventoryChanged(others);
    }

    private static SandboxView own(String id, boolean pinned) {
        SandboxView view = Samples.sandbox(
                id,
                "",
                "",
                SandboxState.READY,
                "",
                pinned ? Liveness.PINNED : Liveness.LIVE,
                Optional.empty(),
                Instant.now());
        Manifest manifest = view.manifest()
                .orElseThrow()
                .takenBy(Owners.self(Owner.Kind.CONSOLE), Instant.now())
                .withPin(
                        pinned
                                ? Optional.of(new Manifest.Pin("window", Instant.now(), Optional.empty()))
                                : Optional.empty());
        return new SandboxView(
                id,
                view.directory(),
                Optional.of(manifest),
                view.state(),
                "",
                view.liveness(),
                List.of(),
                Optional.empty(),
                view.createdAt());
    }

    private void owning(String... ids) {
        List<SandboxView> all = new ArrayList<>(others.sandboxes());
        for (String id : ids) {
            all.add(own(id, false));
        }
        all.add(own("kept", true));
        quitting.inventoryChanged(
                new Inventory(Instant.now(), others.cache(), all, List.of(), List.of(), "", List.of()));
    }

    @Test
    void leavesFreelyWhenNothingOfItsOwnLives() {
        quitting.ask();
        assertThat(left).isOne();
        assertThat(questions.asked).isEmpty();
        owning();
        quitting.ask();
        assertThat(left).as("what is pinned is kept anyway").isEqualTo(2);
    }

    @Test
    void asksAboutProgramsAndLeavesWhenTheyMayEnd() {
        programs.add("vim in web");
        quitting.ask();
        assertThat(questions.asked).containsExactly("programs [vim in web]");
        assertThat(left).isZero();
        questions.leave.run();
        assertThat(left).isOne();
    }

    @Test
    void keepsItsOwnAndLeaves() {
        owning("a", "b");
        programs.add("vim in a");
        quitting.ask();
        assertThat(questions.asked).containsExactly("vms [a, b][vim in a]");
        assertThat(left).isZero();
        questions.keep.run();
        assertThat(corral.asked).containsExactly("pin a", "pin b");
        assertThat(left).isOne();
    }

    @Test
    void leavesWhenTheLastIsDestroyed() {
        owning("a", "b");
        quitting.ask();
        questions.destroy.run();
        assertThat(corral.asked).containsExactly("destroy a", "destroy b");
        quitting.ask();
        assertThat(questions.asked).endsWith("work [Destroy b, Destroy a]");
        corral.last().done().complete(null);
        assertThat(left).isZero();
        ((FixtureWorkflow) corral.operations().running().getFirst()).done().complete(null);
        assertThat(left).isOne();
    }

    @Test
    void staysWhenOneIsNotDestroyed() {
        owning("a");
        quitting.ask();
        questions.destroy.run();
        corral.last().done().completeExceptionally(ExpectedFailure.failed("It is stuck.", ""));
        assertThat(left).isZero();
        assertThat(desk.notices()).anyMatch(notice -> notice.sentence().contains("It is stuck."));
        quitting.ask();
        questions.destroy.run();
        corral.last().done().complete(null);
        assertThat(left).isOne();
    }

    @Test
    void workUnderWayIsExplainedAndCancelledOnlyWhenWanted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        corral.cleanUpWith((step, plan, item) -> {
            go.await();
            return 0;
        });
        cleanups.plan(CleanupChoice.everyStray());
        cleanups.run();
        quitting.ask();
        assertThat(questions.asked).singleElement().asString().startsWith("work [Clean up ");
        assertThat(left).isZero();
        questions.cancel.run();
        go.countDown();
        threads.until(() -> !cleanups.running());
        quitting.ask();
        assertThat(left).isOne();
    }

    @Test
    void whatBeginsWhileProgramsAreLookedForIsExplainedToo() {
        List<Consumer<List<String>>> looking = new ArrayList<>();
        look = looking::add;
        quitting.ask();
        quitting.ask();
        assertThat(looking).as("one look at a time").hasSize(1);
        commands.destroyNow("a");
        looking.getFirst().accept(List.of());
        assertThat(questions.asked).containsExactly("work [Destroy a]");
        assertThat(left).isZero();
    }

    @Test
    void whatAPageDoesIsAskedAboutAndCancelledOnlyThen() {
        List<String> cancelled = new ArrayList<>();
        List<PageWork> work = new ArrayList<>(List.of(new PageWork("Golden run of s1", () -> cancelled.add("s1"))));
        quitting.pagesDo(() -> List.copyOf(work));
        quitting.ask();
        assertThat(questions.asked).containsExactly("work [Golden run of s1]");
        assertThat(cancelled).isEmpty();
        assertThat(left).isZero();
        questions.cancel.run();
        assertThat(cancelled).containsExactly("s1");
        assertThat(left).as("its sandbox is not gone yet").isZero();
        work.clear();
        quitting.ask();
        assertThat(left).isEqualTo(1);
    }
}
