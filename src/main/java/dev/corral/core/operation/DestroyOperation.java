package dev.corral.core.operation;

import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Destroys one sandbox on request. */
final class DestroyOperation extends SandboxTask {
    private final Destroyer destroyer;
    private final Optional<StartOperation> start;
    private final DestroyGuard guard;
    private final boolean part;

    /**
     * @param start a start of this sandbox that is under way in this process; it is cancelled first
     * @param guard asked once the sandbox is locked
     * @param part  whether it is a step of a cleanup
     */
    DestroyOperation(
            SandboxFiles files, Destroyer destroyer, Optional<StartOperation> start, DestroyGuard guard, boolean part) {
        super(OperationKind.DESTROY, files, "");
        this.destroyer = destroyer;
        this.start = start;
        this.guard = guard;
        this.part = part;
    }

    @Override
    public boolean part() {
        return part;
    }

    @Override
    protected Phase failedPhase() {
        return Phase.of(PhaseKind.DESTROY);
    }

    @Override
    protected void work() throws IOException, InterruptedException {
        if (start.isPresent()) {
            start.get().cancel();
            start.get().done().handle((nothing, failure) -> true).join();
            if (!Files.exists(files().own())) {
                // A cancelled start destroys what it made.
                return;
            }
        }
        try (SandboxLock lock = SandboxLock.take(files())) {
            if (Files.exists(files().own())) {
                Optional<Manifest> manifest = SandboxStore.known(files());
                destroyer.destroy(files(), manifest, false, journal(), id(), guard);
            }
        } catch (NoSuchFileException e) {
            // Another process has destroyed it since it was looked up: done, just not by us.
            if (Files.exists(files().own())) {
                throw e;
            }
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
