package dev.corral.cli.output;

import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.base.Subscription;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.Phase;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

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
        await(workflow, output, entry -> tell(workflow, entry, output));
    }

    /** The same where somebody else says what Vagrant says, and the phases would only repeat it. */
    public static void awaitQuietly(Operation workflow, Output output) {
        await(workflow, output, entry -> {});
    }

    private static void await(Operation workflow, Output output, Consumer<JournalEntry> listener) {
        try (EndingSignals signals = new EndingSignals(() -> cancel(workflow, output));
                Subscription subscription = workflow.follow(listener)) {
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
            output.message(
                    workflow.kind() == OperationKind.START
                            ? "Cancelling; what was made so far is destroyed."
                            : "Cancelling; what is under way comes to its end first.");
        } else {
            output.message("Still working on " + workflow.sandbox() + "; please wait.");
        }
    }

    private static void tell(Operation workflow, JournalEntry entry, Output output) {
        switch (entry.event()) {
            case QUEUED -> output.message("Waiting for its turn: " + JournalEntry.inQueue(entry.place()));
            case NOTE -> output.message("Note: " + entry.note());
            case PHASE -> {
                Phase phase = entry.inPhase();
                output.message("%6.1f s  %s%s"
                        .formatted(
                                entry.secondsSince(workflow.startedAt()),
                                phase.machine().isEmpty() ? "" : phase.machine() + ": ",
                                phase.words()));
            }
            default -> {
                // The journal keeps it for those who ask afterwards.
            }
        }
    }
}
