package dev.corral.core.recording;

import dev.corral.core.base.PlainText;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A terminal that is recorded: its streams, with what passes told to the recording. Thread-safe as its streams are.
 *
 * @param writer the recording
 * @param typed  whether what is typed is recorded as well
 */
public record Recorded(RecordingWriter writer, boolean typed) implements AutoCloseable {
    private static final int LONGEST = 300;

    /** The file. */
    public Path file() {
        return writer.file();
    }

    /** What the terminal shows, read from here instead; a line of our own among it says when nothing is recorded for a while. */
    public InputStream output(InputStream shown) {
        return new Shown(shown, writer);
    }

    /** What is typed, written to here instead. */
    public OutputStream input(OutputStream keys) {
        return typed ? new Typed(keys, writer) : keys;
    }

    private static final class Shown extends FilterInputStream {
        private final RecordingWriter writer;
        private Optional<String> told = Optional.empty();
        private byte[] word = new byte[0];
        private int at;

        Shown(InputStream shown, RecordingWriter writer) {
            super(shown);
            this.writer = writer;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int count = read(one, 0, 1);
            return count < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0 && word(writer.fault())) {
                int count = Math.min(length, word.length - at);
                System.arraycopy(word, at, bytes, offset, count);
                at += count;
                return count;
            }
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                writer.output(bytes, offset, count);
            }
            return count;
        }

        // Whether there is something of ours to show.
        private boolean word(Optional<String> fault) {
            if (at == word.length && !fault.equals(told)) {
                told = fault;
                String says = fault.map(why ->
                                "[Corral] This terminal is not recorded now: " + PlainText.line(why, LONGEST) + ".")
                        .orElse("[Corral] This terminal is recorded again.");
                word = ("\r\n\u001b[2m" + says + "\u001b[0m\r\n").getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return at < word.length;
        }
    }

    private static final class Typed extends FilterOutputStream {
        private final RecordingWriter writer;

        Typed(OutputStream keys, RecordingWriter writer) {
            super(keys);
            this.writer = writer;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            writer.input(bytes, offset, length);
        }
    }

    /** What to tell whoever sits at the terminal. */
    public String sentence() {
        return "This terminal is recorded" + (typed ? ", with what is typed" : "") + ": " + file();
    }

    /** Ends the recording; waits two seconds at most. */
    @Override
    public void close() {
        writer.close();
    }
}
