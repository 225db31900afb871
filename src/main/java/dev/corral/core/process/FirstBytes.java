package dev.corral.core.process;

import java.io.ByteArrayOutputStream;

/** Keeps the first bytes of what a program writes; the rest is read and dropped. */
final class FirstBytes extends ByteArrayOutputStream {
    private final int most;
    private boolean cut;

    FirstBytes(int most) {
        this.most = most;
    }

    @Override
    public synchronized void write(int b) {
        if (count < most) {
            super.write(b);
        } else {
            cut = true;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        cut |= length > most - count;
        super.write(bytes, offset, Math.min(length, most - count));
    }

    /** Whether anything was dropped. */
    synchronized boolean cut() {
        return cut;
    }
}
