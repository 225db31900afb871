package dev.corral.console.solve.batch;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.batch.Batches;
import dev.corral.core.solve.journal.SolveOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches of this user as the window sees them, and those that it runs itself. When the person comes to the next session of one,
 * that is offered once. For the FX thread; what blocks runs elsewhere.
 */
final class BatchQueue {
    private static final Logger LOG = LoggerFactory.getLogger(BatchQueue.class);

    /** Hears what is new. */
    interface Listener {
        /** The person waits for this session, the first of a batch that was begun here. */
        void awaited(String session);

        /** Something else is to be shown. */
        void changed();

        /** The person may begin in the next session. */
        void next(Batches.View view, Batches.Row row);

        /** Something went wrong. */
        void failed(Problem problem);
    }

    private final Batches batches;
    private final Threads threads;
    private final Listener listener;
    private final Map<String, Batches.View> views = new LinkedHashMap<>();
    private final Map<String, Thread> running = new HashMap<>();
    private final Map<String, String> said = new HashMap<>();
    private final Map<String, String> current = new HashMap<>();
    private final Set<String> offered = new HashSet<>();
    private final Set<Thread> leaving = new HashSet<>();
    private Optional<String> shown = Optional.empty();
    private String busy = "";

    BatchQueue(Batches batches, Threads threads, Listener listener) {
        this.batches = batches;
        this.threads = threads;
        this.listener = listener;
    }

    /** Takes batches as they are now, newest first. */
    void take(List<Batches.View> now) {
        boolean other = !List.copyOf(views.values()).equals(now);
        views.clear();
        now.forEach(view -> views.put(view.batch().id(), view));
        now.forEach(this::look);
        if (other) {
            listener.changed();
        }
    }

    // Told only of a session that the person comes to while the window looks: what was there before is offered
    // elsewhere.
    private void look(Batches.View view) {
        Optional<Batches.Row> row =
                view.rows().stream().filter(Batches.Row::current).findFirst();
        String id = view.batch().id();
        String session = row.map(Batches.Row::session).orElse("");
        Optional<String> before = Optional.ofNullable(current.get(id));
        if (before.isEmpty()) {
            current.put(id, session);
            offered.add(session);
            return;
        }
        current.put(id, session);
        boolean first =
                view.rows().stream().findFirst().filter(Batches.Row::current).isPresent();
        if (first && !session.isEmpty() && !session.equals(before.get()) && running.containsKey(id)) {
            listener.awaited(session);
        }
        boolean ready =
                row.flatMap(Batches.Row::state).map(SolveState::listening).orElse(false);
        if (ready && !first && offered.add(session)) {
            listener.next(view, row.orElseThrow());
        }
    }

    /** Whether a session waits ahead of the person, so that nothing may be opened in it. */
    boolean ahead(String session) {
        return views.values().stream()
                .flatMap(view -> view.rows().stream())
                .anyMatch(row -> row.session().equals(session) && !row.current());
    }

    /** All that are known, newest first. */
    List<Batches.View> all() {
        return List.copyOf(views.values());
    }

    /** The one that is shown: the chosen one, else the newest. */
    Optional<Batches.View> shown() {
        return shown.flatMap(id -> Optional.ofNullable(views.get(id)))
                .or(() -> views.values().stream().findFirst());
    }

    /** Shows another one. */
    void show(String id) {
        shown = Optional.of(id);
        listener.changed();
    }

    /** Whether this window runs it. */
    boolean here(String id) {
        return running.containsKey(id);
    }

    /** What happened last in it, as far as this window runs it. */
    String said(String id) {
        return said.getOrDefault(id, "");
    }

    /** What is being asked right now; empty if nothing is. */
    String busy() {
        return busy;
    }

    /** Makes a batch and runs it here. */
    void begin(List<Batch.Item> samples, String who, SolveOptions options, Runnable begun) {
        ask("The batch is being made", () -> batches.create(samples, who, options), batch -> {
            shown = Optional.of(batch.id());
            // Its first session is one that the person waits for.
            current.put(batch.id(), "");
            begun.run();
            run(batch.id());
            refresh(batch.id());
        });
    }

    /** Runs one here that nobody runs. */
    void run(String id) {
        if (running.containsKey(id)) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("solve-batch").unstarted(() -> work(id));
        running.put(id, thread);
        said.remove(id);
        thread.start();
        listener.changed();
    }

    private void work(String id) {
        try {
            batches.run(id, words -> threads.hop(() -> say(id, words)));
            threads.hop(() -> ended(id));
        } catch (InterruptedException e) {
            LOG.info("the batch {} is no longer run here", id, e);
            threads.hop(() -> ended(id));
        } catch (RuntimeException | Error e) {
            threads.hop(() -> {
                ended(id);
                listener.failed(Problem.of(e));
            });
        }
    }

    private void say(String id, String words) {
        said.put(id, words);
        listener.changed();
    }

    private void ended(String id) {
        running.remove(id);
        listener.changed();
        refresh(id);
    }

    /** Leaves a sample out. */
    void skip(String id, int number) {
        ask(
                "The sample is being left out",
                () -> {
                    batches.skip(id, number, words -> threads.hop(() -> say(id, words)));
                    return id;
                },
                this::refresh);
    }

    /**
     * Begins nothing more.
     *
     * @param now whether the session that the person is in ends, too
     */
    void stop(String id, boolean now) {
        ask(
                now ? "The batch is being ended" : "The batch is being stopped",
                () -> {
                    batches.stop(id, now, words -> threads.hop(() -> say(id, words)));
                    return id;
                },
                this::refresh);
    }

    private void refresh(String id) {
        threads.background(
                "solve-batch-look",
                () -> batches.find(id),
                view -> {
                    views.put(id, view);
                    listener.changed();
                },
                failure -> LOG.debug("{} can't be looked at", id, failure));
    }

    private <T> void ask(String words, Callable<T> what, Consumer<T> done) {
        busy = words;
        listener.changed();
        threads.background(
                "solve-batch-ask",
                what,
                answer -> {
                    busy = "";
                    done.accept(answer);
                    listener.changed();
                },
                failure -> {
                    busy = "";
                    listener.changed();
                    listener.failed(Problem.of(failure));
                });
    }

    /** The batches that this window runs. */
    List<String> running() {
        return List.copyOf(running.keySet());
    }

    /** Runs none any more: nothing more begins, what waits ahead ends, and the session that the person is in goes on. */
    void leave() {
        // Once each: a second word would cut off the clearing up that the first one began.
        running.forEach((id, thread) -> {
            if (leaving.add(thread)) {
                thread.interrupt();
            }
        });
    }
}
