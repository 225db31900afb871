package dev.corral.console.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Where work happens: what blocks beside the thread of the window, what shows it on that thread. Whoever decides something takes it as
 * a parameter, so that its tests need neither a toolkit nor waiting; a node that only draws uses {@link Background} and
 * {@link FxThread} as they are. Thread-safe.
 */
public interface Threads {

    /** The window's: virtual threads and JavaFX's application thread. */
    Threads WINDOW = new Threads() {
        @Override
        public <T> void background(String name, Callable<T> work, Consumer<T> onDone, Consumer<Throwable> onFailure) {
            Background.run(name, work, onDone, onFailure);
        }

        @Override
        public void hop(Runnable action) {
            FxThread.run(action);
        }

        @Override
        public void later(Runnable action) {
            FxThread.later(action);
        }
    };

    /**
     * Runs {@code work} where it may block; its result or failure is handed over on the window's thread.
     *
     * @param name      the thread's name, for people who look at a thread dump
     * @param work      the work
     * @param onDone    gets the result
     * @param onFailure gets whatever was thrown
     */
    <T> void background(String name, Callable<T> work, Consumer<T> onDone, Consumer<Throwable> onFailure);

    /** Runs the action on the window's thread: now when this is it, else soon. */
    void hop(Runnable action);

    /** Runs the action on the window's thread after what it is doing now. */
    void later(Runnable action);
}
