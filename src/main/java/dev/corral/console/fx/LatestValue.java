package dev.corral.console.fx;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Brings the newest of many values to the FX thread: whatever comes while a hop is under way takes the same hop, so that
 * a slow window can not be flooded. Thread-safe.
 *
 * @param <T> the values
 */
public final class LatestValue<T> implements Consumer<T> {
    private final AtomicReference<T> newest = new AtomicReference<>();
    private final Threads threads;
    private final Consumer<T> target;

    /** @param target gets the newest value on the FX thread */
    public LatestValue(Consumer<T> target) {
        this(Threads.WINDOW, target);
    }

    /**
     * @param threads hop to the window's
     * @param target  gets the newest value on it
     */
    public LatestValue(Threads threads, Consumer<T> target) {
        this.threads = threads;
        this.target = target;
    }

    @Override
    public void accept(T value) {
        if (newest.getAndSet(value) == null) {
            threads.hop(() -> {
                T taken = newest.getAndSet(null);
                if (taken != null) {
                    target.accept(taken);
                }
            });
        }
    }
}
