package dev.corral.core.local;

import dev.corral.core.ExpectedFailure;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.ItemRemover;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Target;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.DestroyGuard;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.Workflow;
import dev.corral.core.sandbox.Workflows;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Carries out the steps of a cleanup with the workflows, the hypervisors and the machine index of this machine. */
final class LocalItemRemover implements ItemRemover {
    private final Workflows workflows;

    LocalItemRemover(Workflows workflows) {
        this.workflows = workflows;
    }

    @Override
    public long carryOut(CleanupStep step, CleanupPlan plan, InventoryItem item) throws IOException, InterruptedException {
        return switch (item.target()) {
            case Target.Sandbox sandbox when step.action() == CleanupStep.Action.SHUT_DOWN -> {
                await(workflows.shutDown(sandbox.directory()));
                workflows.pin(sandbox.directory(), Optional.of(new Manifest.Pin("cleanup", Instant.now(), plan.keepUntil())));
                yield 0;
            }
            case Target.Sandbox sandbox -> {
                await(workflows.destroy(sandbox.directory(), guard(step)));
                yield item.bytes();
            }
            default -> throw ExpectedFailure.failed(item.name() + " can't be removed.", "");
        };
    }

    // What was chosen as a stray must be one to the last moment; what was named is the person's word.
    private static DestroyGuard guard(CleanupStep step) {
        if (step.state() == ItemState.KEPT || step.state() == ItemState.UNKNOWN) {
            return manifest -> refuseLive(manifest);
        }
        return manifest -> {
            refuseLive(manifest);
            if (manifest.flatMap(Manifest::pin).filter(pin -> pin.holds(Instant.now())).isPresent()) {
                throw new ItemChanged("Somebody pinned it meanwhile, so it was left alone.");
            }
        };
    }

    private static void refuseLive(Optional<Manifest> manifest) {
        if (manifest.map(Manifest::owner).map(Owners::life).filter(life -> life == Life.ALIVE).isPresent()) {
            throw new ItemChanged("Its owner is alive, so it was left alone.");
        }
    }

    private static void await(Workflow workflow) {
        try {
            workflow.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}
