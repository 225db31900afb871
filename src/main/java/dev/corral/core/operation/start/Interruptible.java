package dev.corral.core.operation.start;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread end what this one waits for. An interrupt reaches only the work that it was meant for: whoever undoes it afterwards
 * is not disturbed.
 */
final class Interruptible {
    private @Nullable Thread worker;
    private boolean cancelled;

    /** Work that ends soon once its thread is interrupted. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** It was cancelled before, during or right after the work. */
    static final class Cancelled extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Ends what runs, from any thread, and lets nothing begin any more. */
    synchronized void cancel() {
        cancelled = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Runs it on this thread. */
    <T> T run(Work<T> work) throws IOException, InterruptedException, Cancelled {
        if (!begin()) {
            throw new Cancelled();
        }
        try {
            T result = work.run();
            if (end()) {
                throw new Cancelled();
            }
            return result;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (end()) {
                throw (Cancelled) new Cancelled().initCause(e);
            }
            throw e;
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        if (!cancelled) {
            worker = Thread.currentThread();
        }
        return !cancelled;
    }

    // True when it was cancelled.
    private synchronized boolean end() {
        if (cancelled && worker != null) {
            Thread.interrupted();
        }
        worker = null;
        return cancelled;
    }
}
