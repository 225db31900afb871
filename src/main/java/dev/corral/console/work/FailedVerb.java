package dev.corral.console.work;

import dev.corral.console.messages.Problem;
import dev.corral.core.operation.Operation;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.util.Optional;

/** Why an operation on machines failed, as their rows and cards show it. Pure. */
final class FailedVerb {
    private FailedVerb() {}

    /** With the phase that Vagrant was in, and the lines that matter; empty where somebody stopped it. */
    static Optional<FailureView> view(Operation operation, Machines machines, Problem problem) {
        if (problem.cancelled()) {
            return Optional.empty();
        }
        FailureView why = operation
                .failure()
                .orElseGet(() -> new FailureView(
                        Phase.called(operation.kind().words(), machines.machine()),
                        problem.sentence(),
                        problem.nextStep(),
                        problem.details().lines().toList(),
                        0,
                        false));
        return Optional.of(why.machine().isEmpty() ? why : why.in(why.in().on(machines.shortName(why.machine()))));
    }
}
