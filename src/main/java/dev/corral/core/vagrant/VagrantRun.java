package dev.corral.core.vagrant;

import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One Vagrant command under way. Its output is read from its log, so that it lives on when we do not. */
public final class VagrantRun {
    private static final Duration STEP = Duration.ofMillis(30);

    private final RunningProcess process;
    private final Path log;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    VagrantRun(RunningProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The process, for the journal. */
    public ProcessIdentity identity() {
        try {
            return ProcessIdentity.of(process.pid());
        } catch (IllegalArgumentException e) {
            // It has ended already: no start time can be had, and none is needed.
            return new ProcessIdentity(process.pid(), -1, "");
        }
    }

    /**
     * Reads the output as it comes until the command has ended.
     *
     * @param lines gets every line of the log on the calling thread
     * @return the exit code
     * @throws InterruptedException if the calling thread is interrupted; Vagrant goes on
     */
    public int follow(Consumer<String> lines) throws InterruptedException {
        try (LineTail tail = new LineTail(log)) {
            while (true) {
                int exit;
                try {
                    exit = process.waitFor(STEP);
                } catch (TimeoutException e) {
                    tail.read(lines);
                    continue;
                }
                tail.read(lines);
                tail.flushLast(lines);
                return exit;
            }
        }
    }

    /**
     * Sends INT, once: a second one makes some versions skip their own cleaning up.
     *
     * @throws IOException if the signal can not be sent
     */
    public void interrupt() throws IOException {
        if (interrupted.compareAndSet(false, true)) {
            process.interrupt();
        }
    }

    /** Ends Vagrant and its children at once; only for one that does not heed INT. */
    public void kill() throws IOException {
        process.kill();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.alive();
    }
}
