package dev.corral.console.solve.batch;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.batch.Batches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows batches for as long as the window is open, whoever runs them. */
final class BatchFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchFeed.class);
    private static final long LOOK_MS = 2_000;
    private static final int MOST = 20;
    // One that nobody runs changes only when somebody goes on with it.
    private static final int REST = 4;

    private final Batches batches;
    private final Consumer<List<Batches.View>> target;
    private final Map<String, Batches.View> known = new HashMap<>();
    private final AtomicBoolean poked = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param taken gets them, newest first, on the window's thread */
    BatchFeed(Batches batches, Threads threads, Consumer<List<Batches.View>> taken) {
        this.batches = batches;
        this.target = new LatestValue<>(threads, taken);
    }

    /** Begins to look. */
    void start() {
        Thread.ofVirtual().name("batch-feed").start(this::look);
    }

    /** Looks at all of them next time, since one may be run again. */
    void poke() {
        poked.set(true);
    }

    private void look() {
        try {
            int round = 0;
            do {
                try {
                    boolean wanted = poked.getAndSet(false);
                    target.accept(now(wanted || round % REST == 0));
                    round++;
                } catch (ExpectedFailure e) {
                    // The page says so already if sessions can't be read, and a batch is nothing without them.
                    LOG.debug("the batches can't be looked at", e);
                } catch (RuntimeException e) {
                    // A bug in one look must not end all others.
                    LOG.error("the batches can't be looked at", e);
                }
            } while (!closed.await(LOOK_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Batches.View> now(boolean all) {
        List<Batches.View> views = new ArrayList<>();
        for (Batch batch : batches.made().stream().limit(MOST).toList()) {
            Batches.View before = known.get(batch.id());
            boolean settled = before != null && before.over() && !before.run();
            boolean rests = before != null && !before.run() && !all;
            Batches.View view = settled || rests ? before : batches.find(batch.id());
            known.put(batch.id(), view);
            views.add(view);
        }
        return views;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
