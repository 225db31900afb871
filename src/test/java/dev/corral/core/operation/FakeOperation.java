package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** An operation that nothing in Corral knows of: all that a new one takes. */
public final class FakeOperation extends OperationTask {
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile Optional<RuntimeException> ending = Optional.empty();

    public FakeOperation(OperationStore journals) {
        super(OperationKind.SOLVE, new OperationTarget.Sample("", "/t.py", "web_flag", "sqli-01"), journals.journal());
    }

    @Override
    protected void work() throws java.io.IOException, InterruptedException {
        journaled(() -> {
            begin(Phase.called("read the task", ""));
            begin(Phase.of(PhaseKind.SETUP, "attacker"));
            go.await();
            ending.ifPresent(failure -> {
                throw failure;
            });
        });
    }

    /** Lets it end: well, or for a reason. */
    public void end(String problem) {
        ending = problem.isEmpty() ? Optional.empty() : Optional.of(ExpectedFailure.failed(problem, "Look again."));
        go.countDown();
    }

    @Override
    protected Optional<String> about() {
        return Optional.of("web_flag");
    }

    @Override
    public void cancel() {
        ending = Optional.of(new CancellationException("It was put off."));
        go.countDown();
    }

    @Override
    public boolean cancellable() {
        return ending.isEmpty() && !over();
    }
}
