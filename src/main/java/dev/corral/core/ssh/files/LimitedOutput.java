package dev.corral.core.ssh.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Passes on so many bytes and no more, and tells how many. */
final class LimitedOutput extends OutputStream {
    private final OutputStream target;
    private final long limit;
    private final LongConsumer passedOn;
    private long passed;
    private volatile boolean overflowed;

    /** @param passedOn told of each piece's length */
    LimitedOutput(OutputStream target, long limit, LongConsumer passedOn) {
        this.target = target;
        this.limit = limit;
        this.passedOn = passedOn;
    }

    boolean overflowed() {
        return overflowed;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (passed + length > limit) {
            overflowed = true;
            throw new IOException("more than " + limit + " bytes");
        }
        passed += length;
        target.write(bytes, offset, length);
        passedOn.accept(length);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
