package dev.corral.core.operation.remedy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.InterruptibleTask;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.LockHolder;
import dev.corral.core.vagrant.Phase;
import java.io.IOException;
import java.time.Duration;

/**
 * Interrupts the process that has locked a machine, as Ctrl-C in its terminal would: exactly the one that was shown, once, and only while
 * it holds the lock. It is never killed, and one of another user is left alone.
 */
public final class StopHolderTask extends InterruptibleTask {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(200);

    private final HeldSandbox held;
    private final LockHolder holder;
    private final Duration patience;

    private StopHolderTask(HeldSandbox held, LockHolder holder, Duration patience, OperationStore.Begun begun) {
        super(OperationKind.STOP_HOLDER, new OperationTarget.Thing("process " + holder.pid()), begun.journal());
        this.held = held;
        this.holder = holder;
        this.patience = patience;
    }

    /**
     * One that has not begun.
     *
     * @param holder who was seen to hold it when the user was asked
     * @throws ExpectedFailure if the cache directory makes no sense
     */
    public static StopHolderTask of(HeldSandbox held, LockHolder holder, Environment environment) {
        return of(held, holder, environment, PATIENCE);
    }

    /** @param patience how long its end is waited for */
    static StopHolderTask of(HeldSandbox held, LockHolder holder, Environment environment, Duration patience) {
        return new StopHolderTask(held, holder, patience, new OperationStore(CacheDirectory.of(environment)).begin());
    }

    @Override
    protected void run() throws IOException, InterruptedException {
        begin(Phase.called("interrupt " + holder.words(), ""));
        ProcessIdentity process = holder.process()
                .orElseThrow(() -> ExpectedFailure.failed(
                        "Process " + holder.pid() + " can't be told from a later one here, so nothing was done to it.",
                        "Wait for its end."));
        if (!holder.ours()) {
            throw ExpectedFailure.failed(
                    "Process " + holder.pid() + " is another user's, or has ended: nothing was done to it.",
                    "Wait for its end, or ask whose it is.");
        }
        if (!holds(process)) {
            throw ExpectedFailure.failed(
                    "Process " + holder.pid() + " does not hold it any more: nothing was done to it.", "Try again.");
        }
        journal().append(JournalEntry.noted(id(), "kill -INT " + holder.pid()));
        holder.interrupt();
        long end = System.nanoTime() + patience.toNanos();
        while (process.life() == ProcessIdentity.Life.ALIVE && holds(process)) {
            if (System.nanoTime() > end) {
                throw ExpectedFailure.failed(
                        "Process " + holder.pid() + " was interrupted and goes on: Vagrant first ends what it is in.",
                        "Wait for its end. It was not killed, since that leaves a machine half-way.");
            }
            Thread.sleep(STEP);
        }
    }

    private boolean holds(ProcessIdentity process) {
        return held.holder()
                .flatMap(LockHolder::process)
                .filter(process::equals)
                .isPresent();
    }
}
