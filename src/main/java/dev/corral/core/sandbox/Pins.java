package dev.corral.core.sandbox;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity.Life;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Notes a person's word that a sandbox stays, and takes it back. */
public final class Pins {
    private Pins() {}

    /**
     * Notes it, whatever else works on the sandbox, a start for instance: each change of a manifest is made of what the last one left. Only
     * what is being destroyed can't be kept any more, and a destroy that has not begun looks at the pin as it begins.
     *
     * @throws ExpectedFailure if it has no manifest, a newer Corral wrote that, or it is being destroyed
     */
    public static void set(SandboxStore store, SandboxFiles files, Optional<Manifest.Pin> pin) throws IOException {
        UnaryOperator<Manifest> change = manifest -> {
            refuseDestroyed(files);
            return manifest.withPin(pin);
        };
        try {
            var _ = store.change(files, change)
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "Sandbox " + files.id() + " has no manifest of Corral's, so it can't be pinned.",
                            "It was made by another program; nobody here cleans it up by itself."));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void refuseDestroyed(SandboxFiles files) {
        try {
            if (destroyUnderWay(files)) {
                throw ExpectedFailure.failed(
                                "Sandbox " + files.id() + " is being destroyed right now, so it can't be pinned.",
                                "Wait until that has ended; if the destroy fails, what is left can be pinned.")
                        .withKind(ExpectedFailure.Kind.BUSY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // What was cut off by the end of its process is under way no more.
    private static boolean destroyUnderWay(SandboxFiles files) throws IOException {
        List<JournalEntry> entries = new Journal(files.journal()).read();
        for (JournalEntry entry : entries.reversed()) {
            switch (entry.event()) {
                case WORKFLOW_STARTED -> {
                    return OperationKind.DESTROY.word().equals(entry.kind())
                            && entry.process() != null
                            && entry.process().life() != Life.ENDED;
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
