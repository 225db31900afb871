package dev.corral.cli.output;

import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.base.Subscription;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.JournalEntry;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Waits for a workflow, says its phases as they begin, and cancels it on the first Ctrl-C, TERM or HUP. */
public final class Progress {
    private Progress() {}

    /**
     * Waits for the end.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it failed in a known way
     * @throws CancellationException           if it was cancelled
     */
    public static void await(Operation workflow, Output output) {
        try (EndingSignals signals = new EndingSignals(() -> cancel(workflow, output));
                Subscription subscription = workflow.follow(entry -> tell(workflow, entry, output))) {
            workflow.done().join();
        } catch (CancellationException e) {
            // What join throws says nothing; the workflow's own reason is its cause.
            throw e.getCause() instanceof CancellationException cause ? cause : e;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void cancel(Operation workflow, Output output) {
        if (workflow.cancellable()) {
            // First: the terminal that it is said on may have gone.
            workflow.cancel();
            output.message("Cancelling; what was made so far is destroyed.");
        } else {
            output.message("Still working on " + workflow.sandbox() + "; please wait.");
        }
    }

    private static void tell(Operation workflow, JournalEntry entry, Output output) {
        switch (entry.event()) {
            case QUEUED -> output.message("Waiting for a start slot: " + JournalEntry.inQueue(entry.place()));
            case PHASE ->
                output.message("%6.1f s  %s%s"
                        .formatted(
                                entry.secondsSince(workflow.startedAt()),
                                entry.machine().isEmpty() ? "" : entry.machine() + ": ",
                                entry.phase()));
            default -> {
                // The journal keeps it for those who ask afterwards.
            }
        }
    }
}
