package dev.corral.core.solve;

import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;

/** Runs commands in a guest, as a {@link dev.corral.core.ssh.GuestConnection} does. */
@FunctionalInterface
public interface GuestShell {

    /**
     * Runs a command and waits for its end.
     *
     * @throws dev.corral.core.base.ExpectedFailure if the machine can't be reached or was lost on the way
     * @throws InterruptedException                 if the thread is interrupted
     */
    ExecResult exec(ExecRequest request) throws InterruptedException;
}
