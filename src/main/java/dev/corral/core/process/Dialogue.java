package dev.corral.core.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zeroturnaround.exec.stream.ExecuteStreamHandler;

/**
 * A process that reads lines and answers each with a line. Its input ends when this process does, however that ends, so
 * that what it holds for us is let go. For one thread at a time.
 */
public final class Dialogue implements AutoCloseable {
    private static final Duration FOR_THE_END = Duration.ofSeconds(5);

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
        }
    }

    /** Keeps the ends of the pipes. */
    static final class Streams implements ExecuteStreamHandler {
        private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
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
            Thread.ofVirtual().start(() -> {
                try (BufferedReader reader = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8))) {
                    reader.lines().map(Optional::of).forEach(lines::add);
                } catch (IOException | UncheckedIOException e) {
                    // A pipe that breaks is an end as well.
                    return;
                } finally {
                    lines.add(Optional.empty());
                }
            });
        }

        @Override
        public void stop() {
            // The readers end with the process.
        }
    }
}
