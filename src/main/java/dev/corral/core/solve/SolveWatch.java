package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one session in the background until it is over or nobody wants to any more. */
public final class SolveWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolveWatch.class);
    private static final long LOOK_MS = 1_000;
    private static final long PROBE_MS = 20_000;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean keeping = new AtomicBoolean();
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param id      the session
     * @param seen    gets it each time it was looked at, on a thread of this watch
     * @param trouble gets what keeps it from being looked at or written down, each time; on a thread of this watch
     */
    public SolveWatch(Solving solving, String id, Consumer<SolveStatus> seen, Consumer<ExpectedFailure> trouble) {
        var _ = Thread.ofVirtual().name("solve-watch").start(() -> look(solving, id, seen, trouble));
        var _ = Thread.ofVirtual().name("solve-probe").start(() -> probe(solving, id));
    }

    private void look(Solving solving, String id, Consumer<SolveStatus> seen, Consumer<ExpectedFailure> trouble) {
        String told = "";
        while (closed.getCount() > 0) {
            try {
                SolveStatus status = solving.status(id);
                if (!ClockInLog.of(status).isEmpty() && !Solving.logged(status)) {
                    status = solving.intoLog(id);
                }
                seen.accept(status);
                solving.trouble(id).ifPresent(trouble);
                limit(solving, status);
                if (status.state().over()) {
                    over = true;
                    return;
                }
            } catch (ExpectedFailure e) {
                trouble.accept(e);
                if (solvingIsOver(solving, id)) {
                    over = true;
                    return;
                }
            } catch (RuntimeException e) {
                // A mistake of this program must not leave a session unwatched; said once, not each second.
                if (!e.toString().equals(told)) {
                    told = e.toString();
                    LOG.warn("{} can't be looked at, which goes on being tried", id, e);
                }
            }
            if (!rest(LOOK_MS)) {
                return;
            }
        }
    }

    // Handing in may take minutes, in which the session goes on being looked at.
    private void limit(Solving solving, SolveStatus status) {
        if (LimitKeeper.acts(status) && keeping.compareAndSet(false, true)) {
            var _ = Thread.ofVirtual().name("solve-limit").start(() -> {
                try {
                    solving.limits().act(status);
                } catch (ExpectedFailure e) {
                    LOG.warn(
                            "the limit of {} could not be kept",
                            status.session().id(),
                            e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    keeping.set(false);
                }
            });
        }
    }

    // The log could not be written; trying for ever would not help.
    private static boolean solvingIsOver(Solving solving, String id) {
        try {
            return solving.status(id).state().over();
        } catch (ExpectedFailure e) {
            LOG.debug("{} can't be looked at", id, e);
            return false;
        }
    }

    // Apart, since a machine that does not answer takes its time.
    private void probe(Solving solving, String id) {
        while (closed.getCount() > 0 && !over) {
            try {
                solving.probe(solving.status(id));
            } catch (ExpectedFailure e) {
                LOG.debug("{} can't be probed", id, e);
            } catch (RuntimeException e) {
                LOG.warn("{} can't be probed, which goes on being tried", id, e);
            }
            if (!rest(PROBE_MS)) {
                return;
            }
        }
    }

    // Whether it goes on after that; nothing is interrupted, so that no line of a journal is cut off.
    private boolean rest(long millis) {
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Whether it looks no more, since the session was over. */
    public boolean over() {
        return over;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
