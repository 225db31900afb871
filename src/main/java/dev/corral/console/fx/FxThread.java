package dev.corral.console.fx;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.application.Platform;

/** The one place that hops to JavaFX's application thread. */
public final class FxThread {
    private FxThread() {}

    /** Runs the action now when this is the application thread, else soon on it. */
    public static void run(Runnable action) {
        if (Platform.isFxApplicationThread()) {
            action.run();
        } else {
            Platform.runLater(action);
        }
    }

    /** Runs the action on the application thread after what it is doing now. */
    public static void later(Runnable action) {
        Platform.runLater(action);
    }

    /** Asks for a value on the application thread; a failure completes the future exceptionally. */
    public static <T> CompletableFuture<T> supply(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        run(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
