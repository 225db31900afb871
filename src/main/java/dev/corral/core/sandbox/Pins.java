package dev.corral.core.sandbox;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Notes a person's word that a sandbox stays, and takes it back. */
public final class Pins {
    private Pins() {}

    /**
     * Notes it under the sandbox's lock, so that nobody begins to destroy meanwhile what was just pinned. While something else works on the
     * sandbox, a start for instance, it is noted all the same; only a destroy that is under way can't be stopped by it.
     *
     * @throws ExpectedFailure if it has no manifest, or is being destroyed
     */
    public static void set(SandboxStore store, SandboxFiles files, Optional<Manifest.Pin> pin) throws IOException {
        Optional<SandboxLock> lock = SandboxLock.tryTake(files);
        try {
            if (lock.isEmpty() && beingDestroyed(files)) {
                throw ExpectedFailure.failed(
                                "Sandbox " + files.id() + " is being destroyed right now, so it can't be pinned.",
                                "Wait until that has ended; if the destroy fails, what is left can be pinned.")
                        .withKind(ExpectedFailure.Kind.BUSY);
            }
            store.change(files, manifest -> manifest.withPin(pin)).orElseThrow(() -> ExpectedFailure.failed(
                    "Sandbox " + files.id() + " has no manifest of Corral's, so it can't be pinned.",
                    "It was made by another program; nobody here cleans it up by itself."));
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }

    private static boolean beingDestroyed(SandboxFiles files) throws IOException {
        List<JournalEntry> entries = new Journal(files.journal()).read();
        for (JournalEntry entry : entries.reversed()) {
            switch (entry.event()) {
                case WORKFLOW_STARTED -> {
                    return OperationKind.DESTROY.word().equals(entry.kind());
                }
                case WORKFLOW_ENDED, WORKFLOW_FAILED, WORKFLOW_CANCELLED -> {
                    return false;
                }
                default -> {
                    // Tells nothing about what is under way.
                }
            }
        }
        return false;
    }
}
