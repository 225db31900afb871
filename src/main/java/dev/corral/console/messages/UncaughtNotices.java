package dev.corral.console.messages;

import dev.corral.console.fx.FxThread;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Shows what no thread of the window expected, with details to copy, after whoever noted such things before. What happens again
 * and again, with each frame for instance, is shown once in a while. Thread-safe.
 */
public final class UncaughtNotices implements UncaughtExceptionHandler, AutoCloseable {
    private static final long QUIET = Duration.ofMinutes(1).toNanos();
    private static final int FRAMES = 5;
    private static final int MOST_KNOWN = 100;

    private final Consumer<Notice> tell;
    private final UncaughtExceptionHandler before;
    private final Map<List<Object>, Long> shown = new ConcurrentHashMap<>();

    private UncaughtNotices(Consumer<Notice> tell, UncaughtExceptionHandler before) {
        this.tell = tell;
        this.before = before;
    }

    /**
     * Begins to show what no thread of this process expects.
     *
     * @param tell shows a notice; called on the FX thread
     * @return ends it
     */
    public static UncaughtNotices install(Consumer<Notice> tell) {
        UncaughtNotices notices = new UncaughtNotices(tell, Thread.getDefaultUncaughtExceptionHandler());
        Thread.setDefaultUncaughtExceptionHandler(notices);
        return notices;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (before != null) {
            before.uncaughtException(thread, failure);
        }
        if (fresh(failure)) {
            Notice notice = Notice.of(Problem.of(failure));
            FxThread.later(() -> tell.accept(notice));
        }
    }

    private boolean fresh(Throwable failure) {
        List<Object> kind = new ArrayList<>(List.of(failure.getClass()));
        Arrays.stream(failure.getStackTrace()).limit(FRAMES).forEach(kind::add);
        if (shown.size() > MOST_KNOWN) {
            shown.clear();
        }
        long now = System.nanoTime();
        Long last = shown.put(kind, now);
        return last == null || now - last > QUIET;
    }

    @Override
    public void close() {
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
