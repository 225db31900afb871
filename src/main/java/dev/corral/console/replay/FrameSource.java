package dev.corral.console.replay;

import dev.corral.core.recording.replay.Frame;
import dev.corral.core.recording.replay.Player;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Makes the screens that are wanted of a recording on a thread of its own, always the one wanted last: a window that draws slowly skips
 * some. Thread-safe.
 */
final class FrameSource implements AutoCloseable {
    private static final long NONE = -1;

    private final Recording recording;
    private final Consumer<Frame> shown;
    private final Consumer<Throwable> failed;
    private long wanted = NONE;
    private boolean closed;

    /**
     * @param shown  gets each screen, on the source's thread
     * @param failed gets what made it end
     */
    FrameSource(Recording recording, Consumer<Frame> shown, Consumer<Throwable> failed) {
        this.recording = recording;
        this.shown = shown;
        this.failed = failed;
        Thread.ofVirtual().name("replay-frames").start(this::make);
    }

    /** The screen of this moment is wanted. */
    synchronized void want(long micros) {
        wanted = micros;
        notifyAll();
    }

    private synchronized long next() throws InterruptedException {
        while (wanted == NONE && !closed) {
            wait();
        }
        long next = closed ? NONE : wanted;
        wanted = NONE;
        return next;
    }

    private void make() {
        try (Player player = new Player(recording)) {
            for (long micros = next(); micros != NONE; micros = next()) {
                shown.accept(player.at(micros));
            }
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
