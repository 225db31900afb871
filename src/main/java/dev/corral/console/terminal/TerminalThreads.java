package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.TerminalExecutorServiceManager;
import dev.corral.console.terminal.output.BoundedWriter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads of one terminal that never keep the program alive: one writes and resizes in order, others as needed. */
final class TerminalThreads implements TerminalExecutorServiceManager {
    private final ScheduledExecutorService writer =
            new BoundedWriter(Thread.ofVirtual().name("terminal-writer").factory());
    private final ExecutorService others = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("terminal-", 0).factory());

    @Override
    public ScheduledExecutorService getSingleThreadScheduledExecutor() {
        return writer;
    }

    @Override
    public ExecutorService getUnboundedExecutorService() {
        return others;
    }

    @Override
    public void shutdownWhenAllExecuted() {
        writer.shutdown();
        others.shutdown();
    }
}
