package dev.corral.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A command's two output streams. Little is kept for the answer; much goes ahead of it in pieces. */
final class SplitOutput {
    private static final int KEPT = 64 * 1024;

    private final Sink sink;
    private final Side stdout = new Side("stdout");
    private final Side stderr = new Side("stderr");

    /** Takes what goes ahead. */
    interface Sink {
        void send(String stream, byte[] piece) throws IOException;
    }

    SplitOutput(Sink sink) {
        this.sink = sink;
    }

    OutputStream stdout() {
        return stdout;
    }

    OutputStream stderr() {
        return stderr;
    }

    /** Bytes of standard output that were kept for the answer. */
    int stdoutLeft() {
        return stdout.size();
    }

    /** Bytes of standard error that were kept for the answer. */
    int stderrLeft() {
        return stderr.size();
    }

    /** What was kept, standard output first. */
    byte[] left() {
        byte[] first = stdout.bytes();
        byte[] second = stderr.bytes();
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** One of the two; each is written to by one thread at a time. */
    private final class Side extends OutputStream {
        private final String name;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Side(String name) {
            this.name = name;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            kept.write(bytes, offset, length);
            if (kept.size() >= KEPT) {
                sink.send(name, kept.toByteArray());
                kept.reset();
            }
        }

        synchronized int size() {
            return kept.size();
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }
    }
}
