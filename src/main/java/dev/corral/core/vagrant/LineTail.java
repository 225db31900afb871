package dev.corral.core.vagrant;

import dev.corral.core.base.OrdinaryFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the lines that were added to a file since the last call; a very long one comes cut. Not thread-safe. */
public final class LineTail implements AutoCloseable {
    /** In bytes. A program may print without ever ending its line. */
    static final int LONGEST_LINE = 256 * 1024;

    private static final String CUT = " …";

    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;
    private boolean cut;

    /** Of this file, which need not exist yet. */
    public LineTail(Path file) {
        this.file = file;
    }

    /** Hands every whole line that is new; the file may not exist yet. */
    public void read(Consumer<String> lines) {
        try {
            if (channel == null) {
                OrdinaryFile.check(file);
                channel = FileChannel.open(file, StandardOpenOption.READ);
            }
            while (channel.read(buffer.clear()) > 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    byte b = buffer.get();
                    if (b == '\n') {
                        flush(lines);
                    } else {
                        add(b);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // Not made yet; the next call looks again.
            partial.reset();
            cut = false;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    private void add(byte b) {
        if (partial.size() < LONGEST_LINE) {
            partial.write(b);
        } else if (b == '\r') {
            // What overwrites itself on a terminal is worth its newest part only.
            partial.reset();
            cut = false;
        } else {
            cut = true;
        }
    }

    /** Hands a last line that has no line end, if there is one. */
    void flushLast(Consumer<String> lines) {
        if (partial.size() > 0) {
            flush(lines);
        }
    }

    /** Whether the file was there once. */
    boolean seen() {
        return channel != null;
    }

    /** Whether the file has gone. */
    boolean removed() {
        return !Files.exists(file);
    }

    private void flush(Consumer<String> lines) {
        String line = partial.toString(StandardCharsets.UTF_8);
        boolean whole = !cut;
        partial.reset();
        cut = false;
        lines.accept(whole ? line : line + CUT);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + file, e);
        }
    }
}
