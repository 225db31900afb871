package dev.corral.core.operation;

import dev.corral.core.base.Subscription;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One thing that takes time and changes something: a start, a destroy, another Vagrant command, a cleanup. It runs on a virtual thread;
 * what it does is in a journal, that of its sandbox where it is about one, and so in the inventory. Every ending, good or bad, writes a
 * state. Thread-safe.
 */
public interface Operation {

    /** An id that is unique in this process and in the journal. */
    String id();

    /** What it does. */
    OperationKind kind();

    /** What it works on. */
    OperationTarget target();

    /** The sandbox's id, which is decided before the operation begins; empty when it is not about one. */
    default String sandbox() {
        return target().sandbox();
    }

    /** When it began. */
    Instant startedAt();

    /** How long the same usually takes; empty when nobody knows. */
    default Optional<Duration> usual() {
        return Optional.empty();
    }

    /** How far it has come. */
    OperationProgress progress();

    /** Why it failed or that it was cancelled; empty while it is under way and when all went well. */
    Optional<FailureView> failure();

    /** Whether it is a step of another operation, which tells of it. */
    default boolean part() {
        return false;
    }

    /**
     * Asks it to stop: Vagrant gets one INT and is waited for, then what was half made is destroyed or kept as the
     * request says; a cleanup begins no further step. Returns at once; a second call does nothing. A destroy can not be cancelled once
     * Vagrant runs.
     */
    void cancel();

    /** Whether {@link #cancel()} would still do anything. */
    boolean cancellable();

    /**
     * Calls {@code listener} with each entry that this operation writes into the journal, those included that it has written
     * already, in order and each once. On the operation's own threads, which wait for it; nothing is asked of hypervisors or the
     * file system for it. What the listener throws is logged.
     *
     * @return closes the subscription
     */
    Subscription follow(Consumer<JournalEntry> listener);

    /**
     * Completes when it has ended: normally when all went well, with {@link dev.corral.core.base.ExpectedFailure} when it
     * failed in a known way, with {@link java.util.concurrent.CancellationException} when it was cancelled. One that works on items
     * completes normally with how each ended; {@link #failure()} says then whether all went well.
     */
    CompletableFuture<?> done();
}
