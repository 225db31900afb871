package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.batch.Batches;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveJournal;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the sessions of a batch when it is stopped, interrupted or fails; their runs are processes that can be ended. */
@Tag("unit")
class BatchesTest {
    @TempDir
    private Path home;

    private TestWorld world;
    private Solving solving;
    private Batches batches;
    private String batch;
    private final List<Process> runs = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void make() {
        world = new TestWorld(home);
        world.control = false;
        world.reachable = false;
        world.variables.put("CORRAL_PYTHON", home.resolve("none").toString());
        solving = new Solving(world, "test", Duration.ofMinutes(5));
        batches = new Batches(world.environment(), solving);
        String file = home.resolve("e.py").toString();
        batch = batches.create(
                        List.of(
                                new Batch.Item(file, "ctf", "a"),
                                new Batch.Item(file, "ctf", "b"),
                                new Batch.Item(file, "ctf", "c")),
                        "ada",
                        SolveOptions.usual())
                .id();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process run : runs) {
            run.destroyForcibly().waitFor();
        }
    }

    private static String id(int number) {
        return "s-0000000" + number;
    }

    // A session of the batch, its run, and what happened in it besides.
    private void session(int number, EntryKind... happened) throws IOException {
        SolveJournal journal = solving.store()
                .create(new SolveSession(
                        id(number),
                        Instant.now(),
                        "ada",
                        home.resolve("e.py").toString(),
                        "ctf",
                        List.of("a", "b", "c").get(number),
                        1,
                        home.toString(),
                        false,
                        SolveOptions.usual()))
                .folder()
                .journal();
        Process run = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import signal, time; signal.signal(signal.SIGINT, signal.SIG_DFL); print('runs', flush=True);"
                                + " time.sleep(1000)")
                .start();
        runs.add(run);
        assertThat(run.getInputStream().readNBytes(4)).hasSize(4);
        journal.append(SolveEntry.now(EntryKind.RUN, "test")
                .withMore(SolveStory.facts(ProcessIdentity.of(run.pid()), "inspect eval")));
        for (EntryKind kind : happened) {
            journal.append(SolveEntry.now(kind, "test"));
        }
        Files.writeString(
                home.resolve("state/corral/batch").resolve(batch).resolve("journal.jsonl"),
                "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"begin\",\"number\":" + number + ",\"session\":\""
                        + id(number) + "\"}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private List<String> sessions() {
        return batches.find(batch).rows().stream().map(Batches.Row::session).toList();
    }

    // Waits for it; a run that is told to end does so by the signal.
    private boolean ended(int number) throws InterruptedException {
        return runs.get(number).waitFor() != 0;
    }

    @Test
    void aStopEndsOnlyWhatNobodyHasBegunIn() throws Exception {
        session(0, EntryKind.READY, EntryKind.START);
        session(1, EntryKind.READY, EntryKind.START, EntryKind.STOP);
        session(2);
        assertThat(batches.find(batch).rows())
                .extracting(row -> row.state().orElseThrow())
                .containsExactly(SolveState.RUNNING, SolveState.STOPPED, SolveState.STARTING);
        batches.stop(batch, false, told::add);
        assertThat(ended(2)).isTrue();
        assertThat(sessions()).as("the sample has its turn later").containsExactly(id(0), id(1), "");
        assertThat(runs.get(0).isAlive() && runs.get(1).isAlive()).isTrue();
        assertThat(told).containsExactly("Session " + id(2) + " is ended.");
        batches.stop(batch, true, told::add);
        assertThat(ended(0) && ended(1)).isTrue();
    }

    @Test
    void aStopAtOnceUsesUpNoSampleThatNobodyHasBegun() throws Exception {
        session(0, EntryKind.READY, EntryKind.START);
        session(1, EntryKind.READY);
        solving.store().find(id(0)).folder().journal().append(SolveEntry.now(EntryKind.ENDED, "test"));
        assertThat(batches.find(batch).rows().get(1).current()).isTrue();
        batches.stop(batch, true, told::add);
        assertThat(ended(1)).isTrue();
        assertThat(told).containsExactly("Session " + id(1) + " is ended.");
        assertThat(sessions()).as("the sample has its turn later").containsExactly(id(0), "", "");
        assertThat(batches.find(batch).over()).isFalse();
    }

    @Test
    void ofAnInterruptedBatchThePersonsSessionsGoOn() throws Exception {
        session(0, EntryKind.READY, EntryKind.START);
        session(1);
        assertThatThrownBy(() -> batches.run(batch, words -> {
                    if (words.startsWith("Sample")) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(ended(1)).isTrue();
        assertThat(sessions()).containsExactly(id(0), "", "");
        assertThat(runs.get(0).isAlive()).isTrue();
        Batches.View view = batches.find(batch);
        assertThat(view.stopped()).isTrue();
        assertThat(view.run()).isFalse();
    }

    @Test
    void whoeverIsInterruptedOnceMoreLeavesNothingBehindEither() throws Exception {
        session(0, EntryKind.READY, EntryKind.START);
        session(1);
        Thread runner = Thread.currentThread();
        assertThatThrownBy(() -> batches.run(batch, words -> {
                    if (words.startsWith("Sample") || words.endsWith("is ended.")) {
                        runner.interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("it is still known").isTrue();
        assertThat(ended(1)).isTrue();
        assertThat(sessions()).containsExactly(id(0), "", "");
    }

    @Test
    void aSessionThatCannotBeginIsTriedAgainWhenTheBatchIs() {
        ExpectedFailure first = failure(told::add);
        assertThat(first.kind()).isNotEqualTo(ExpectedFailure.Kind.PARTLY);
        Batches.View view = batches.find(batch);
        assertThat(view.stopped()).isTrue();
        assertThat(view.over()).isFalse();
        assertThat(view.rows()).extracting(Batches.Row::bad).containsExactly(true, false, false);
        String before = sessions().getFirst();
        failure(told::add);
        assertThat(sessions().getFirst()).isNotEmpty().isNotEqualTo(before);
        assertThat(sessions().subList(1, 3)).containsOnly("");
    }

    @Test
    void aMachineThatNeverComesUpEndsTheBatchWithItsFault() throws Exception {
        session(0, EntryKind.READY, EntryKind.START);
        session(1);
        SolveJournal journal = solving.store().find(id(1)).folder().journal();
        ExpectedFailure failure = failure(words -> {
            if (words.startsWith("Sample 1")) {
                fail(journal);
            }
        });
        assertThat(failure).hasMessageContaining(id(1)).hasMessageContaining("The box is gone");
        assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.PARTLY);
        assertThat(failure.nextStep()).contains("corral solve batch resume " + batch);
        assertThat(runs.get(0).isAlive()).isTrue();
        assertThat(sessions().getLast()).as("nothing begins behind it").isEmpty();
        batches.skip(batch, "b", told::add);
        assertThat(batches.find(batch).rows()).extracting(Batches.Row::bad).containsOnly(false);
    }

    @Test
    void samplesOfTwoTasksThatHaveOneIdAreNotTakenForEachOther() {
        Batch two = new Batch(
                "b",
                Instant.EPOCH,
                "ada",
                List.of(
                        new Batch.Item("/e.py", "one", "1"),
                        new Batch.Item("/e.py", "two", "1"),
                        new Batch.Item("/e.py", "two", "2")),
                SolveOptions.usual());
        String made = batches.create(two.samples(), "ada", two.options()).id();
        assertThatThrownBy(() -> batches.skip(made, "1", told::add)).hasMessageContaining("one/1, two/1");
        assertThat(batches.find(made).rows()).extracting(Batches.Row::skipped).containsOnly(false);
        assertThatCode(() -> batches.skip(made, "two/1", told::add)).doesNotThrowAnyException();
        assertThat(batches.find(made).rows()).extracting(Batches.Row::skipped).containsExactly(false, true, false);
        assertThatCode(() -> batches.skip(made, 2, told::add)).doesNotThrowAnyException();
        assertThat(batches.find(made).rows()).extracting(Batches.Row::skipped).containsExactly(false, true, true);
    }

    @Test
    void ofASessionThatInspectLeftItIsToldHowToGoOn() throws Exception {
        session(0, EntryKind.READY, EntryKind.START, EntryKind.GONE);
        session(1, EntryKind.READY, EntryKind.START, EntryKind.QUIT, EntryKind.ENDED);
        session(2, EntryKind.READY, EntryKind.START, EntryKind.QUIT, EntryKind.ENDED);
        batches.run(batch, told::add);
        assertThat(told).anyMatch(words -> words.contains("corral solve resume " + id(0)));
        assertThat(batches.find(batch).rows()).extracting(Batches.Row::bad).containsExactly(true, false, false);
        assertThat(batches.find(batch).over()).isTrue();
    }

    @Test
    void theMachineOfASessionThatNobodyHasBegunIsNotKeptWhenItsInspectDies() throws Exception {
        session(0, EntryKind.READY, EntryKind.START);
        session(1, EntryKind.READY);
        Stored ahead = solving.store().find(id(1));
        ahead.folder().addSandbox("box-1");
        ahead.folder().journal().append(SolveEntry.now(EntryKind.GONE, "test"));
        world.pinned.add("box-1");
        assertThat(batches.find(batch).rows().get(1).current()).isFalse();
        failure(told::add);
        assertThat(world.pinned).isEmpty();
        assertThat(sessions().get(1)).as("it is put back").isNotEqualTo(id(1));
        assertThat(runs.get(0).isAlive()).isTrue();
    }

    private static void fail(SolveJournal journal) {
        try {
            journal.append(SolveEntry.now(EntryKind.FAULT, "test").withText("The box is gone."));
            journal.append(SolveEntry.now(EntryKind.ENDED, "test").withMore(Map.of("status", "error")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ExpectedFailure failure(Consumer<String> told) {
        ExpectedFailure[] failure = new ExpectedFailure[1];
        assertThatThrownBy(() -> batches.run(batch, told))
                .isInstanceOfSatisfying(ExpectedFailure.class, thrown -> failure[0] = thrown);
        return failure[0];
    }
}
