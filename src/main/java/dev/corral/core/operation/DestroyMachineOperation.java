package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Destroys one machine of a sandbox; with the last one that exists the whole sandbox goes. */
final class DestroyMachineOperation extends OperationTask {
    private final String machine;
    private final SandboxStore store;
    private final Destroyer destroyer;

    /** @param machine the machine's full name */
    DestroyMachineOperation(SandboxFiles files, String machine, SandboxStore store, Destroyer destroyer) {
        super(files);
        this.machine = machine;
        this.store = store;
        this.destroyer = destroyer;
    }

    @Override
    public OperationKind kind() {
        return OperationKind.MACHINE;
    }

    @Override
    void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files())) {
            Optional<Manifest> manifest = SandboxStore.known(files());
            List<LocalMachine> existing = LocalState.machines(files().directory()).stream()
                    .filter(local -> !local.id().isEmpty())
                    .toList();
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
                destroyer.destroy(files(), manifest, false, journal(), DestroyGuard.NONE);
                return;
            }
            SshSettings.forget(files());
            destroyer.destroyMachine(files(), manifest, chosen, journal(), id());
            store.change(files(), known -> known.withoutMachine(machine));
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
