package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.start.CopyRule;
import dev.corral.core.operation.start.Preparation;
import dev.corral.core.operation.start.PreparationRun;
import dev.corral.core.operation.start.StartSlots;
import dev.corral.core.operation.start.VagrantUp;
import dev.corral.core.sandbox.Inputs;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.Vagrant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts one sandbox: copies its files, runs {@code vagrant up}, and undoes its own work when that fails. */
public final class StartOperation extends SandboxTask {
    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Destroyer destroyer;
    private final StartSlots slots;
    private final StartRequest request;
    private final Collection<Path> beside;
    private final Consumer<String> bootedMachine;
    private final PreparationRun preparation;
    private final VagrantUp up;
    private volatile Manifest manifest;
    private volatile boolean cancelled;

    /** What a start works with besides its request. */
    record Tools(
            SandboxStore store,
            Vagrant vagrant,
            Destroyer destroyer,
            StartSlots slots,
            Preparation.Source preparations) {}

    /**
     * @param beside        files beside the Vagrantfile to copy, relative to its folder
     * @param bootedMachine told the name of each machine that answers over SSH
     */
    StartOperation(
            SandboxFiles files,
            Manifest manifest,
            StartRequest request,
            Collection<Path> beside,
            Tools tools,
            Consumer<String> bootedMachine) {
        super(OperationKind.START, files, "");
        this.manifest = manifest;
        this.request = request;
        this.beside = beside;
        this.store = tools.store();
        this.vagrant = tools.vagrant();
        this.destroyer = tools.destroyer();
        this.slots = tools.slots();
        this.bootedMachine = bootedMachine;
        this.preparation = new PreparationRun(this, request, tools.preparations());
        this.up = new VagrantUp(this, request, tools.vagrant());
    }

    @Override
    protected Optional<String> about() {
        return Optional.of(manifest.vagrantfile());
    }

    @Override
    protected void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files());
                PreparationRun bringing = preparation) {
            FailureView failure = attemptOrWhyNot();
            if (failure == null) {
                pinIfAsked();
                journal().append(JournalEntry.of(Event.WORKFLOW_ENDED, id()));
                return;
            }
            if (kept(failure)) {
                failure = failure.withNextStep("What was made was kept: open a shell in " + sandbox()
                        + " to look inside, and destroy it afterwards.");
            }
            try {
                giveUp(failure);
            } catch (ExpectedFailure e) {
                // Both are news: why it did not start, and that something of it is left.
                throw failed(new FailureView(
                        failure.in(),
                        failure.sentence() + " What was made so far is still there: " + e.getMessage(),
                        e.nextStep(),
                        Stream.concat(failure.lines().stream(), e.details().lines())
                                .toList(),
                        failure.vagrantfileLine(),
                        false));
            }
            throw failed(failure);
        }
    }

    private @Nullable FailureView attemptOrWhyNot() throws IOException, InterruptedException {
        try {
            return attempt();
        } catch (ExpectedFailure e) {
            return new FailureView(
                    Phase.of(PhaseKind.COPY),
                    e.getMessage(),
                    e.nextStep(),
                    e.details().lines().toList(),
                    0,
                    false);
        } catch (IOException | RuntimeException e) {
            if (DiskFull.is(e)) {
                ExpectedFailure full = DiskFull.failure(files().directory(), e);
                return new FailureView(
                        Phase.of(PhaseKind.COPY), full.getMessage(), full.nextStep(), List.of(), 0, false);
            }
            try {
                giveUp(new FailureView(Phase.of(PhaseKind.COPY), e.toString(), "", List.of(), 0, false));
            } catch (ExpectedFailure left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    // Null when all went well.
    private @Nullable FailureView attempt() throws IOException, InterruptedException {
        journal().append(JournalEntry.phase(id(), Phase.of(PhaseKind.COPY), startedAt()));
        copy();
        vagrant.version();
        FailureView failure = preparation.read();
        if (failure != null) {
            return failure;
        }
        try (StartSlots.Slot slot =
                slots.take(place -> journal().append(JournalEntry.queued(id(), place)), () -> cancelled)) {
            if (slot == null || cancelled) {
                return VagrantUp.stopped(Phase.of(PhaseKind.COPY));
            }
            failure = up.run(manifest.context(), Optional.empty());
        }
        // Others may boot meanwhile, as with Inspect.
        return failure == null ? preparation.bring(present()) : failure;
    }

    private void copy() throws IOException {
        for (Path relative : beside) {
            Path target = files().directory().resolve(relative.toString());
            Files.createDirectories(target.getParent());
            Files.copy(
                    CopyRule.source(request.vagrantfile(), relative),
                    target,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(request.vagrantfile(), files().vagrantfile(), StandardCopyOption.REPLACE_EXISTING);
        String inputs =
                Inputs.hash(files(), manifest.copied(), manifest.context().environment());
        change(known -> known.withInputs(inputs));
    }

    // The journal gets the cause first, so that it is known even if we are killed while we undo.
    private void giveUp(FailureView failure) throws IOException, InterruptedException {
        journal().appendIfRoom(JournalEntry.failed(id(), failure));
        if (kept(failure)) {
            pin("a start that failed");
            return;
        }
        String undoing = "destroy-" + Long.toHexString(System.nanoTime());
        destroyer.destroy(files(), Optional.of(manifest), true, journal(), undoing, DestroyGuard.NONE);
    }

    private boolean kept(FailureView failure) throws IOException {
        return request.keepFailed()
                && !failure.cancelled()
                && LocalState.machines(files().directory()).stream()
                        .anyMatch(machine -> !machine.id().isEmpty());
    }

    // Only what was started is worth keeping: a start that is killed on the way leaves a stray.
    private void pinIfAsked() throws IOException {
        if (request.pin()) {
            pin(manifest.owner().kind().word());
        }
    }

    private void pin(String by) throws IOException {
        change(known -> known.withPin(Optional.of(new Manifest.Pin(by, Instant.now(), Optional.empty()))));
    }

    // Somebody may have pinned the sandbox while it starts, or do so right now.
    private void change(UnaryOperator<Manifest> change) throws IOException {
        Optional<Manifest> written = store.change(files(), change);
        manifest = written.orElseGet(() -> change.apply(manifest));
        if (written.isEmpty()) {
            store.write(files(), manifest);
        }
    }

    private Manifest present() throws IOException {
        return SandboxStore.manifest(files()).orElse(manifest);
    }

    /** Notes the machines that Vagrant named; called before any of them is made. */
    public void machines(List<String> names, @Nullable String primary) {
        try {
            change(known -> known.withMachines(names, primary));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + files().manifest(), e);
        }
    }

    /** With what the names of machines end that the Vagrantfile makes for this sandbox alone. */
    public String suffix() {
        return manifest.suffix();
    }

    /** A machine answers: its SSH settings can be read. */
    public void booted(String machine) {
        bootedMachine.accept(machine);
    }

    @Override
    public void cancel() {
        if (cancelled || over()) {
            return;
        }
        cancelled = true;
        preparation.cancel();
        up.cancel();
    }

    @Override
    public boolean cancellable() {
        return !cancelled && !over();
    }
}
