package dev.corral.core.solve.golden;

import dev.corral.core.recording.Utf8Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a terminal shows, on a thread of its own, and keeps a bounded part of it: guests may print for ever. Marks are found in all of
 * it, as it comes, so each character is looked at once however much there is. Thread-safe.
 */
final class TerminalReader {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalReader.class);
    private static final int MOST_KEPT = 1 << 20;
    private static final int BLOCK = 8 << 10;
    private static final int LONGEST_WORD = 16;
    // Nobody waits for more than two at once; whoever prints others knows what was typed.
    private static final int MOST_FOUND = 4;
    private static final char END = '\u001e';

    private final String mark;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Deque<Read> found = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    // No mark begins before it.
    private int scanned;
    private boolean cut;
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
            scan();
            if (text.length() > 2 * MOST_KEPT) {
                // The beginning is what is compared; the end may hold the first half of a mark.
                int end = text.length() - BLOCK - mark.length() - LONGEST_WORD;
                text.delete(MOST_KEPT, end);
                scanned -= end - MOST_KEPT;
                cut = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void scan() {
        int at = text.indexOf(mark, scanned);
        while (at >= 0) {
            int word = at + mark.length();
            int end = end(word);
            if (end == text.length()) {
                // The rest of it is to come.
                scanned = at;
                return;
            }
            if (end < 0) {
                scanned = word;
            } else {
                if (found.size() < MOST_FOUND) {
                    found.add(new Read(text.substring(0, at), text.substring(word, end), false, cut));
                    more.signalAll();
                }
                text.delete(0, end + 1);
                scanned = 0;
                cut = false;
            }
            at = text.indexOf(mark, scanned);
        }
        scanned = Math.max(scanned, text.length() - mark.length() + 1);
    }

    // Where the word ends that begins there; the text's length if that may still come, -1 if it is too long to be one.
    private int end(int word) {
        for (int i = word; i <= word + LONGEST_WORD; i++) {
            if (i == text.length() || text.charAt(i) == END) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What came until a mark, and the word behind that.
     *
     * @param text  what came before it; not all of it if it was much
     * @param word  the word, 16 characters at most; empty if there was no mark in time
     * @param ended whether nothing more will come
     * @param cut   whether some of the text was dropped
     */
    record Read(String text, String word, boolean ended, boolean cut) {}

    /** Waits for the next mark: the mark, a word, and the character 0x1e. What it gives is taken away. */
    Read next(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                Read read = found.poll();
                if (read != null) {
                    return read;
                }
                if (ended || left <= 0) {
                    read = new Read(text.toString(), "", ended, cut);
                    text.setLength(0);
                    scanned = 0;
                    cut = false;
                    return read;
                }
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
