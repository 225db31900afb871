package dev.corral.core.ssh.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Takes the reports of a {@link RemoteCommand} out of its standard error and passes the rest on. What comes before
 * the last report is noise of the login (start-up files, sudo's warnings) and is kept apart. Bytes may come in any
 * pieces.
 */
final class ReportFilter extends OutputStream {
    private static final int NOISE_LIMIT = 16 * 1024;

    private final byte[] marker;
    private final int reports;
    private final OutputStream target;
    private final ByteArrayOutputStream noise = new ByteArrayOutputStream();
    private final StringBuilder value = new StringBuilder();
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private volatile int seen;
    private int matched;
    private boolean inValue;

    ReportFilter(RemoteCommand command, OutputStream target) {
        this.marker = command.marker().getBytes(StandardCharsets.US_ASCII);
        this.reports = command.reports();
        this.target = target;
    }

    /** The id of the process group's leader, once reported. */
    CompletableFuture<Long> pid() {
        return pid;
    }

    /** True once all reports came: what ends now is the command itself. */
    boolean commandStarted() {
        return seen >= reports;
    }

    /** What the login and sudo said before the command started. */
    synchronized String noise() {
        return noise.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int index = offset;
        int end = offset + length;
        while (index < end && seen < reports) {
            take(bytes[index++]);
        }
        if (index < end) {
            target.write(bytes, index, end - index);
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    private void take(byte b) {
        if (inValue) {
            if (b == '\n') {
                endOfValue();
            } else {
                value.append((char) b);
            }
        } else if (b == marker[matched]) {
            matched++;
            if (matched == marker.length) {
                inValue = true;
                matched = 0;
            }
        } else {
            // The marker's first byte occurs nowhere else in it, so a broken match restarts at this byte at most.
            keep(marker, matched);
            matched = b == marker[0] ? 1 : 0;
            if (matched == 0) {
                keep(new byte[] {b}, 1);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes it, the others only read.
    private void endOfValue() {
        if (seen == 0) {
            try {
                pid.complete(Long.parseLong(value.toString().strip()));
            } catch (NumberFormatException e) {
                pid.completeExceptionally(e);
            }
        }
        value.setLength(0);
        inValue = false;
        seen++;
    }

    private void keep(byte[] bytes, int length) {
        noise.write(bytes, 0, Math.clamp(NOISE_LIMIT - noise.size(), 0, length));
    }
}
