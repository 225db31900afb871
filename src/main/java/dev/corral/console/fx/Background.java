package dev.corral.console.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Runs blocking work on a virtual thread and brings its result to the FX thread. */
public final class Background {
    private Background() {}

    /**
     * Runs {@code work} on a virtual thread; its result or failure is handed over on the FX thread.
     *
     * @param name      the thread's name, for people who look at a thread dump
     * @param work      the work
     * @param onDone    gets the result
     * @param onFailure gets whatever was thrown
     */
    public static <T> void run(String name, Callable<T> work, Consumer<T> onDone, Consumer<Throwable> onFailure) {
        Thread.ofVirtual().name(name).start(() -> {
            T result;
            try {
                result = work.call();
            } catch (Throwable failure) {
                FxThread.run(() -> onFailure.accept(failure));
                return;
            }
            FxThread.run(() -> onDone.accept(result));
        });
    }
}
