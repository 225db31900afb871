package dev.corral.core.solve.handover;

import dev.corral.core.recording.Recorded;
import dev.corral.core.recording.RecordingWriter;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.gateway.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A shell in the machine, with everything that is shown and typed recorded; the one that only tries the way is not. It ends where something
 * would no longer be in the recording: nobody may type what nobody can read afterwards.
 */
final class HandedTerminal implements Terminal {
    /** What one event takes in a recording beside its text, at most. */
    private static final int EVENT = 32;

    private static final String FULL = "As much was shown and typed as is recorded.";
    private static final String BROKEN = "This terminal can't be recorded any more.";

    private final ShellChannel shell;
    private final Optional<RecordingWriter> recording;
    private final AtomicLong room;
    private final Consumer<String> left;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String ended = "";

    /**
     * @param room how many bytes of recordings may be written still, in all terminals of the same grant
     * @param left called once, when it is over: with why it was ended here; empty where it was not
     */
    HandedTerminal(ShellChannel shell, Optional<Recorded> recorded, AtomicLong room, Consumer<String> left) {
        this.shell = shell;
        this.recording = recorded.map(Recorded::writer);
        this.room = room;
        this.left = left;
    }

    @Override
    public InputStream output() {
        return new Shown();
    }

    @Override
    public OutputStream input() {
        return new Typed();
    }

    @Override
    public void resize(int columns, int rows) {
        recording.ifPresent(writer -> writer.resize(columns, rows));
        if (take(2L * EVENT)) {
            shell.resize(columns, rows);
        }
    }

    @Override
    public void told(byte[] shown) {
        recording.ifPresent(writer -> writer.output(shown, 0, shown.length));
    }

    @Override
    public CompletableFuture<Integer> exitStatus() {
        return shell.exitStatus();
    }

    @Override
    public void close() {
        shell.close();
        if (closed.compareAndSet(false, true)) {
            recording.ifPresent(RecordingWriter::close);
            left.accept(ended);
        }
    }

    // Whether what was just told is recorded, as is everything before it; else this is the end.
    private boolean take(long bytes) {
        boolean fits = room.addAndGet(-bytes) >= 0;
        boolean kept = recording.map(RecordingWriter::complete).orElse(true);
        String why = fits ? kept ? "" : BROKEN : FULL;
        if (!why.isEmpty() && end(why)) {
            // What waits for its output reads why. Beside this thread, which may be one that serves all connections.
            Thread.ofVirtual().name("handed-over-full").start(shell::close);
        }
        return ended.isEmpty();
    }

    private synchronized boolean end(String why) {
        if (!ended.isEmpty()) {
            return false;
        }
        ended = why;
        return true;
    }

    /** How many bytes this takes in a recording, at most. */
    static long escaped(byte[] bytes, int offset, int length) {
        long size = EVENT;
        for (int i = offset; i < offset + length; i++) {
            byte one = bytes[i];
            if (one < 0) {
                // As a part of a character one at most, and three where it is none.
                size += 3;
            } else if (one == '\n' || one == '\r' || one == '\t' || one == '"' || one == '\\') {
                size += 2;
            } else {
                size += one < ' ' || one == 0x7f ? 6 : 1;
            }
        }
        return size;
    }

    private final class Shown extends InputStream {
        private final InputStream from = shell.output();
        private byte[] last = new byte[0];
        private int at;
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!over) {
                int count = shown(bytes, offset, length);
                if (count >= 0) {
                    return count;
                }
                over = true;
                if (!ended.isEmpty()) {
                    last = ("\r\n[Corral] " + ended + " It ends; ask whoever gave it to you for a new one.\r\n")
                            .getBytes(StandardCharsets.UTF_8);
                    told(last);
                }
            }
            int count = Math.min(length, last.length - at);
            System.arraycopy(last, at, bytes, offset, count);
            at += count;
            return count == 0 && length > 0 ? -1 : count;
        }

        private int shown(byte[] bytes, int offset, int length) throws IOException {
            int count;
            try {
                if (recording.isPresent()) {
                    // A disk that is slow for a moment makes the machine wait, and loses nothing.
                    recording.get().pace();
                }
                count = from.read(bytes, offset, length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (IOException e) {
                if (ended.isEmpty()) {
                    throw e;
                }
                return -1;
            }
            if (count > 0) {
                recording.ifPresent(writer -> writer.output(bytes, offset, count));
                return take(escaped(bytes, offset, count)) ? count : -1;
            }
            return count;
        }
    }

    private final class Typed extends OutputStream {
        private final OutputStream to = shell.input();

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            // Told first: what is not recorded is not typed.
            recording.ifPresent(writer -> writer.input(bytes, offset, length));
            if (!take(escaped(bytes, offset, length))) {
                throw new IOException(ended);
            }
            to.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
