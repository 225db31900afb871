package dev.corral.console.terminal.output;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * One thread that writes to the far side in order. While that takes nothing, no more than so much waits: a guest that asks
 * questions for ever and reads no answer would fill the memory with answers.
 */
public final class BoundedWriter extends ScheduledThreadPoolExecutor {
    /** Answers, keys and pastes that may wait. */
    public static final int MOST_WAITING = 2000;

    public BoundedWriter(ThreadFactory threads) {
        super(1, threads);
    }

    /** Runs it after what came before; drops it when too much waits already, as a full terminal line does. */
    @Override
    public void execute(Runnable write) {
        if (getQueue().size() < MOST_WAITING) {
            super.execute(write);
        }
    }
}
