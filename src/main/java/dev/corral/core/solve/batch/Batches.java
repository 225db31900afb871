package dev.corral.core.solve.batch;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveRuns;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches: samples that a person solves one after another. Whoever runs one begins their sessions, at most one ahead of the person; all
 * else about a session is as of any other. What happens is in a journal, so that another process can go on, or clear up, after a crash.
 * Thread-safe; its methods block.
 */
public final class Batches {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final long LOOK_MS = 1_000;

    private final Solving solving;
    private final BatchStore store;

    /** Those of this environment. */
    public Batches(Environment environment, Solving solving) {
        this.solving = solving;
        this.store = new BatchStore(environment);
    }

    /**
     * One sample of a batch.
     *
     * @param item    the sample
     * @param session its session; empty if it has none
     * @param state   how far that is; empty if there is none
     * @param skipped whether it is left out
     * @param current whether the person is at it
     */
    public record Row(Batch.Item item, String session, Optional<SolveState> state, boolean skipped, boolean current) {}

    /**
     * A batch at one moment.
     *
     * @param batch   the batch
     * @param rows    its samples
     * @param stopped whether nothing more is to begin
     * @param run     whether some process runs it
     * @param over    whether all samples are over or left out
     */
    public record View(Batch batch, List<Row> rows, boolean stopped, boolean run, boolean over) {
        /** Copies the list. */
        public View {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Makes a batch; {@link #run} runs it.
     *
     * @throws ExpectedFailure if it has no samples, or can't be written
     */
    public Batch create(List<Batch.Item> samples, String who, SolveOptions options) {
        if (samples.isEmpty()) {
            throw ExpectedFailure.usage("A batch of no samples makes no sense.", "Name some.");
        }
        Batch batch =
                new Batch(SolveStore.newId("batch " + samples.getFirst().task()), Instant.now(), who, samples, options);
        store.create(batch);
        return batch;
    }

    /** All batches, newest first. */
    public List<View> list() {
        return store.list().stream().map(this::view).toList();
    }

    /**
     * One as it is now.
     *
     * @throws ExpectedFailure if there is no such batch
     */
    public View find(String id) {
        return view(store.find(id));
    }

    private View view(Batch batch) {
        Map<String, Optional<SolveState>> known = new HashMap<>();
        BatchPlan plan = plan(batch, known);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.samples().size(); i++) {
            String session = plan.sessions().getOrDefault(i, "");
            rows.add(new Row(
                    batch.samples().get(i),
                    session,
                    known.getOrDefault(session, Optional.empty()),
                    plan.skipped().contains(i),
                    plan.current().isPresent() && plan.current().getAsInt() == i));
        }
        Optional<BatchStore.Hold> hold = store.hold(batch.id());
        hold.ifPresent(Batches::release);
        return new View(
                batch, rows, plan.stopped(), hold.isEmpty(), plan.current().isEmpty());
    }

    private BatchPlan plan(Batch batch, Map<String, Optional<SolveState>> known) {
        return BatchPlan.of(batch, store.entries(batch.id()), session -> known.computeIfAbsent(session, this::state));
    }

    private Optional<SolveState> state(String session) {
        try {
            return Optional.of(solving.status(session)).map(SolveStatus::state);
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Runs a batch until all of its samples are over, or somebody stops it. When the thread is interrupted nothing more begins, and the
     * session ahead ends; the one that the person is at goes on by itself.
     *
     * @param told gets what happens, a sentence each
     * @throws ExpectedFailure      if somebody else runs it, or a session can't begin
     * @throws InterruptedException if the thread is interrupted
     */
    public void run(String id, Consumer<String> told) throws InterruptedException {
        Batch batch = store.find(id);
        BatchStore.Hold hold = store.hold(batch.id()).orElseThrow(() -> ExpectedFailure.failed(
                        "The batch " + batch.id() + " is being run already.",
                        "corral solve batch status " + batch.id() + " tells how far it is.")
                .withKind(ExpectedFailure.Kind.BUSY));
        boolean finished = false;
        try {
            store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.RESUME, -1, ""));
            follow(batch, told);
            finished = true;
        } finally {
            if (!finished) {
                abandon(batch, told);
            }
            release(hold);
        }
    }

    private void follow(Batch batch, Consumer<String> told) throws InterruptedException {
        String said = "";
        while (true) {
            Map<String, Optional<SolveState>> known = new HashMap<>();
            BatchPlan plan = plan(batch, known);
            String words = words(batch, plan, known);
            if (!words.equals(said)) {
                told.accept(words);
                said = words;
            }
            quit(batch, plan, told);
            if (plan.begin().isPresent()) {
                begin(batch, plan.begin().getAsInt(), told);
            }
            if (plan.done()) {
                return;
            }
            Thread.sleep(LOOK_MS);
        }
    }

    private static String words(Batch batch, BatchPlan plan, Map<String, Optional<SolveState>> known) {
        if (plan.current().isEmpty()) {
            return "All samples are over.";
        }
        int number = plan.current().getAsInt();
        String session = plan.sessions().getOrDefault(number, "");
        return "Sample " + (number + 1) + " of " + batch.samples().size() + ", "
                + batch.samples().get(number).sample() + ": "
                + known.getOrDefault(session, Optional.empty())
                        .map(state -> session + ", " + state.words())
                        .orElse("not begun");
    }

    private void begin(Batch batch, int number, Consumer<String> told) {
        Batch.Item item = batch.samples().get(number);
        SolveRequest request =
                new SolveRequest(Path.of(item.taskFile()), item.task(), item.sample(), batch.who(), batch.options());
        SolveRuns.Terms terms = SolveRuns.Terms.usual(request);
        // First, so that whoever comes after a crash knows of it.
        store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.BEGIN, number, terms.id()));
        told.accept("Session " + terms.id() + " begins for sample " + (number + 1) + ".");
        solving.runs().begin(request, terms);
    }

    // Nobody waits for an answer here, so it must end whatever its agent says.
    private void quit(String session) throws InterruptedException {
        try {
            solving.quit(session);
        } catch (ExpectedFailure e) {
            LOG.warn("{} is cancelled, since its agent can't be told to quit", session, e);
            solving.cancel(session);
        }
    }

    private void abandon(Batch batch, Consumer<String> told) {
        boolean interrupted = Thread.interrupted();
        try {
            store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.STOP, -1, ""));
            clearUp(batch, told);
        } catch (ExpectedFailure e) {
            told.accept(e.getMessage() + " " + e.nextStep());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void clearUp(Batch batch, Consumer<String> told) throws InterruptedException {
        quit(batch, plan(batch, new HashMap<>()), told);
    }

    private void quit(Batch batch, BatchPlan plan, Consumer<String> told) throws InterruptedException {
        for (int number : plan.quit()) {
            String session = plan.sessions().getOrDefault(number, "");
            told.accept("Session " + session + " is ended.");
            quit(session);
            if (!plan.skipped().contains(number)) {
                // Nobody has worked in it: when the batch goes on, it has its turn.
                store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.PUT_BACK, number, session));
            }
        }
    }

    /**
     * Leaves a sample out; a session that it has is ended.
     *
     * @param sample its id; empty: the one that the person is at
     * @throws ExpectedFailure if there is no such sample, or it is over
     */
    public void skip(String id, String sample, Consumer<String> told) throws InterruptedException {
        Batch batch = store.find(id);
        Map<String, Optional<SolveState>> known = new HashMap<>();
        BatchPlan plan = plan(batch, known);
        int number = sample.isEmpty() ? plan.current().orElse(-1) : number(batch, sample);
        boolean over = number >= 0
                && known.getOrDefault(plan.sessions().getOrDefault(number, ""), Optional.empty())
                        .map(SolveState::over)
                        .orElse(false);
        if (number < 0 || over) {
            throw ExpectedFailure.notFound(
                    over ? "Sample " + sample + " is over already." : "The batch has no such sample to leave out.",
                    "corral solve batch status " + batch.id() + " shows its samples.");
        }
        store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.SKIP, number, ""));
        unlessRun(batch, told);
    }

    private static int number(Batch batch, String sample) {
        for (int i = 0; i < batch.samples().size(); i++) {
            if (batch.samples().get(i).sample().equals(sample)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Begins nothing more; a session ahead of the person is ended.
     *
     * @param now whether the one that the person is at is ended, too
     */
    public void stop(String id, boolean now, Consumer<String> told) throws InterruptedException {
        Batch batch = store.find(id);
        store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.STOP, -1, ""));
        unlessRun(batch, told);
        if (now) {
            Map<String, Optional<SolveState>> known = new HashMap<>();
            BatchPlan plan = plan(batch, known);
            String session = plan.sessions().getOrDefault(plan.current().orElse(-1), "");
            if (!session.isEmpty()) {
                told.accept("Session " + session + " is ended.");
                quit(session);
            }
        }
    }

    // Whoever runs it sees what was asked a second later; after a crash nobody does.
    private void unlessRun(Batch batch, Consumer<String> told) throws InterruptedException {
        Optional<BatchStore.Hold> hold = store.hold(batch.id());
        if (hold.isPresent()) {
            try {
                clearUp(batch, told);
            } finally {
                release(hold.get());
            }
        }
    }

    private static void release(BatchStore.Hold hold) {
        try {
            hold.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
