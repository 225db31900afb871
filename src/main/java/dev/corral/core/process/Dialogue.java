package dev.corral.core.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeroturnaround.exec.stream.ExecuteStreamHandler;

/**
 * A process that reads lines and answers each with a line. Its input ends when this process does, however that ends, so
 * that what it holds for us is let go. One that says more than it is asked is not read any further, and of a line that has no
 * end only the beginning is kept. For one thread at a time.
 */
public final class Dialogue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    /** So many lines may wait to be heard. */
    static final int MOST_WAITING = 1_000;
    /** In characters. */
    static final int LONGEST_LINE = 64 * 1024;

    private static final int PART = 8 * 1024;
    private static final Duration FOR_THE_END = Duration.ofSeconds(5);
    private static final Duration FOR_THE_LAST_WORDS = Duration.ofSeconds(2);

    private final Streams streams;
    private final RunningProcess process;

    Dialogue(Streams streams, RunningProcess process) {
        this.streams = streams;
        this.process = process;
    }

    /**
     * The next line it writes; empty when it has ended.
     *
     * @throws TimeoutException if it says nothing for so long
     * @throws IOException      if the waiting is interrupted
     */
    public Optional<String> hear(Duration limit) throws IOException, TimeoutException {
        try {
            Optional<String> line = streams.lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new TimeoutException("no answer in " + limit.toSeconds() + " s");
            }
            if (line.isEmpty()) {
                streams.lines.add(line);
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer", e);
        }
    }

    /**
     * Says a line and hears the answer; empty when it has ended.
     *
     * @throws TimeoutException if it does not answer in time
     * @throws IOException      if it can not be told anything, having ended for instance
     */
    public Optional<String> ask(String line, Duration limit) throws IOException, TimeoutException {
        streams.in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        streams.in.flush();
        return hear(limit);
    }

    /** How many lines it has said that nobody has heard. */
    int waiting() {
        return streams.lines.size();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits for its end; empty if it runs on. */
    public Optional<Integer> exitCode() {
        try {
            return Optional.of(process.waitFor(FOR_THE_END));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Ends its input and waits for its end; what does not end is killed with all its children. */
    @Override
    public void close() {
        try {
            streams.in.close();
            if (exitCode().isEmpty()) {
                process.kill();
            }
        } catch (IOException e) {
            // It was told something that it ended without reading.
            if (process.alive()) {
                throw new UncheckedIOException(e);
            }
        } finally {
            streams.letGo();
        }
    }

    /**
     * Ends it at once with all its children, whatever it is at.
     *
     * @throws IOException if it can not be signalled
     */
    public void kill() throws IOException {
        try {
            process.kill();
        } finally {
            streams.letGo();
        }
    }

    /** Keeps the ends of the pipes. */
    static final class Streams implements ExecuteStreamHandler {
        private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>(MOST_WAITING);
        private volatile @Nullable Thread reader;
        // The library hands both over before it starts anything.
        @SuppressWarnings("NullAway.Init")
        private OutputStream in;

        @SuppressWarnings("NullAway.Init")
        private InputStream out;

        @Override
        public void setProcessInputStream(OutputStream stream) {
            in = stream;
        }

        @Override
        public void setProcessOutputStream(InputStream stream) {
            out = stream;
        }

        @Override
        public void setProcessErrorStream(InputStream stream) {
            // There is none: it is one with the output.
        }

        @Override
        public void start() {
            reader = Thread.ofVirtual().start(() -> {
                try {
                    try (Reader text = new InputStreamReader(out, StandardCharsets.UTF_8)) {
                        read(text);
                    } finally {
                        // A pipe that breaks is an end as well.
                        lines.put(Optional.empty());
                    }
                } catch (IOException e) {
                    LOG.debug("what it says can't be read any more", e);
                } catch (InterruptedException e) {
                    // Nobody listens any more.
                    Thread.currentThread().interrupt();
                }
            });
        }

        private void read(Reader text) throws IOException, InterruptedException {
            StringBuilder line = new StringBuilder();
            char[] part = new char[PART];
            for (int length = text.read(part); length >= 0; length = text.read(part)) {
                int from = 0;
                for (int at = 0; at < length; at++) {
                    if (part[at] == '\n') {
                        append(line, part, from, at);
                        lines.put(Optional.of(line.toString()));
                        line.setLength(0);
                        from = at + 1;
                    }
                }
                append(line, part, from, length);
            }
            if (!line.isEmpty()) {
                lines.put(Optional.of(line.toString()));
            }
        }

        private static void append(StringBuilder line, char[] part, int from, int to) {
            line.append(part, from, Math.min(to - from, LONGEST_LINE - line.length()));
        }

        // The process has ended, and what it said last is closed as soon as this returns.
        @Override
        public void stop() {
            Thread reads = reader;
            try {
                if (reads != null && !reads.join(FOR_THE_LAST_WORDS)) {
                    LOG.debug("it said more than anybody has heard");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Nobody hears any more what it says. */
        void letGo() {
            Thread waits = reader;
            if (waits != null) {
                waits.interrupt();
            }
        }
    }
}
