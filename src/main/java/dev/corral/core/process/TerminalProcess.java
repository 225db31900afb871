package dev.corral.core.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that has this process's own terminal: its three streams are ours, and it stays in our session, so that it may set the terminal
 * as it likes. The one thing here that does not go through zt-exec, which always reads what a program says.
 */
public final class TerminalProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process process;

    private TerminalProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param environment the whole environment
     * @throws IOException if it can not be started
     */
    public static TerminalProcess start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new TerminalProcess(builder.start());
    }

    /** Waits for its end; gives the exit code. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it, and gives it a moment in which to leave the terminal as it was. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
