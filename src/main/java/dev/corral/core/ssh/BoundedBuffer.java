package dev.corral.core.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the first bytes of a stream and counts the rest. */
public final class BoundedBuffer extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private boolean overflow;

    public BoundedBuffer(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(bytes, offset, room);
        overflow |= room < length;
    }

    public synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    public synchronized boolean overflow() {
        return overflow;
    }
}
