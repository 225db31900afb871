package dev.corral.console;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OperationProgress;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A workflow on a sandbox that comes as far and ends as the test says. */
public final class FixtureWorkflow implements Operation {
    private final List<Consumer<JournalEntry>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Instant startedAt = Instant.now();
    private final String id;
    private final OperationKind kind;
    private final String sandbox;
    private volatile Optional<Phase> phase = Optional.empty();
    private volatile Optional<FailureView> failure = Optional.empty();

    FixtureWorkflow(String id, OperationKind kind, String sandbox) {
        this.id = id;
        this.kind = kind;
        this.sandbox = sandbox;
    }

    /** It comes to this phase. */
    public void reach(Phase next) {
        phase = Optional.of(next);
        listeners.forEach(listener -> listener.accept(JournalEntry.phase(id, next, Instant.now())));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public OperationKind kind() {
        return kind;
    }

    @Override
    public OperationTarget target() {
        return new OperationTarget.Sandbox(sandbox);
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public OperationProgress progress() {
        return new OperationProgress(phase, Optional.empty(), 0, 0);
    }

    /** It fails in this phase. */
    public void fail(Phase in, ExpectedFailure why) {
        failure = Optional.of(new FailureView(in, why.getMessage(), why.nextStep(), List.of(), 0, false));
        done.completeExceptionally(why);
    }

    @Override
    public Optional<FailureView> failure() {
        return failure;
    }

    @Override
    public Subscription follow(Consumer<JournalEntry> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void cancel() {
        done.cancel(false);
    }

    @Override
    public boolean cancellable() {
        return kind != OperationKind.DESTROY && !done.isDone();
    }
}
