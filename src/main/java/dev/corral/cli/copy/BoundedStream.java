package dev.corral.cli.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which no more is read at a time than was allowed: who writes it may say that a name is gigabytes long. */
final class BoundedStream extends FilterInputStream {
    private long left = Long.MAX_VALUE;

    BoundedStream(InputStream in) {
        super(in);
    }

    /** Allows so many bytes from now on. */
    void allow(long bytes) {
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        check();
        int read = super.read();
        left -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        check();
        int read = super.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        check();
        long skipped = super.skip(Math.min(bytes, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void check() throws IOException {
        if (left <= 0) {
            throw new IOException("the guest sends a name without an end");
        }
    }
}
