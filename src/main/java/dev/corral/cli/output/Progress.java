package dev.corral.cli.output;

import dev.corral.core.base.Subscription;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.JournalEntry;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jline.utils.Signals;

/** Waits for a workflow, says its phases as they begin, and cancels it on the first Ctrl-C. */
public final class Progress {
    private Progress() {}

    /**
     * Waits for the end.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it failed in a known way
     * @throws CancellationException           if it was cancelled
     */
    public static void await(Operation workflow, Output output) {
        Object previous = Signals.register("INT", () -> {
            if (workflow.cancellable()) {
                output.message("Cancelling; what was made so far is destroyed.");
                workflow.cancel();
            } else {
                output.message("Still working on " + workflow.sandbox() + "; please wait.");
            }
        });
        try (Subscription subscription = workflow.follow(entry -> tell(workflow, entry, output))) {
            workflow.done().join();
        } catch (CancellationException e) {
            // What join throws says nothing; the workflow's own reason is its cause.
            throw e.getCause() instanceof CancellationException cause ? cause : e;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            Signals.unregister("INT", previous);
        }
    }

    private static void tell(Operation workflow, JournalEntry entry, Output output) {
        switch (entry.event()) {
            case QUEUED -> output.message("Waiting for a start slot: " + JournalEntry.inQueue(entry.place()));
            case PHASE ->
                output.message("%6.1f s  %s%s"
                        .formatted(
                                entry.secondsSince(workflow.startedAt()),
                                entry.machine() == null || entry.machine().isEmpty() ? "" : entry.machine() + ": ",
                                entry.phase()));
            default -> {
                // The journal keeps it for those who ask afterwards.
            }
        }
    }
}
