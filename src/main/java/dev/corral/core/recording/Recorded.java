package dev.corral.core.recording;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A terminal that is recorded: its streams, with what passes told to the recording. Thread-safe as its streams are.
 *
 * @param writer the recording
 * @param typed  whether what is typed is recorded as well
 */
public record Recorded(RecordingWriter writer, boolean typed) implements AutoCloseable {

    /** The file. */
    public Path file() {
        return writer.file();
    }

    /** What the terminal shows, read from here instead. */
    public InputStream output(InputStream shown) {
        return new FilterInputStream(shown) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                int count = read(one, 0, 1);
                return count < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count > 0) {
                    writer.output(bytes, offset, count);
                }
                return count;
            }
        };
    }

    /** What is typed, written to here instead. */
    public OutputStream input(OutputStream keys) {
        return typed ? new Typed(keys, writer) : keys;
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
