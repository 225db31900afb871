package dev.corral.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** A command's input that arrives in pieces. What is read earns the sender credit for as much again. */
final class StreamedInput extends InputStream {
    /** Bytes that may be on the way before the first credit. */
    static final int WINDOW = 256 * 1024;

    private static final int CREDIT_STEP = 64 * 1024;

    private final LongConsumer credit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int offset;
    private long waiting;
    private long unreported;
    private boolean ended;

    /** @param credit told how many more bytes may come; called on the reading thread */
    StreamedInput(LongConsumer credit) {
        this.credit = credit;
    }

    /**
     * Takes the next piece.
     *
     * @return false if the sender overran its window
     */
    boolean offer(byte[] piece, boolean last) {
        lock.lock();
        try {
            waiting += piece.length;
            if (piece.length > 0) {
                pieces.add(piece);
            }
            ended |= last;
            changed.signalAll();
            return waiting <= WINDOW + Frame.LONGEST_PAYLOAD;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int taken;
        long earned = 0;
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            if (pieces.isEmpty()) {
                return -1;
            }
            byte[] piece = pieces.peek();
            taken = Math.min(length, piece.length - offset);
            System.arraycopy(piece, offset, target, start, taken);
            offset += taken;
            if (offset == piece.length) {
                pieces.remove();
                offset = 0;
            }
            waiting -= taken;
            unreported += taken;
            if (unreported >= CREDIT_STEP) {
                earned = unreported;
                unreported = 0;
            }
        } finally {
            lock.unlock();
        }
        if (earned > 0) {
            credit.accept(earned);
        }
        return taken;
    }

    /** Nobody reads any more; a reader that waits sees the end. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            pieces.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
