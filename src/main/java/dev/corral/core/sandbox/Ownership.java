package dev.corral.core.sandbox;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity.Life;
import java.io.IOException;
import java.time.Instant;

/** Gives a sandbox whose owner has ended to a process that lives. */
public final class Ownership {
    private Ownership() {}

    /**
     * Makes {@code self} the owner, under the sandbox's lock, so that of two that want it one gets it.
     *
     * @throws ExpectedFailure if it has no manifest, is being changed, or its owner or who uses it lives, or nobody can tell
     */
    public static void take(SandboxStore store, SandboxFiles files, Owner self) throws IOException {
        try (SandboxLock lock = SandboxLock.take(files)) {
            Manifest manifest = SandboxStore.known(files)
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "Sandbox " + files.id() + " has no manifest of Corral's, so nobody can be its owner.",
                            "It was made by another program; nobody here cleans it up by itself."));
            Owner user = manifest.user(Owners::life);
            if (user.process().equals(self.process())) {
                return;
            }
            Life life = Owners.life(user);
            if (life != Life.ENDED) {
                throw ExpectedFailure.failed(
                        "Sandbox " + files.id() + " belongs to process "
                                + user.pid() + " ("
                                + user.kind().word()
                                + (life == Life.ALIVE
                                        ? "), which is alive."
                                        : "), and whether that is alive can't be told from here."),
                        "Pin it, so that it stays whatever becomes of that process.");
            }
            store.change(files, known -> known.takenBy(self, Instant.now()));
        }
    }
}
