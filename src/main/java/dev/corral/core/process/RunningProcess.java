package dev.corral.core.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that runs beside us. Thread-safe. */
public final class RunningProcess {
    private final Process process;
    private final Future<org.zeroturnaround.exec.ProcessResult> end;

    RunningProcess(Process process, Future<org.zeroturnaround.exec.ProcessResult> end) {
        this.process = process;
        this.end = end;
    }

    /** Its process id, which is also its group's. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits for its end.
     *
     * @return the exit code
     * @throws TimeoutException     if it runs on
     * @throws InterruptedException if the waiting is interrupted; the process runs on
     */
    public int waitFor(Duration timeout) throws TimeoutException, InterruptedException {
        try {
            return end.get(timeout.toMillis(), TimeUnit.MILLISECONDS).getExitValue();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + pid() + " failed", e.getCause());
        }
    }

    /** Sends INT to the process itself, not to its children: it is to end them in its own order. */
    public void interrupt() throws IOException {
        if (alive()) {
            Processes.signal(pid(), "INT");
        }
    }

    /** Ends the whole group at once. */
    public void kill() throws IOException {
        Processes.signalGroup(pid(), "KILL");
    }
}
