package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.read.OperationHistory;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operation of a kind that nothing knows of goes the way of all others: list, followers, journal, usual time, one ending. */
@Tag("unit")
@Timeout(30)
class OneModelTest {
    // Also by its bare name, as in a switch; actions of the window are called so, too.
    private static final String KNOWS_OF_IT = "(?:\\bOperationKind\\.|\\bcase |, )SOLVE\\b|\\bFakeOperation\\b";

    @TempDir
    Path temp;

    private RunningOperations running;
    private OperationStore journals;
    private FakeOperation fake;

    @BeforeEach
    void open() {
        running = new RunningOperations(new OperationTimes(temp.resolve("history.jsonl")));
        journals = new OperationStore(temp);
        fake = new FakeOperation(journals);
    }

    private OperationView told() throws IOException {
        OperationStore.Kept kept = journals.list().getFirst();
        return OperationHistory.of(temp.resolve(kept.name()), kept.journal().read())
                .getFirst();
    }

    @Test
    void itTakesFortyLinesAndNobodyKnowsOfIt() throws Exception {
        Path fake = Path.of("src/test/java", FakeOperation.class.getName().replace('.', '/') + ".java");
        assertThat(Files.readAllLines(fake)).hasSizeLessThanOrEqualTo(40);
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(file -> Files.isRegularFile(file) && !file.endsWith("OperationKind.java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContainPattern(KNOWS_OF_IT));
        }
        assertThat("case START, SOLVE -> x").containsPattern(KNOWS_OF_IT);
        assertThat("case SOLVE -> x").containsPattern(KNOWS_OF_IT);
        assertThat("            SOLVE,\n").doesNotContainPattern(KNOWS_OF_IT);
        assertThat("SOLVE(\"Solve by hand\"), Action.SOLVE, x").doesNotContainPattern(KNOWS_OF_IT);
    }

    @Test
    void itIsListedFollowedAndJournaled() throws Exception {
        List<Operation> begun = new CopyOnWriteArrayList<>();
        List<JournalEntry> heard = new CopyOnWriteArrayList<>();
        try (Subscription listening = running.listen(begun::add)) {
            running.launch(fake);
        }
        assertThat(begun).containsExactly(fake);
        assertThat(running.list()).containsExactly(fake);
        Subscription following = fake.follow(heard::add);
        while (!fake.progress().words().equals("run setup")) {
            Thread.sleep(10);
        }
        assertThat(told().interrupted()).isFalse();
        assertThat(told().currentPhase().map(PhaseSpan::machine)).contains("attacker");
        fake.end("");
        fake.done().join();
        following.close();
        assertThat(heard)
                .extracting(JournalEntry::event)
                .containsExactly(Event.WORKFLOW_STARTED, Event.PHASE, Event.PHASE, Event.WORKFLOW_ENDED);
        assertThat(fake.failure()).isEmpty();
        assertThat(running.list()).isEmpty();
        assertThat(told().kind()).isEqualTo(OperationKind.SOLVE);
        assertThat(told().target()).isEqualTo(new OperationTarget.Sample("", "/t.py", "web_flag", "sqli-01"));
        assertThat(told().phases()).extracting(PhaseSpan::name).containsExactly("read the task", "run setup");
        assertThat(told().endedAt()).isPresent();
        FakeOperation next = running.launch(new FakeOperation(journals));
        assertThat(next.usual()).isPresent();
        next.end("");
        next.done().join();
    }

    @Test
    void aFailureNamesItsPhaseInOneEnding() throws Exception {
        running.launch(fake);
        fake.end("The flag is wrong.");
        assertThat(catchThrowable(() -> fake.done().join()))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ExpectedFailure.class);
        FailureView why = fake.failure().orElseThrow();
        assertThat(why.in().kind()).isEqualTo(PhaseKind.SETUP);
        assertThat(why.machine()).isEqualTo("attacker");
        assertThat(told().failure()).contains(why);
        assertThat(told().phases().getLast().failed()).isTrue();
        assertThat(new OperationTimes(temp.resolve("history.jsonl")).usual(OperationKind.SOLVE, "web_flag"))
                .isEmpty();
    }

    @Test
    void cancelledIsAnEndingToo() throws Exception {
        running.launch(fake);
        fake.cancel();
        assertThat(catchThrowable(() -> fake.done().join())).isInstanceOf(CancellationException.class);
        assertThat(told().failure().orElseThrow().cancelled()).isTrue();
        assertThat(fake.cancellable()).isFalse();
    }

    @Test
    void whatItThrowsOnceItIsCancelledIsTheCancelling() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        InterruptibleTask reads = running.launch(
                new InterruptibleTask(OperationKind.SOLVE, new OperationTarget.Plan(1), journals.journal()) {
                    @Override
                    protected void run() throws IOException {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new IOException("interrupted while it reads", e);
                        }
                    }
                });
        begun.await();
        reads.cancel();
        assertThat(catchThrowable(() -> reads.done().join())).isInstanceOf(CancellationException.class);
        assertThat(told().failure().orElseThrow().cancelled()).isTrue();
    }

    @Test
    void cancelledBeforeItBeginsItDoesNothing() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        InterruptibleTask late =
                new InterruptibleTask(OperationKind.SOLVE, new OperationTarget.Plan(1), journals.journal()) {
                    @Override
                    protected void run() {
                        done.add("run");
                    }
                };
        late.cancel();
        running.launch(late);
        assertThat(catchThrowable(() -> late.done().join())).isInstanceOf(CancellationException.class);
        assertThat(done).isEmpty();
        assertThat(told().failure().orElseThrow().cancelled()).isTrue();
    }

    @Test
    void aJournalThatCannotBeWrittenKeepsNothingFromBeingDone() throws Exception {
        Path full = Files.createDirectories(temp.resolve("full/.corral"));
        Files.writeString(full.resolve("operations"), "in the way");
        FakeOperation blind = new FakeOperation(new OperationStore(full.getParent()));
        running.launch(blind);
        blind.end("");
        blind.done().join();
        assertThat(blind.failure()).isEmpty();
    }

    @Test
    void onlyTheNewestAreKept() throws Exception {
        for (int i = 0; i < 130; i++) {
            FakeOperation one = running.launch(new FakeOperation(journals));
            one.end("");
            one.done().join();
        }
        assertThat(journals.list()).hasSizeLessThanOrEqualTo(100);
    }
}
