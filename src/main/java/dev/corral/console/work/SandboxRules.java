package dev.corral.console.work;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be asked of a sandbox as a whole, the same on every page. Pure. */
public final class SandboxRules {
    private SandboxRules() {}

    /**
     * Why nothing of it can be cancelled; empty when something can.
     *
     * @param cancellable says whether this window does something on a sandbox that can be stopped
     */
    public static Optional<String> cancel(SandboxView sandbox, Predicate<String> cancellable) {
        if (cancellable.test(sandbox.id())) {
            return Optional.empty();
        }
        return Optional.of(
                sandbox.state().changing()
                        ? "Another process does this, or it can not be stopped any more"
                        : "Nothing is under way");
    }

    /**
     * Why it can't be destroyed; empty when it can.
     *
     * @param work what this window does to VMs
     */
    public static Optional<String> destroy(SandboxView sandbox, MachineWork work) {
        return sandbox.state() == SandboxState.DESTROYING
                ? Optional.of("It is being destroyed")
                : work.on(sandbox).map(doing -> "It is " + doing.word() + ": wait, or cancel that");
    }

    /** The operation that changes it now, whoever does that; empty when none does. */
    public static Optional<OperationView> underWay(SandboxView sandbox) {
        return sandbox.operations().stream()
                .filter(one -> one.alive() && one.endedAt().isEmpty())
                .reduce((first, second) -> second);
    }

    /** The line of its Vagrantfile that its newest failure comes from, counted from 1; 0 where there is none. */
    public static int faultyLine(SandboxView sandbox) {
        return sandbox.operation()
                .flatMap(OperationView::failure)
                .map(FailureView::vagrantfileLine)
                .orElse(0);
    }
}
