package dev.corral.core.local;

import dev.corral.core.PlainText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a setup script says: in a log up to a limit, and its end for whoever has to be told why it failed. A log that can't
 * be written on ends the log, not the script. Thread-safe, because both streams of the script go into it.
 */
final class SetupLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SetupLog.class);
    private static final long LOG_LIMIT = 10L << 20;
    private static final int END = 16 * 1024;

    private final OutputStream log;
    private final byte[] end = new byte[END];
    private long seen;
    private boolean full;

    SetupLog(Path file) throws IOException {
        log = new BufferedOutputStream(Files.newOutputStream(file));
    }

    /** Takes what the script says; closing it does nothing. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                add(bytes, offset, length);
            }

            @Override
            public void flush() {
                // For those who follow the log while the script runs.
                logged(log::flush);
            }
        };
    }

    private synchronized void add(byte[] bytes, int offset, int length) {
        for (int i = Math.max(0, length - END); i < length; i++) {
            end[(int) ((seen + i) % END)] = bytes[offset + i];
        }
        long room = LOG_LIMIT - seen;
        seen += length;
        if (full) {
            return;
        }
        logged(() -> {
            log.write(bytes, offset, (int) Math.clamp(room, 0, length));
            if (room < length) {
                full = true;
                log.write("\nMore was said than is kept here.\n".getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private interface Writing {
        void run() throws IOException;
    }

    private synchronized void logged(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            LOG.warn("the log of a setup script breaks off", e);
            full = true;
        }
    }

    /** The last lines that say something, plain. */
    synchronized List<String> lastLines(int count) {
        byte[] bytes = new byte[(int) Math.min(seen, END)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = end[(int) ((seen - bytes.length + i) % END)];
        }
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().map(line -> PlainText.line(line, 500))
                .filter(line -> !line.isEmpty()).toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    @Override
    public synchronized void close() {
        logged(log::close);
    }
}
