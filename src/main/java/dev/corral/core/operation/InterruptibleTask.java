package dev.corral.core.operation;

import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An operation that takes no lock and may be interrupted wherever it is: all that a new kind has to say is what it works on and what it
 * does. What would leave something half made extends {@link OperationTask} or {@link SandboxTask} and says itself how it is cancelled.
 */
public abstract class InterruptibleTask extends OperationTask {
    private boolean stopped;
    private @Nullable Thread worker;

    /** @param journal where it writes what it does */
    protected InterruptibleTask(OperationKind kind, OperationTarget target, OperationJournal journal) {
        super(kind, target, journal);
    }

    /**
     * Does it, on a virtual thread that is interrupted when the operation is cancelled. What is thrown then is the cancelling and no
     * failure.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it failed in a known way
     */
    protected abstract void run() throws IOException, InterruptedException;

    @Override
    protected final void work() throws IOException, InterruptedException {
        journaled(() -> {
            enter();
            try {
                run();
            } catch (IOException | InterruptedException e) {
                if (isStopped()) {
                    throw (CancellationException) stop().initCause(e);
                }
                throw e;
            } finally {
                leave();
            }
        });
    }

    private static CancellationException stop() {
        return new CancellationException("It was stopped.");
    }

    private synchronized void enter() {
        if (stopped) {
            throw stop();
        }
        worker = Thread.currentThread();
    }

    // Whatever comes later, its ending is written.
    private synchronized void leave() {
        worker = null;
        if (stopped) {
            var _ = Thread.interrupted();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public final synchronized void cancel() {
        stopped = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    @Override
    public final synchronized boolean cancellable() {
        return !stopped && !over();
    }
}
