package dev.corral.console.solve;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveRuns.Joinable;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveWatch;
import dev.corral.core.solve.Solving;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every session that is not over for as long as the window is open, whichever page is shown, and brings what is new to the window's
 * thread.
 */
final class SolveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolveFeed.class);
    private static final long LOOK_MS = 3_000;

    /** Hears what is new, on the window's thread. */
    interface Listener {
        /** All sessions. */
        void sessions(List<SolveStatus> now);

        /** One session, looked at a moment ago. */
        void session(SolveStatus now);

        /** The runs that could be joined. */
        void joinable(List<Joinable> runs);

        /** Why something can't be looked at. */
        void trouble(ExpectedFailure failure);
    }

    private final Solving solving;
    private final Threads threads;
    private final Listener listener;
    private final BooleanSupplier shown;
    private final Map<String, SolveWatch> watches = new HashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final Set<String> tried = new HashSet<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param shown whether the page is in sight; asked on any thread */
    SolveFeed(Solving solving, Threads threads, BooleanSupplier shown, Listener listener) {
        this.solving = solving;
        this.threads = threads;
        this.shown = shown;
        this.listener = listener;
    }

    /** Begins to look. */
    void start() {
        Thread.ofVirtual().name("solve-feed").start(this::look);
    }

    private void look() {
        Consumer<List<SolveStatus>> sessions = new LatestValue<>(threads, listener::sessions);
        Consumer<List<Joinable>> joinable = new LatestValue<>(threads, listener::joinable);
        boolean told = false;
        try {
            do {
                try {
                    List<SolveStatus> now = solving.list();
                    sessions.accept(now);
                    follow(now);
                    if (shown.getAsBoolean()) {
                        joinable.accept(solving.runs().joinable());
                    }
                    told = false;
                } catch (ExpectedFailure e) {
                    LOG.debug("the sessions can't be listed", e);
                    if (!told) {
                        told = true;
                        threads.hop(() -> listener.trouble(e));
                    }
                }
            } while (!closed.await(LOOK_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void follow(List<SolveStatus> now) {
        if (closed.getCount() == 0) {
            return;
        }
        for (SolveStatus status : now) {
            String id = status.session().id();
            boolean settled = status.story().over().isPresent()
                    || status.story().process().isEmpty();
            boolean toLog = status.state() == SolveState.ENDED
                    && !status.story().log().isEmpty()
                    && !Solving.logged(status)
                    && !watched(id)
                    && tried.add(id);
            if (settled && status.state().over() && !toLog) {
                SolveWatch watch = watches.remove(id);
                if (watch != null) {
                    watch.close();
                }
            } else if (toLog || !watched(id)) {
                Consumer<SolveStatus> latest = new LatestValue<>(threads, listener::session);
                SolveWatch before = watches.put(
                        id,
                        new SolveWatch(
                                solving,
                                id,
                                seen -> {
                                    latest.accept(seen);
                                    if (solving.trouble(id).isEmpty()) {
                                        troubles.remove(id);
                                    }
                                },
                                e -> trouble(id, e)));
                if (before != null) {
                    before.close();
                }
            }
        }
    }

    // A watch that was over before its session was resumed sees nothing of it any more.
    private boolean watched(String id) {
        SolveWatch watch = watches.get(id);
        return watch != null && !watch.over();
    }

    // A full disk keeps every session from being written, each second.
    private void trouble(String id, ExpectedFailure failure) {
        String cause = String.valueOf((failure.getCause() == null ? failure : failure.getCause()).getMessage());
        boolean known = troubles.containsValue(cause);
        if (!cause.equals(troubles.put(id, cause)) && !known) {
            LOG.warn("{} can't be followed as it should", id, failure);
            threads.hop(() -> listener.trouble(failure));
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        watches.values().forEach(SolveWatch::close);
        watches.clear();
    }
}
