package dev.corral.cli.target;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.util.List;
import java.util.Optional;

/** Sandboxes by the names that people type, and the rule that a live owner's are not touched. */
public final class NamedSandbox {
    private NamedSandbox() {}

    /**
     * The sandbox of this name, or with an unambiguous beginning or end.
     *
     * @throws ExpectedFailure if there is none, or more than one
     */
    public static SandboxView find(Inventory inventory, String name) {
        List<SandboxView> exact = inventory.sandboxes().stream()
                .filter(view -> view.id().equals(name))
                .toList();
        List<SandboxView> matching = !exact.isEmpty() || name.length() < 3
                ? exact
                : inventory.sandboxes().stream()
                        .filter(view -> view.id().startsWith(name) || view.id().endsWith(name))
                        .toList();
        if (matching.isEmpty()) {
            // One that can't be read is not among the sandboxes, but it is there.
            inventory.problems().stream()
                    .filter(problem -> !name.isBlank() && problem.startsWith("Sandbox " + name + " "))
                    .findFirst()
                    .ifPresent(problem -> {
                        throw ExpectedFailure.failed(
                                problem + ".", "See what that file is, and give yourself access to it.");
                    });
            throw ExpectedFailure.notFound(
                    "There is no sandbox " + name + ".", "corral list sandboxes shows those that exist.");
        }
        if (matching.size() > 1) {
            throw ExpectedFailure.usage(
                    name + " fits " + matching.size() + " sandboxes: "
                            + String.join(
                                    ", ", matching.stream().map(SandboxView::id).toList()) + ".",
                    "Give more of the name.");
        }
        return matching.getFirst();
    }

    /**
     * Refuses a sandbox whose owner is alive: a run of Inspect or a window that is not above us.
     *
     * @throws ExpectedFailure if it is in use
     */
    public static void refuseLive(SandboxView view) {
        Optional<Owner> owner = view.manifest()
                .map(manifest -> manifest.owner())
                .filter(known -> known.kind() != Owner.Kind.COMMAND_LINE)
                .filter(known -> Owners.life(known) == Life.ALIVE);
        if (owner.isEmpty() || ancestor(owner.get().pid())) {
            return;
        }
        throw ExpectedFailure.failed(
                "Sandbox " + view.id() + " is in use by "
                        + (owner.get().kind() == Owner.Kind.INSPECT ? "a run of Inspect" : "a window") + ", process "
                        + owner.get().pid() + ".",
                "End that first, or add --force.");
    }

    // A run may clean up after itself.
    private static boolean ancestor(long pid) {
        for (Optional<ProcessHandle> process = ProcessHandle.current().parent();
                process.isPresent();
                process = process.get().parent()) {
            if (process.get().pid() == pid) {
                return true;
            }
        }
        return false;
    }
}
