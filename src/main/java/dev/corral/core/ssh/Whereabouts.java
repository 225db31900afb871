package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;

/** What is known of a machine that does not answer: its hypervisor's word. */
@FunctionalInterface
public interface Whereabouts {

    /** What the hypervisor says. */
    enum Word {
        /** It runs, so it is slow or hangs. */
        RUNNING,
        /** It is paused and may go on. */
        PAUSED,
        /** It exists and is off. */
        OFF,
        /** It exists no more. */
        GONE,
        /** Nobody knows. */
        UNKNOWN;

        /**
         * What to tell people once nothing more is to be expected of the machine.
         *
         * @param machine its name as {@code SANDBOX/MACHINE}
         */
        public ExpectedFailure failure(String machine) {
            ExpectedFailure failure =
                    switch (this) {
                        case RUNNING ->
                            ExpectedFailure.failed(
                                    machine + " runs but does not answer any more.",
                                    "It may hang: restart it with corral reload --force " + machine
                                            + ", or destroy its sandbox.");
                        case PAUSED ->
                            ExpectedFailure.failed(
                                    machine + " is paused, so nothing runs in it.",
                                    "Let it go on with: corral resume " + machine);
                        case OFF -> ExpectedFailure.failed(machine + " is off.", "Start it with: corral up " + machine);
                        case GONE ->
                            ExpectedFailure.failed(
                                    machine + " exists no more: its hypervisor does not know it.",
                                    "Destroy its sandbox, which clears up what is left, and start it again.");
                        case UNKNOWN ->
                            ExpectedFailure.failed(
                                    machine + " does not answer any more.",
                                    "See whether the VM is still running; a command in it may or may not have ended.");
                    };
            return failure.withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
    }

    /** Asks now. Blocks for as long as the hypervisor takes; any thread but the window's. */
    Word ask();
}
