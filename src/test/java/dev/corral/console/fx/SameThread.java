package dev.corral.console.fx;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The twin of the window's threads without a toolkit: the thread of the test is the window's, and background work is done on it at once, or
 * when the test says so. What other threads bring waits until the test looks.
 */
public final class SameThread implements Threads {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Thread window = Thread.currentThread();
    private final BlockingQueue<Runnable> brought = new LinkedBlockingQueue<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final Deque<Runnable> after = new ArrayDeque<>();
    private boolean holding;
    private int depth;

    @Override
    public <T> void background(String name, Callable<T> work, Consumer<T> onDone, Consumer<Throwable> onFailure) {
        Runnable task = () -> {
            T result;
            try {
                result = work.call();
            } catch (Exception | Error failure) {
                onFailure.accept(failure);
                return;
            }
            onDone.accept(result);
        };
        if (holding) {
            held.add(task);
        } else {
            now(task);
        }
    }

    @Override
    public void hop(Runnable action) {
        if (Thread.currentThread() == window) {
            now(action);
        } else {
            brought.add(action);
        }
    }

    @Override
    public void later(Runnable action) {
        if (Thread.currentThread() != window) {
            brought.add(action);
        } else if (depth > 0) {
            after.add(action);
        } else {
            now(action);
        }
    }

    private void now(Runnable action) {
        depth++;
        try {
            action.run();
        } finally {
            depth--;
        }
        while (depth == 0 && !after.isEmpty()) {
            now(after.poll());
        }
    }

    /** From now on background work waits. */
    public void hold() {
        holding = true;
    }

    /** Does the background work that waits, and what follows from it; none waits any more. */
    public void release() {
        holding = false;
        while (!held.isEmpty()) {
            now(held.poll());
        }
    }

    /** Lets other threads bring what they have until this holds. */
    public void until(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not happen");
            }
            Runnable action = brought.poll(20, TimeUnit.MILLISECONDS);
            if (action != null) {
                now(action);
            }
        }
    }
}
