package dev.corral.core.vagrant;

import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Vagrant command under way. Its output is read from its log, so that it lives on when we do not. */
public final class VagrantRun {
    /** What the name of the log of errors ends with, after the name of the output's log. */
    static final String TRACE = ".errors";

    private static final Logger LOG = LoggerFactory.getLogger(VagrantRun.class);
    private static final Duration STEP = Duration.ofMillis(30);
    private static final long LONGEST_TRACE = 1 << 20;

    private final RunningProcess process;
    private final Path log;
    private final Path trace;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    VagrantRun(RunningProcess process, Path log, Path trace) {
        this.process = process;
        this.log = log;
        this.trace = trace;
    }

    /** The same process once it has become another command, whose output goes there. */
    public VagrantRun into(Path other) {
        return new VagrantRun(process, other, trace);
    }

    /** The variables of a command that this process becomes; it goes on logging its errors where it does. */
    public Map<String, String> variables(Vagrant vagrant, Map<String, String> context) {
        return vagrant.traced(context, trace);
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
        return follow(lines, () -> {});
    }

    /**
     * The same, with something else to look at meanwhile.
     *
     * @param beside called after each look at the log, also after the last, on the calling thread
     */
    public int follow(Consumer<String> lines, Runnable beside) throws InterruptedException {
        try (LineTail tail = new LineTail(log)) {
            while (true) {
                int exit;
                try {
                    exit = process.waitFor(STEP);
                } catch (TimeoutException e) {
                    tail.read(lines);
                    beside.run();
                    continue;
                }
                tail.read(lines);
                tail.flushLast(lines);
                beside.run();
                forgetEmptyTrace();
                return exit;
            }
        }
    }

    private void forgetEmptyTrace() {
        try {
            if (Files.exists(trace) && Files.size(trace) == 0) {
                Files.delete(trace);
            }
        } catch (IOException e) {
            LOG.debug("an empty log of errors stays", e);
        }
    }

    /** What Vagrant logged of its own errors, backtraces among it; empty when it logged none. For a command that has ended. */
    public String trace() {
        try {
            return new String(OrdinaryFile.read(trace, LONGEST_TRACE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.debug("no log of errors", e);
            return "";
        }
    }

    /**
     * Waits for its end for a while.
     *
     * @return whether it has ended
     * @throws InterruptedException if the calling thread is interrupted; Vagrant goes on
     */
    public boolean waitFor(Duration time) throws InterruptedException {
        try {
            process.waitFor(time);
            return true;
        } catch (TimeoutException e) {
            return false;
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

    /** The same, and first a child of it that has a group of its own. */
    public void killWith(long child) throws IOException {
        Processes.killGroup(child);
        kill();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.alive();
    }
}
