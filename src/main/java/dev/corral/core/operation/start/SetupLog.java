package dev.corral.core.operation.start;

import dev.corral.core.base.PlainText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int LINES = 20;
    private static final int ERROR_LINES = 15;
    private static final int LONGEST_LINE = 500;

    private final OutputStream log;
    private final Said out = new Said();
    private final Said err = new Said();
    private long written;
    private boolean full;

    SetupLog(Path file) throws IOException {
        log = new BufferedOutputStream(Files.newOutputStream(file));
    }

    /** Takes standard output; closing it does nothing. */
    OutputStream out() {
        return out;
    }

    /** Takes standard error; closing it does nothing. */
    OutputStream err() {
        return err;
    }

    /** One of the script's streams: into the log, and its end is kept. */
    private final class Said extends OutputStream {
        private final byte[] end = new byte[END];
        private long seen;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            synchronized (SetupLog.this) {
                for (int i = Math.max(0, length - END); i < length; i++) {
                    end[(int) ((seen + i) % END)] = bytes[offset + i];
                }
                seen += length;
                toLog(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            // For those who follow the log while the script runs.
            logged(log::flush);
        }

        private List<String> lines(int count) {
            byte[] bytes = new byte[(int) Math.min(seen, END)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = end[(int) ((seen - bytes.length + i) % END)];
            }
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> PlainText.line(line, LONGEST_LINE))
                    .filter(line -> !line.isEmpty())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }
    }

    private void toLog(byte[] bytes, int offset, int length) {
        if (full) {
            return;
        }
        logged(() -> {
            log.write(bytes, offset, Math.clamp(LOG_LIMIT - written, 0, length));
            written += length;
            if (written > LOG_LIMIT) {
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

    /** The last lines that say something, plain; the errors last, however much else was said. */
    synchronized List<String> lastLines() {
        List<String> errors = err.lines(ERROR_LINES);
        List<String> lines = new ArrayList<>(out.lines(LINES - errors.size()));
        lines.addAll(errors);
        return lines;
    }

    @Override
    public synchronized void close() {
        logged(log::close);
    }
}
