package dev.corral.core.sandbox;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import java.io.IOException;

/** Says that a workflow of this process changes a sandbox; the kernel frees it when the process ends, however it ends. */
public final class SandboxLock implements AutoCloseable {
    private final FileGuard guard;

    private SandboxLock(FileGuard guard) {
        this.guard = guard;
    }

    /**
     * Takes the lock.
     *
     * @throws ExpectedFailure if another workflow has it
     */
    public static SandboxLock take(SandboxFiles files) throws IOException {
        return new SandboxLock(FileGuard.tryTake(files.lock()).orElseThrow(() -> ExpectedFailure.failed(
                        "Sandbox " + files.id() + " is being changed right now.",
                        "Wait until that has ended, or cancel it where it was begun.")
                .withKind(ExpectedFailure.Kind.BUSY)));
    }

    @Override
    public void close() throws IOException {
        guard.close();
    }
}
