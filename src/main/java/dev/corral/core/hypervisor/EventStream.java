package dev.corral.core.hypervisor;

import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that prints a line for each change, started again when it ends. Costs nothing while nothing happens. */
final class EventStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    // One that lived so long had a connection; one that ended sooner found nobody to listen to.
    private static final Duration HEALTHY = Duration.ofSeconds(5);
    private static final Duration UNTIL_LOOK = Duration.ofMinutes(10);

    private final HypervisorTools tools;
    private final List<String> command;
    private final Runnable changed;
    private final Semaphore closing = new Semaphore(0);
    private volatile boolean closed;
    private @Nullable RunningProcess process;

    EventStream(HypervisorTools tools, List<String> command, Runnable changed) {
        this.tools = tools;
        this.command = command;
        this.changed = changed;
        Thread.ofVirtual().name("corral-events").start(this::follow);
    }

    private void follow() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            long began = System.nanoTime();
            Lines lines = new Lines();
            try {
                RunningProcess running = start(lines);
                if (running != null) {
                    awaitEnd(running);
                }
            } catch (IOException e) {
                LOG.debug("{} can't be followed", command, e);
            } catch (InterruptedException e) {
                return;
            }
            boolean healthy = System.nanoTime() - began > HEALTHY.toNanos();
            if (!closed && (healthy || lines.news)) {
                // What happened from its end until the next one listens is told by nobody.
                changed.run();
            }
            pause = healthy
                    ? FIRST_PAUSE
                    : pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            if (!closed && !waited(pause)) {
                return;
            }
        }
    }

    private synchronized @Nullable RunningProcess start(OutputStream lines) throws IOException {
        process = closed ? null : tools.follow(command, lines);
        return process;
    }

    private static void awaitEnd(RunningProcess running) throws InterruptedException {
        while (true) {
            try {
                running.waitFor(UNTIL_LOOK);
                return;
            } catch (TimeoutException e) {
                LOG.trace("process {} still tells events", running.pid());
            }
        }
    }

    private boolean waited(Duration pause) {
        try {
            return !closing.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closing.release();
        end();
    }

    private synchronized void end() {
        try {
            if (process != null) {
                process.kill();
            }
        } catch (IOException e) {
            LOG.warn("the process {} that tells events can't be ended", process.pid(), e);
        }
    }

    /** Calls at each end of a line; a line of complaint is none of news. */
    private final class Lines extends OutputStream {
        private final StringBuilder line = new StringBuilder();
        private volatile boolean news;

        @Override
        public void write(int octet) {
            if (octet != '\n') {
                if (line.length() < 200) {
                    line.append((char) (octet & 0xff));
                }
                return;
            }
            String text = line.toString().strip();
            line.setLength(0);
            // virsh goes on waiting for ever after the daemon went away.
            if (text.contains("Disconnected from") || text.contains("Failed to watch")) {
                news = true;
                end();
            } else if (!text.isEmpty() && !text.startsWith("error:")) {
                news = true;
                changed.run();
            }
        }
    }
}
