package dev.corral.cli;

import dev.corral.core.Corral;
import dev.corral.core.Subscription;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.sandbox.Workflow;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jline.utils.Signals;

/** Waits for a workflow, says its phases as they begin, and cancels it on the first Ctrl-C. */
final class Progress {
    private Progress() {}

    /**
     * Waits for the end.
     *
     * @throws dev.corral.core.ExpectedFailure if it failed in a known way
     * @throws CancellationException           if it was cancelled
     */
    static void await(Corral corral, Workflow workflow, Output output) {
        Set<String> told = new HashSet<>();
        Object previous = Signals.register("INT", () -> {
            if (workflow.cancellable()) {
                output.message("Cancelling; what was made so far is destroyed.");
                workflow.cancel();
            } else {
                output.message("Still working on " + workflow.sandbox() + "; please wait.");
            }
        });
        try (Subscription subscription = corral.inventory().subscribe(inventory -> tell(inventory, workflow, told, output))) {
            workflow.done().join();
            // The last phases may have come and gone between two looks.
            tell(corral.inventory().refresh(), workflow, told, output);
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

    private static synchronized void tell(Inventory inventory, Workflow workflow, Set<String> told, Output output) {
        // Another Vagrant command has no phases; what the inventory tells are those of the start before it.
        if (workflow.kind() == Workflow.Kind.MACHINE) {
            return;
        }
        inventory.sandbox(workflow.sandbox()).flatMap(sandbox -> sandbox.operation()).ifPresent(operation -> {
            for (PhaseSpan phase : operation.phases()) {
                if (told.add(phase.machine() + "/" + phase.name() + "/" + phase.startedAt())) {
                    double seconds = Duration.between(workflow.startedAt(), phase.startedAt()).toMillis() / 1000.0;
                    output.message("%6.1f s  %s%s".formatted(Math.max(0, seconds), phase.machine().isEmpty() ? "" : phase.machine() + ": ", phase.name()));
                }
            }
        });
    }
}
