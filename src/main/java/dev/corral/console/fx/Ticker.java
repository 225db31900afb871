package dev.corral.console.fx;

import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The time by which elapsed times are shown. It moves once a second while something changes and every 30 s otherwise.
 * Not an animation, since a running one keeps the toolkit drawing frames. For the FX thread.
 */
public final class Ticker implements AutoCloseable {
    private static final long FAST_MS = 1_000;
    private static final long SLOW_MS = 30_000;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("window-ticker").factory());
    private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>(Instant.now());
    private ScheduledFuture<?> next;
    private boolean fast;

    /** Starts to tick slowly. */
    public Ticker() {
        schedule(SLOW_MS);
    }

    /** The time of the last tick. */
    public ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    /** Ticks every second, or every 30 s. */
    public void setFast(boolean wanted) {
        now.set(Instant.now());
        if (wanted != fast && !executor.isShutdown()) {
            fast = wanted;
            next.cancel(false);
            schedule(wanted ? FAST_MS : SLOW_MS);
        }
    }

    private void schedule(long everyMs) {
        next = executor.scheduleAtFixedRate(
                () -> FxThread.run(() -> now.set(Instant.now())), everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
