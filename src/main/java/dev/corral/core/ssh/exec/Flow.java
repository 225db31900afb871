package dev.corral.core.ssh.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the output of one command as it comes, and knows whether some of it waits for whoever takes it here. Thread-safe. */
final class Flow {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger inHand = new AtomicInteger();

    /** How many bytes have come so far. */
    long bytes() {
        return bytes.get();
    }

    /** True while a piece has been taken and not yet handed on: the receiver is slow, not the guest. */
    boolean heldUp() {
        return inHand.get() > 0;
    }

    /** A piece of this length came and is about to be handed on. */
    void taken(int length) {
        inHand.incrementAndGet();
        bytes.addAndGet(length);
    }

    /** The piece was handed on. */
    void handedOn() {
        inHand.decrementAndGet();
    }

    /** The stream, and what is written to it counts. */
    OutputStream counting(OutputStream target) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                bytes.incrementAndGet();
                target.write(b);
            }

            @Override
            public void write(byte[] part, int offset, int length) throws IOException {
                bytes.addAndGet(length);
                target.write(part, offset, length);
            }

            @Override
            public void flush() throws IOException {
                target.flush();
            }

            @Override
            public void close() throws IOException {
                target.close();
            }
        };
    }
}
