package dev.corral.core.operation;

import dev.corral.core.base.Subscription;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One long operation on a sandbox: a start, a destroy, or another Vagrant command. It runs on a virtual thread; its
 * progress is in the sandbox's journal and so in the inventory. Every ending, good or bad, writes a state. Thread-safe.
 */
public interface Operation {

    /** An id that is unique in this process and in the journal. */
    String id();

    /** What it does. */
    OperationKind kind();

    /** The sandbox's id; it is decided before the workflow begins. */
    String sandbox();

    /** When it began. */
    Instant startedAt();

    /**
     * Asks it to stop: Vagrant gets one INT and is waited for, then what was half made is destroyed or kept as the
     * request says. Returns at once; a second call does nothing. A destroy can not be cancelled once Vagrant runs.
     */
    void cancel();

    /** Whether {@link #cancel()} would still do anything. */
    boolean cancellable();

    /**
     * Calls {@code listener} with each entry that this operation writes into the journal, those included that it has written
     * already, in order and each once. On the operation's own thread, which waits for it; nothing is asked of hypervisors or the
     * file system for it. What the listener throws is logged.
     *
     * @return closes the subscription
     */
    Subscription follow(Consumer<JournalEntry> listener);

    /**
     * Completes when it has ended: normally when all went well, with {@link dev.corral.core.base.ExpectedFailure} when it
     * failed in a known way, with {@link java.util.concurrent.CancellationException} when it was cancelled.
     */
    CompletableFuture<Void> done();
}
