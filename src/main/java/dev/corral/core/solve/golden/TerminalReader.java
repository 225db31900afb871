package dev.corral.core.solve.golden;

import dev.corral.core.recording.Utf8Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a terminal shows, on a thread of its own, and keeps a bounded part of it: guests may print for ever. Marks are found in all of
 * it. Thread-safe.
 */
final class TerminalReader {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalReader.class);
    private static final int MOST_KEPT = 1 << 20;
    private static final int BLOCK = 8 << 10;

    private final String mark;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    /** @param mark stands before what is waited for, and nowhere else */
    TerminalReader(InputStream stream, String mark) {
        this.mark = mark;
        var _ = Thread.ofVirtual().name("golden-terminal").start(() -> read(stream));
    }

    private void read(InputStream stream) {
        Utf8Chunks chunks = new Utf8Chunks();
        byte[] block = new byte[BLOCK];
        try {
            for (int length = stream.read(block); length >= 0; length = stream.read(block)) {
                take(chunks.take(block, 0, length));
            }
        } catch (IOException e) {
            LOG.debug("the terminal of a golden run ended", e);
        }
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(String part) {
        lock.lock();
        try {
            text.append(part);
            if (text.length() > 2 * MOST_KEPT) {
                // The beginning is what is compared; the end may hold the first half of a mark.
                text.delete(MOST_KEPT, text.length() - BLOCK - mark.length());
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What came until a mark, and the word behind that.
     *
     * @param text  what came before it; only the first part if it was much
     * @param word  the word; empty if there was no mark in time
     * @param ended whether nothing more will come
     */
    record Read(String text, String word, boolean ended) {}

    /** Waits for the next mark: the mark, a word, and the character 0x1e. What it gives is taken away. */
    Read next(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                int at = text.indexOf(mark);
                int end = at < 0 ? -1 : text.indexOf("\u001e", at + mark.length());
                if (end >= 0) {
                    Read read = new Read(text.substring(0, at), text.substring(at + mark.length(), end), false);
                    text.delete(0, end + 1);
                    return read;
                }
                if (ended || left <= 0) {
                    Read read = new Read(text.toString(), "", ended);
                    text.setLength(0);
                    return read;
                }
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
