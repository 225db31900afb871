package dev.corral.bridge;

import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Ownership;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.SolveRuns;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives a run of Inspect the sandbox of an earlier one that was killed, instead of a new one: a session of manual solving goes on with it.
 * Once for each process, and only for the sample that the sandbox was made for.
 */
final class Adoption {
    private final Corral corral;
    private final AtomicBoolean used = new AtomicBoolean();

    Adoption(Corral corral) {
        this.corral = corral;
    }

    /**
     * The sandbox to go on with; empty if the run is to have a new one.
     *
     * @param origin what the run wants a sandbox for
     * @param self   the run
     * @throws ExpectedFailure if there is one to go on with and that can't be done: a new one would not be what was asked for
     */
    Optional<SandboxView> sandbox(Manifest.Origin origin, Optional<Owner> self) throws Exception {
        Optional<String> wanted = corral.environment().get(SolveRuns.ADOPT);
        if (wanted.isEmpty() || self.isEmpty()) {
            return Optional.empty();
        }
        SandboxView view = corral.inventory()
                .refresh()
                .sandbox(wanted.get())
                .orElseThrow(() -> ExpectedFailure.notFound(
                        "There is no sandbox " + PlainText.line(wanted.get(), 80) + " to go on with.",
                        "Begin a new session."));
        boolean itsOwn = view.manifest()
                .filter(manifest -> manifest.origin().sample().equals(origin.sample()))
                .isPresent();
        if (!itsOwn || !used.compareAndSet(false, true)) {
            return Optional.empty();
        }
        take(view, self.get());
        if (view.machines().stream().anyMatch(machine -> machine.state() != MachineState.RUNNING)) {
            Operation up = corral.operations().run(view.id(), "", MachineVerb.up(), line -> {});
            SandboxMethods.await(up);
        }
        return corral.inventory().refresh().sandbox(view.id());
    }

    private void take(SandboxView view, Owner self) {
        SandboxStore store = new SandboxStore(CacheDirectory.of(corral.environment()));
        try {
            SandboxFiles files = store.at(view.directory());
            Ownership.take(store, files, self);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The sandbox " + view.id() + " can't be taken over.", "Give yourself access to its files.", e);
        }
    }
}
