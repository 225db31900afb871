package dev.corral.core.vagrant;

import dev.corral.core.base.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Follows logs by reading what was added, ten times a second while something comes and once a second otherwise. */
public final class TailingFollower implements LogFollower {
    private static final Duration BUSY = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int BATCH = 2000;

    @Override
    public Subscription follow(Path log, Consumer<List<LogLine>> lines) {
        AtomicBoolean open = new AtomicBoolean(true);
        Thread thread = Thread.ofVirtual().name("log-" + log.getFileName()).start(() -> tail(log, lines, open));
        return () -> {
            open.set(false);
            thread.interrupt();
        };
    }

    private static void tail(Path log, Consumer<List<LogLine>> lines, AtomicBoolean open) {
        try (LineTail tail = new LineTail(log)) {
            int quiet = 0;
            while (open.get()) {
                boolean seenBefore = tail.seen();
                List<LogLine> batch = new ArrayList<>();
                tail.read(raw -> {
                    batch.addAll(LogText.of(raw));
                    if (batch.size() >= BATCH) {
                        lines.accept(List.copyOf(batch));
                        batch.clear();
                    }
                });
                if (!batch.isEmpty()) {
                    lines.accept(List.copyOf(batch));
                    quiet = 0;
                } else if (seenBefore && tail.removed()) {
                    return;
                } else {
                    quiet++;
                }
                Thread.sleep(quiet < 50 ? BUSY : IDLE);
            }
        } catch (InterruptedException e) {
            // The subscription was closed: the end that was asked for.
            Thread.currentThread().interrupt();
        }
    }
}
