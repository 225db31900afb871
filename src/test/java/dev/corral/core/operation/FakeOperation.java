package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.util.concurrent.CountDownLatch;

/** An operation that nothing in Corral knows of: all that a new one takes. */
public final class FakeOperation extends InterruptibleTask {
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile String problem = "";

    public FakeOperation(OperationStore journals) {
        super(OperationKind.SOLVE, new OperationTarget.Sample("", "/t.py", "web_flag", "sqli-01"), journals.journal());
    }

    @Override
    protected void run() throws InterruptedException {
        begin(Phase.called("read the task", ""));
        begin(Phase.of(PhaseKind.SETUP, "attacker"));
        go.await();
        if (!problem.isEmpty()) {
            throw ExpectedFailure.failed(problem, "Look again.");
        }
    }

    /** Lets it end: well, or for a reason. */
    public void end(String why) {
        problem = why;
        go.countDown();
    }
}
