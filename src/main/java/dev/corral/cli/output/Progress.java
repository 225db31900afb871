package dev.corral.cli.output;

import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.base.Subscription;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.Phase;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits for a workflow, says its phases as they begin, and cancels it on the first Ctrl-C, TERM or HUP. */
public final class Progress {
    private static final long LOOK_SECONDS = 5;

    private Progress() {}

    /**
     * Waits for the end.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it failed in a known way
     * @throws CancellationException           if it was cancelled
     */
    public static void await(Operation workflow, Output output) {
        SlowBoots boots = new SlowBoots();
        await(
                workflow,
                output,
                entry -> {
                    boots.heard(entry);
                    tell(workflow, entry, output);
                },
                () -> boots.due(Instant.now())
                        .forEach(machine -> output.message("%s still boots; corral console %s/%s shows what it prints."
                                .formatted(machine, workflow.sandbox(), machine))));
    }

    /** The same where somebody else says what Vagrant says, and the phases would only repeat it. */
    public static void awaitQuietly(Operation workflow, Output output) {
        await(workflow, output, entry -> {}, () -> {});
    }

    // Says now and then what has not happened.
    private static void await(Operation workflow, Output output, Consumer<JournalEntry> listener, Runnable meanwhile) {
        try (EndingSignals signals = new EndingSignals(() -> cancel(workflow, output));
                Subscription subscription = workflow.follow(listener)) {
            while (!ended(workflow)) {
                meanwhile.run();
            }
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

    // Waits for a while. How it ended is for whoever joins it.
    private static boolean ended(Operation workflow) {
        try {
            workflow.done().get(LOOK_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
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
            case NOTE ->
                output.message("Note: " + entry.note()
                        // Its text is a screen of a guest's, and belongs to the log.
                        + (entry.log() == null ? "" : " corral logs " + workflow.sandbox() + " shows it."));
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
