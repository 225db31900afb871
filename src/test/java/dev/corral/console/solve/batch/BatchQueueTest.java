package dev.corral.console.solve.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Problem;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.batch.Batches;
import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches as the window sees them: what waits ahead, what is offered, and what can be done. */
@Tag("unit")
class BatchQueueTest {
    @TempDir
    private Path home;

    private final SameThread threads = new SameThread();
    private final List<String> offered = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Batches batches;
    private BatchQueue queue;

    private final List<String> awaited = new ArrayList<>();

    @BeforeEach
    void make() {
        FixtureCorral corral = new FixtureCorral(home.toString(), List.of(), Samples.inventory(Instant.now()));
        batches = new Batches(
                corral.environment(),
                new Solving(corral.environment(), corral.inventory(), corral.operations(), corral::connect, "test"));
        queue = new BatchQueue(batches, threads, new BatchQueue.Listener() {
            @Override
            public void changed() {}

            @Override
            public void awaited(String session) {
                awaited.add(session);
            }

            @Override
            public void next(Batches.View view, Batches.Row row) {
                offered.add(row.session());
            }

            @Override
            public void failed(Problem problem) {
                problems.add(problem);
            }
        });
    }

    private static Batches.Row row(String sample, String session, SolveState state, boolean current) {
        return new Batches.Row(
                new Batch.Item("/e.py", "ctf", sample),
                session,
                Optional.ofNullable(state),
                false,
                current,
                state != null && state.over());
    }

    private static Batches.View view(boolean stopped, boolean run, Batches.Row... rows) {
        return new Batches.View(
                new Batch("b-1", Instant.EPOCH, "ada", List.of(), SolveOptions.usual()),
                List.of(rows),
                stopped,
                run,
                List.of(rows).stream().noneMatch(Batches.Row::current));
    }

    @Test
    void theNextSessionIsOfferedOnceAndOnlyWhenThePersonComesToIt() {
        queue.take(List.of(view(false, true, row("a", "a-1", SolveState.BOOTING, true), row("b", "", null, false))));
        queue.take(List.of(view(
                false, true, row("a", "a-1", SolveState.RUNNING, true), row("b", "b-1", SolveState.STOPPED, false))));
        assertThat(offered).as("the first is what the person waits for").isEmpty();
        assertThat(awaited).as("this window does not run it").isEmpty();
        assertThat(queue.ahead("b-1")).isTrue();
        assertThat(queue.ahead("a-1")).isFalse();
        Batches.View next =
                view(false, true, row("a", "a-1", SolveState.ENDED, false), row("b", "b-1", SolveState.STOPPED, true));
        queue.take(List.of(next));
        queue.take(List.of(next));
        assertThat(offered).containsExactly("b-1");
        assertThat(queue.ahead("b-1")).isFalse();
    }

    @Test
    void oneThatIsNotReadyYetIsOfferedWhenItIsAndOneThatWasThereBeforeIsNot() {
        Batches.Row done = row("a", "a-1", SolveState.ENDED, false);
        queue.take(List.of(view(false, true, done, row("b", "b-1", SolveState.STOPPED, true))));
        assertThat(offered).as("the window found it so").isEmpty();
        Batches.Row skipped = row("b", "b-1", SolveState.ENDED, false);
        queue.take(List.of(view(false, true, done, skipped, row("c", "c-1", SolveState.BOOTING, true))));
        assertThat(offered).isEmpty();
        queue.take(List.of(view(false, true, done, skipped, row("c", "c-1", SolveState.STOPPED, true))));
        assertThat(offered).containsExactly("c-1");
    }

    @Test
    void whatCanBeDoneFollowsFromHowFarItIs() {
        Batches.Row current = row("a", "a-1", SolveState.RUNNING, true);
        Batches.Row ahead = row("b", "b-1", SolveState.STOPPED, false);
        Optional<Batches.View> running = Optional.of(view(false, true, current, ahead));
        assertThat(BatchRules.obstacles(running, Optional.of(ahead), "")).containsOnlyKeys(BatchAction.RESUME);
        assertThat(BatchRules.obstacles(running, Optional.empty(), "")).containsKey(BatchAction.SKIP);
        assertThat(BatchRules.obstacles(running, Optional.of(ahead), "It is being stopped"))
                .containsEntry(BatchAction.STOP, "It is being stopped");
        Optional<Batches.View> stopped = Optional.of(view(true, false, current));
        assertThat(BatchRules.obstacles(stopped, Optional.of(current), "")).containsOnlyKeys(BatchAction.STOP);
        Optional<Batches.View> over = Optional.of(view(false, false, row("a", "a-1", SolveState.ENDED, false)));
        assertThat(BatchRules.obstacles(over, over.get().rows().stream().findFirst(), ""))
                .containsOnlyKeys(BatchAction.SKIP, BatchAction.STOP, BatchAction.STOP_NOW, BatchAction.RESUME);
        assertThat(BatchRules.words(ahead)).isEqualTo("ready, waits for you");
        assertThat(BatchRules.words(row("c", "", null, false))).isEqualTo("waits");
        assertThat(BatchRules.title(running.get())).isEqualTo("2 samples of ctf, 0 done");
    }

    @Test
    void aBatchWhoseSessionsCanNotBeginIsThereAndSaysWhy() throws Exception {
        List<Batch.Item> items = List.of(
                new Batch.Item(home.resolve("e.py").toString(), "ctf", "a"),
                new Batch.Item(home.resolve("e.py").toString(), "ctf", "b"));
        queue.begin(items, "ada", SolveOptions.usual(), () -> {});
        threads.until(() -> !problems.isEmpty());
        assertThat(queue.running()).isEmpty();
        Batches.View view = batches.list().getFirst();
        assertThat(view.batch().who()).isEqualTo("ada");
        assertThat(view.rows()).extracting(row -> row.item().sample()).containsExactly("a", "b");
        assertThat(view.run()).isFalse();
        queue.take(List.of(view));
        queue.skip(view.batch().id(), 0);
        assertThat(batches.list().getFirst().rows().getFirst().skipped()).isTrue();
        assertThat(queue.busy()).isEmpty();
    }
}
