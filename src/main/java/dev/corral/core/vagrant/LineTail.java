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

/** Reads the lines that were added to a file since the last call. Not thread-safe. */
final class LineTail implements AutoCloseable {
    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private FileChannel channel;

    LineTail(Path file) {
        this.file = file;
    }

    /** Hands every whole line that is new; the file may not exist yet. */
    void read(Consumer<String> lines) {
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
                        partial.write(b);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // Not made yet; the next call looks again.
            partial.reset();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
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
        lines.accept(partial.toString(StandardCharsets.UTF_8));
        partial.reset();
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
