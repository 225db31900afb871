package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Destroys one machine of a sandbox; with the last one that exists the whole sandbox goes. */
final class DestroyMachineOperation extends SandboxTask {
    private final String machine;
    private final SandboxStore store;
    private final Destroyer destroyer;

    /** @param machine the machine's full name */
    DestroyMachineOperation(SandboxFiles files, String machine, SandboxStore store, Destroyer destroyer) {
        super(OperationKind.DESTROY_MACHINE, files, machine);
        this.machine = machine;
        this.store = store;
        this.destroyer = destroyer;
    }

    @Override
    protected Phase failedPhase() {
        return Phase.of(PhaseKind.DESTROY, machine);
    }

    @Override
    protected void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files())) {
            Optional<Manifest> manifest = SandboxStore.known(files());
            destroyer.requireOwnIds(files(), Manifest.hosts(manifest), journal(), id());
            List<LocalMachine> existing = destroyer.ids().ours(files(), Manifest.hosts(manifest));
            List<LocalMachine> chosen = existing.stream()
                    .filter(local -> local.name().equals(machine))
                    .toList();
            if (chosen.isEmpty()) {
                throw ExpectedFailure.notFound(
                        "The VM of " + sandbox() + "/" + machine + " does not exist.",
                        "corral list vms shows those that do; corral destroy " + sandbox()
                                + " removes the whole sandbox.");
            }
            if (chosen.size() == existing.size()) {
                destroyer.destroy(files(), manifest, false, journal(), id(), DestroyGuard.NONE);
                return;
            }
            journaled(() -> {
                begin(Phase.of(PhaseKind.DESTROY, machine));
                SshSettings.forget(files());
                destroyer.destroyMachine(files(), manifest, chosen, journal(), id());
                store.change(files(), known -> known.withoutMachine(machine));
            });
        }
    }

    @Override
    public void cancel() {
        // To break off a destroy would leave a half-destroyed VM; it goes on to its end.
    }

    @Override
    public boolean cancellable() {
        return false;
    }
}
