package dev.corral.core.solve.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.batch.BatchEntry.Kind;
import dev.corral.core.solve.journal.SolveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens next in a batch, and what of it outlives its process. */
@Tag("unit")
class BatchPlanTest {
    private final List<BatchEntry> entries = new ArrayList<>();
    private final Map<String, BatchPlan.Look> looks = new HashMap<>();

    @TempDir
    private Path home;

    private static Batch batch(int timeLimit) {
        List<Batch.Item> items = List.of(
                new Batch.Item("/e.py", "t", "a"),
                new Batch.Item("/e.py", "t", "b"),
                new Batch.Item("/e.py", "t", "c"));
        SolveOptions usual = SolveOptions.usual();
        return new Batch(
                "batch-t-1",
                Instant.EPOCH,
                "ada",
                items,
                new SolveOptions(
                        usual.user(), true, true, usual.answer(), true, timeLimit, usual.model(), usual.logFolder()));
    }

    private BatchPlan plan() {
        return plan(0);
    }

    private BatchPlan plan(int timeLimit) {
        return BatchPlan.of(batch(timeLimit), entries, session -> Optional.ofNullable(looks.get(session)));
    }

    // As the states are usually come to.
    private void now(int number, SolveState state) {
        boolean touched = state == SolveState.RUNNING || state == SolveState.INTERRUPTED;
        looks.put("s" + number, new BatchPlan.Look(state, touched, state.listening(), ""));
    }

    private void begun(int number, SolveState state) {
        entries.add(BatchEntry.now(Kind.BEGIN, number, "s" + number));
        now(number, state);
    }

    @Test
    void theNextMachineBootsWhileOneIsWorkedInAndNoThirdOne() {
        assertThat(plan().begin()).hasValue(0);
        begun(0, SolveState.BOOTING);
        assertThat(plan().begin()).as("one machine after the other").isEmpty();
        now(0, SolveState.STOPPED);
        assertThat(plan().begin()).hasValue(1);
        begun(1, SolveState.BOOTING);
        assertThat(plan().begin()).isEmpty();
        now(1, SolveState.STOPPED);
        assertThat(plan().begin()).as("at most one ahead").isEmpty();
        assertThat(plan().current()).hasValue(0);
        now(0, SolveState.ENDED);
        assertThat(plan().current()).hasValue(1);
        assertThat(plan().begin()).hasValue(2);
        begun(2, SolveState.FAILED);
        looks.put("s2", new BatchPlan.Look(SolveState.FAILED, false, true, ""));
        assertThat(plan().done()).isFalse();
        now(1, SolveState.INTERRUPTED);
        assertThat(plan().done()).isTrue();
        assertThat(plan().quit()).isEmpty();
    }

    @Test
    void aSessionAheadWhoseInspectDiedIsNotOver() {
        begun(0, SolveState.RUNNING);
        begun(1, SolveState.STOPPED);
        looks.put("s1", new BatchPlan.Look(SolveState.INTERRUPTED, false, true, ""));
        assertThat(plan().failed()).containsExactly(1);
        now(0, SolveState.ENDED);
        assertThat(plan().current()).hasValue(1);
        looks.put("s1", new BatchPlan.Look(SolveState.INTERRUPTED, true, true, ""));
        assertThat(plan().current()).as("somebody worked in it").hasValue(2);
    }

    @Test
    void underATimeLimitNoMachineWaitsAhead() {
        begun(0, SolveState.RUNNING);
        assertThat(plan(600).begin()).isEmpty();
    }

    @Test
    void aSessionThatNeverCameToBeIsBegunAgain() {
        entries.add(BatchEntry.now(Kind.BEGIN, 0, "lost"));
        assertThat(plan().begin()).hasValue(0);
        assertThat(plan().sessions()).isEmpty();
    }

    @Test
    void whatIsLeftOutIsEndedAndTheNextOneHasItsTurn() {
        begun(0, SolveState.RUNNING);
        begun(1, SolveState.STOPPED);
        entries.add(BatchEntry.now(Kind.SKIP, 0, ""));
        assertThat(plan().quit()).containsExactly(0);
        assertThat(plan().current()).hasValue(1);
        now(0, SolveState.ENDING);
        assertThat(plan().quit()).as("it ends already").isEmpty();
        assertThat(plan().begin()).hasValue(2);
    }

    @Test
    void aStopEndsWhatWaitsAheadAndLeavesThePersonsOwnAndAResumeGivesItItsTurn() {
        begun(0, SolveState.RUNNING);
        begun(1, SolveState.BOOTING);
        entries.add(BatchEntry.now(Kind.STOP, -1, ""));
        assertThat(plan().quit()).containsExactly(1);
        assertThat(plan().begin()).isEmpty();
        assertThat(plan().done()).isFalse();
        now(1, SolveState.ENDED);
        entries.add(BatchEntry.now(Kind.PUT_BACK, 1, "s1"));
        assertThat(plan().done()).isTrue();
        entries.add(BatchEntry.now(Kind.RESUME, -1, ""));
        assertThat(plan().current()).hasValue(0);
        assertThat(plan().begin()).hasValue(1);
    }

    @Test
    void aStopEndsNoSessionInWhichSomebodyHasBegun() {
        begun(0, SolveState.STOPPED);
        begun(1, SolveState.RUNNING);
        begun(2, SolveState.STOPPED);
        entries.add(BatchEntry.now(Kind.STOP, -1, ""));
        assertThat(plan().quit()).as("nobody has begun in the last one").containsExactly(2);
        looks.put("s2", new BatchPlan.Look(SolveState.STOPPED, true, true, ""));
        assertThat(plan().quit()).as("paused, the clock ran").isEmpty();
        assertThat(plan().done()).isTrue();
    }

    @Test
    void whatFailedBeforeAnybodyCouldWorkInItIsNotOverAndNothingBeginsBehindIt() {
        begun(0, SolveState.RUNNING);
        begun(1, SolveState.FAILED);
        assertThat(plan().failed()).containsExactly(1);
        assertThat(plan().begin()).isEmpty();
        assertThat(plan().done()).isFalse();
        now(0, SolveState.ENDED);
        assertThat(plan().current()).hasValue(1);
        entries.add(BatchEntry.now(Kind.PUT_BACK, 1, "s1"));
        assertThat(plan().begin()).as("it is tried again").hasValue(1);
        entries.removeLast();
        entries.add(BatchEntry.now(Kind.SKIP, 1, ""));
        assertThat(plan().failed()).isEmpty();
        assertThat(plan().begin()).hasValue(2);
    }

    @Test
    void theJournalOutlivesItsProcessAndATornLineCostsNoOther() throws IOException {
        BatchStore store = new BatchStore(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
        store.create(batch(0));
        store.append("batch-t-1", BatchEntry.now(Kind.BEGIN, 0, "s0"));
        Path journal = home.resolve("corral/batch/batch-t-1/journal.jsonl");
        Files.writeString(journal, "{\"kind\":\"later\",\"number\":1}\n{\"kind\":\"beg", StandardOpenOption.APPEND);
        store.append("batch-t-1", BatchEntry.now(Kind.STOP, -1, ""));
        assertThat(store.entries("batch-t-1"))
                .extracting(BatchEntry::kind)
                .containsExactly(Kind.BEGIN, null, Kind.STOP);
        assertThat(store.find("batch-t").samples()).isEqualTo(batch(0).samples());
        assertThat(BatchPlan.of(
                                batch(0),
                                store.entries("batch-t-1"),
                                session -> Optional.of(new BatchPlan.Look(SolveState.RUNNING, true, true, "")))
                        .stopped())
                .isTrue();
        assertThatThrownBy(() -> store.find("none")).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void onlyOneRunsABatch() throws IOException, InterruptedException {
        BatchStore store = new BatchStore(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
        store.create(batch(0));
        assertThat(store.held("batch-t-1")).isFalse();
        try (BatchStore.Hold hold = store.hold("batch-t-1").orElseThrow()) {
            assertThat(hold.lock().isValid()).isTrue();
            assertThat(store.hold("batch-t-1")).isEmpty();
            assertThat(store.held("batch-t-1")).isTrue();
            assertThat(elsewhere("fcntl.LOCK_EX | fcntl.LOCK_NB", "").waitFor())
                    .as("whoever asks does not take it away from whoever holds it")
                    .isNotZero();
        }
        assertThat(store.held("batch-t-1")).isFalse();
        store.hold("batch-t-1").orElseThrow().close();
        assertThat(elsewhere("fcntl.LOCK_EX | fcntl.LOCK_NB", "").waitFor()).isZero();
    }

    @Test
    void whoeverLooksAtABatchForAMomentIsInNobodysWay() throws IOException, InterruptedException {
        BatchStore store = new BatchStore(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
        store.create(batch(0));
        store.hold("batch-t-1").orElseThrow().close();
        Process looks = elsewhere("fcntl.LOCK_SH", "print('held', flush=True); time.sleep(0.5)");
        assertThat(looks.getInputStream().readNBytes(4)).hasSize(4);
        assertThat(store.held("batch-t-1")).as("to look is not to run").isFalse();
        store.hold("batch-t-1").orElseThrow().close();
        Process clears = elsewhere("fcntl.LOCK_EX", "print('held', flush=True); time.sleep(0.5)");
        assertThat(clears.getInputStream().readNBytes(4)).hasSize(4);
        store.hold("batch-t-1").orElseThrow().close();
        assertThat(looks.waitFor() + clears.waitFor()).isZero();
    }

    // Another process that takes the lock, and does something more.
    private Process elsewhere(String how, String more) throws IOException {
        return new ProcessBuilder(
                        "python3",
                        "-c",
                        "import fcntl, sys, time; f = open(sys.argv[1], 'r+'); fcntl.lockf(f, " + how + ")\n" + more,
                        home.resolve("corral/batch/batch-t-1/lock").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
