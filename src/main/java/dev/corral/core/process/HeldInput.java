package dev.corral.core.process;

import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** An input that gives nothing and does not end before it is closed. */
final class HeldInput extends InputStream {
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public int read() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        return read();
    }

    @Override
    public void close() {
        end.countDown();
    }
}
