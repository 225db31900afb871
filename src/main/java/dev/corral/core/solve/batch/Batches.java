package dev.corral.core.solve.batch;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveRuns;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
     * @param over    whether its session is over; one in which nobody had begun is not, whatever became of it
     */
    public record Row(
            Batch.Item item,
            String session,
            Optional<SolveState> state,
            boolean skipped,
            boolean current,
            boolean over) {
        /** Whether its session has ended as none should, and it is not left out. */
        public boolean bad() {
            return !skipped && state.map(BatchWords::bad).orElse(false);
        }
    }

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

    /** All as they were made, newest first; how far they are is not looked at. */
    public List<Batch> made() {
        return store.list();
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
        Map<String, Optional<BatchPlan.Look>> known = new HashMap<>();
        BatchPlan plan = plan(batch, known);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.samples().size(); i++) {
            String session = plan.sessions().getOrDefault(i, "");
            rows.add(new Row(
                    batch.samples().get(i),
                    session,
                    known.getOrDefault(session, Optional.empty()).map(BatchPlan.Look::state),
                    plan.skipped().contains(i),
                    plan.current().isPresent() && plan.current().getAsInt() == i,
                    known.getOrDefault(session, Optional.empty())
                            .map(BatchPlan.Look::over)
                            .orElse(false)));
        }
        return new View(
                batch,
                rows,
                plan.stopped(),
                store.held(batch.id()),
                plan.current().isEmpty());
    }

    private BatchPlan plan(Batch batch, Map<String, Optional<BatchPlan.Look>> known) {
        return BatchPlan.of(batch, store.entries(batch.id()), session -> known.computeIfAbsent(session, this::look));
    }

    private Optional<BatchPlan.Look> look(String session) {
        try {
            return Optional.of(solving.status(session)).map(BatchPlan.Look::of);
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Runs a batch until all of its samples are over, or somebody stops it. When the thread is interrupted nothing more begins, and the
     * session ahead ends if nobody has begun in it; those that somebody has begun in go on by themselves. A session whose run is over
     * before anybody began in it ends this as well: what ails it would most likely ail all. Running the batch again tries it once more.
     *
     * @param told gets what happens, a sentence each
     * @throws ExpectedFailure      if somebody else runs it, or a session can't begin or fails before it is ready
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
            BatchPlan before = plan(batch, new HashMap<>());
            for (int number : before.failed()) {
                String session = before.sessions().getOrDefault(number, "");
                release(session);
                putBack(batch, number, session);
            }
            store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.RESUME, -1, ""));
            follow(batch, told);
            finished = true;
        } finally {
            if (!finished) {
                ToItsEnd.run("leave-" + batch.id(), () -> abandon(batch, told));
            }
            release(hold);
        }
    }

    private void follow(Batch batch, Consumer<String> told) throws InterruptedException {
        String said = "";
        Set<String> over = new HashSet<>();
        while (true) {
            Map<String, Optional<BatchPlan.Look>> looks = new HashMap<>();
            BatchPlan plan = plan(batch, looks);
            if (!plan.failed().isEmpty()) {
                throw BatchWords.neverReady(batch, plan.failed().getFirst(), plan, looks);
            }
            BatchWords.tellEnds(batch, plan, looks, over, told);
            String words = BatchWords.where(batch, plan, looks);
            if (!words.equals(said)) {
                told.accept(words);
                said = words;
            }
            quit(batch, plan, told);
            keepLimit(batch, plan, looks);
            if (plan.begin().isPresent()) {
                begin(batch, plan.begin().getAsInt(), told);
            }
            if (plan.done()) {
                return;
            }
            Thread.sleep(LOOK_MS);
        }
    }

    // Nobody else may follow the session that the person is in.
    private void keepLimit(Batch batch, BatchPlan plan, Map<String, Optional<BatchPlan.Look>> looks)
            throws InterruptedException {
        String session = plan.sessions().getOrDefault(plan.current().orElse(-1), "");
        boolean runs = looks.getOrDefault(session, Optional.empty())
                .filter(look -> look.state() == SolveState.RUNNING)
                .isPresent();
        if (batch.options().activeLimit() > 0 && runs) {
            solving.limits().act(solving.status(session));
        }
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

    // Nobody waits for an answer here, so it must end whatever its agent says; what was handed in is scored to its end.
    private void quit(String session) throws InterruptedException {
        try {
            solving.quit(session);
        } catch (ExpectedFailure e) {
            if (solving.status(session).state() == SolveState.ENDING) {
                return;
            }
            LOG.warn("{} is cancelled, since its agent can't be told to quit", session, e);
            solving.cancel(session);
        }
    }

    private void abandon(Batch batch, Consumer<String> told) {
        try {
            store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.STOP, -1, ""));
            clearUp(batch, told);
        } catch (ExpectedFailure e) {
            LOG.warn("what {} has begun may go on", batch.id(), e);
            told.accept(e.getMessage() + " " + e.nextStep());
        } catch (RuntimeException | InterruptedException e) {
            LOG.error("what {} has begun may go on", batch.id(), e);
        }
    }

    private void clearUp(Batch batch, Consumer<String> told) throws InterruptedException {
        quit(batch, plan(batch, new HashMap<>()), told);
    }

    private void quit(Batch batch, BatchPlan plan, Consumer<String> told) throws InterruptedException {
        for (int number : plan.quit()) {
            String session = plan.sessions().getOrDefault(number, "");
            boolean skipped = plan.skipped().contains(number);
            // Somebody may have begun in it just now.
            if (!skipped && look(session).map(BatchPlan.Look::touched).orElse(true)) {
                continue;
            }
            told.accept("Session " + session + " is ended.");
            quit(session);
            if (!skipped) {
                putBack(batch, number, session);
            }
        }
    }

    // Nobody has worked in it: when the batch goes on, its sample has its turn.
    private void putBack(Batch batch, int number, String session) {
        store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.PUT_BACK, number, session));
    }

    // A machine that nobody has begun in is not kept for that session, which nobody goes on with.
    private void release(String session) {
        try {
            solving.release(session);
        } catch (ExpectedFailure e) {
            LOG.warn("the machine of {} stays pinned", session, e);
        }
    }

    /**
     * Leaves a sample out; a session that it has is ended.
     *
     * @param sample its id, or {@code TASK/ID} where several tasks have that id; empty: the one that the person is at
     * @throws ExpectedFailure if there is no such sample, several have that id, or it is over
     */
    public void skip(String id, String sample, Consumer<String> told) throws InterruptedException {
        Batch batch = store.find(id);
        skip(batch, sample.isEmpty() ? plan(batch, new HashMap<>()).current().orElse(-1) : batch.number(sample), told);
    }

    /**
     * The same of the sample with this number, from 0.
     *
     * @throws ExpectedFailure if there is no such sample, or it is over
     */
    public void skip(String id, int number, Consumer<String> told) throws InterruptedException {
        skip(store.find(id), number, told);
    }

    private void skip(Batch batch, int number, Consumer<String> told) throws InterruptedException {
        Map<String, Optional<BatchPlan.Look>> known = new HashMap<>();
        BatchPlan plan = plan(batch, known);
        boolean there = number >= 0 && number < batch.samples().size();
        boolean over = known.getOrDefault(plan.sessions().getOrDefault(number, ""), Optional.empty())
                .map(BatchPlan.Look::over)
                .orElse(false);
        if (!there || over) {
            throw ExpectedFailure.notFound(
                    over
                            ? "Sample " + batch.samples().get(number).sample() + " is over already."
                            : "The batch has no such sample to leave out.",
                    "corral solve batch status " + batch.id() + " shows its samples.");
        }
        store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.SKIP, number, ""));
        if (plan.failed().contains(number)) {
            release(plan.sessions().getOrDefault(number, ""));
        }
        unlessRun(batch, told);
    }

    /**
     * Begins nothing more; a session ahead of the person in which nobody has begun is ended.
     *
     * @param now whether those that somebody has begun in or is at are ended, too
     */
    public void stop(String id, boolean now, Consumer<String> told) throws InterruptedException {
        Batch batch = store.find(id);
        store.append(batch.id(), BatchEntry.now(BatchEntry.Kind.STOP, -1, ""));
        unlessRun(batch, told);
        if (now) {
            Map<String, Optional<BatchPlan.Look>> known = new HashMap<>();
            BatchPlan plan = plan(batch, known);
            String current = plan.sessions().getOrDefault(plan.current().orElse(-1), "");
            for (Map.Entry<Integer, String> each : new TreeMap<>(plan.sessions()).entrySet()) {
                String session = each.getValue();
                BatchPlan.Look look =
                        known.getOrDefault(session, Optional.empty()).orElse(null);
                if (look != null && look.live() && (look.touched() || session.equals(current))) {
                    told.accept("Session " + session + " is ended.");
                    quit(session);
                    // Looked at again: somebody may have begun in it until then.
                    if (!look(session).map(BatchPlan.Look::touched).orElse(true)) {
                        putBack(batch, each.getKey(), session);
                    }
                }
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
