package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.code.CodeKeeper;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.operation.good.StartNotes;
import dev.corral.core.operation.start.Collisions;
import dev.corral.core.operation.start.Preparation;
import dev.corral.core.operation.start.PreparationRun;
import dev.corral.core.operation.start.Reach;
import dev.corral.core.operation.start.ResolvedIdentities;
import dev.corral.core.operation.start.StartCopy;
import dev.corral.core.operation.start.StartSlots;
import dev.corral.core.operation.start.VagrantUp;
import dev.corral.core.operation.start.VagrantfileReading;
import dev.corral.core.operation.update.MachineNotes;
import dev.corral.core.sandbox.Inputs;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.failure.SettingAtFault;
import dev.corral.core.vagrantfile.Exclusive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts one sandbox: copies its files, runs {@code vagrant up}, and undoes its own work when that fails. */
public final class StartOperation extends SandboxTask {
    private final SandboxStore store;
    private final Destroyer destroyer;
    private final StartSlots slots;
    private final StartRequest request;
    private final Consumer<String> bootedMachine;
    private final VagrantfileReading reading;
    private final Reach reach;
    private final Collisions collisions;
    private final StartCopy copy;
    private final boolean waits;
    private final Environment environment;
    private final PreparationRun preparation;
    private final VagrantUp up;
    private volatile Manifest manifest;
    private volatile boolean cancelled;
    private Phase phase = Phase.of(PhaseKind.RESOLVE);

    /**
     * What a start works with besides its request.
     *
     * @param waits whether it waits for what another sandbox has, and is to have for itself
     */
    record Tools(
            SandboxStore store,
            Vagrant vagrant,
            Destroyer destroyer,
            StartSlots slots,
            Preparation.Source preparations,
            VagrantfileReading reading,
            Reach reach,
            Collisions collisions,
            Environment environment,
            boolean waits) {}

    /**
     * @param bootedMachine told the name of each machine that answers over SSH
     */
    StartOperation(
            SandboxFiles files, Manifest manifest, StartRequest request, Tools tools, Consumer<String> bootedMachine) {
        super(OperationKind.START, files, "");
        this.manifest = manifest;
        this.request = request;
        this.store = tools.store();
        this.destroyer = tools.destroyer();
        this.slots = tools.slots();
        this.reading = tools.reading();
        this.reach = tools.reach();
        this.collisions = tools.collisions();
        this.waits = tools.waits();
        this.environment = tools.environment();
        this.copy = new StartCopy(this, request, tools.store(), tools.environment());
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
                VagrantfileReading asking = reading;
                PreparationRun bringing = preparation) {
            FailureView failure = located(attemptOrWhyNot());
            if (failure == null) {
                pinIfAsked();
                StartNotes.ended(store.cache(), files(), present(), id(), environment, true);
                journal().append(JournalEntry.of(Event.WORKFLOW_ENDED, id()));
                return;
            }
            if (!failure.cancelled()) {
                StartNotes.ended(store.cache(), files(), present(), id(), environment, false);
            }
            if (kept(failure)) {
                failure = failure.withNextStep((failure.nextStep().replace(FailureExplainer.KEEP_IT, "")
                                + " What was made was kept: open a shell in " + sandbox()
                                + " to look inside, and destroy it afterwards.")
                        .strip());
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

    // What is taken already was told by the value; the file says it in one line, most often.
    private @Nullable FailureView located(@Nullable FailureView failure) {
        if (failure == null
                || failure.cancelled()
                || failure.vagrantfileLine() > 0
                || failure.in().kind() != PhaseKind.RESOLVE) {
            return failure;
        }
        try {
            return failure.at(SettingAtFault.ofValue(failure.sentence(), OrdinaryFile.text(request.vagrantfile())));
        } catch (IOException e) {
            // The line is an extra; the failure is told and what was made is undone without it.
            return failure;
        }
    }

    private @Nullable FailureView attemptOrWhyNot() throws IOException, InterruptedException {
        try {
            return attempt();
        } catch (ExpectedFailure e) {
            return FailureExplainer.recognised(new FailureView(
                    phase, e.getMessage(), e.nextStep(), e.details().lines().toList(), 0, false));
        } catch (IOException | RuntimeException e) {
            if (DiskFull.is(e)) {
                ExpectedFailure full = DiskFull.failure(files().directory(), e);
                return new FailureView(phase, full.getMessage(), full.nextStep(), List.of(), 0, false);
            }
            try {
                giveUp(new FailureView(phase, e.toString(), "", List.of(), 0, false));
            } catch (ExpectedFailure left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    // Null when all went well.
    private @Nullable FailureView attempt() throws IOException, InterruptedException {
        journal().append(JournalEntry.phase(id(), phase, startedAt()));
        VagrantfileReading.Outcome read = reading.forStart(manifest);
        if (read.failure() != null) {
            return read.failure();
        }
        VagrantfileReading.Read said = Objects.requireNonNull(read.read());
        change(known -> known.withResolved(said.context(), said.machines(), said.spare(), said.primary()));
        MachineIdentity.write(files(), ResolvedIdentities.of(said.resolution(), files().id()));
        reach.require(said.context(), said.resolution());
        Optional<Collisions.Taken> taken = collisions.take(
                files(), Exclusive.of(said.resolution()), said.context().hosts(), onCollision(), () -> cancelled);
        if (cancelled) {
            return VagrantUp.stopped(phase);
        }
        if (taken.isPresent()) {
            return taken.get().view(phase);
        }
        phase = Phase.of(PhaseKind.COPY);
        journal().append(JournalEntry.phase(id(), phase, Instant.now()));
        StartCopy.Outcome copied = copy.copy(said.resolution(), reading::check);
        if (copied.failure() != null) {
            return copied.failure();
        }
        files(copied.files());
        List<String> names = StartCopy.names(copied.copied(), manifest);
        String inputs = Inputs.hash(
                files(), copied.copied().files().keySet(), said.context().environment());
        change(known -> known.withCopied(files().directory(), names, inputs));
        KeptResolution.write(files(), said.resolution());
        MachineNotes.unprepared(files(), preparation.due());
        FailureView failure = preparation.read();
        if (failure != null) {
            return failure;
        }
        try (StartSlots.Slot slot =
                slots.take(place -> journal().append(JournalEntry.queued(id(), place)), () -> cancelled)) {
            if (slot == null || cancelled) {
                return VagrantUp.stopped(phase);
            }
            try (VagrantfileReading.Learning learning = reading.learn(manifest, said.resolution())) {
                failure = up.run(manifest, said.resolution(), reading.loaded());
            } finally {
                destroyer.ids().learn(files(), said.context().hosts());
                MachineNotes.ran(files(), name -> true, Set.of(), up.told());
            }
        }
        if (failure == null) {
            CodeKeeper.settle(files());
        }
        // Others may boot meanwhile, as with Inspect.
        if (failure == null) {
            failure = preparation.bring(present());
        }
        if (failure == null) {
            MachineNotes.unprepared(files(), false);
        }
        return failure;
    }

    // Of several samples at once the next one is worth waiting for; a person wants to know.
    private Optional<Consumer<Collisions.Taken>> onCollision() {
        return waits ? Optional.of(there -> journal().append(JournalEntry.queued(id(), 1))) : Optional.empty();
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

    /** Notes the machines that Vagrant named; called before any of them is made. Most often they are known by then. */
    public void machines(Collection<String> names) {
        if (manifest.machines().containsAll(names)) {
            return;
        }
        try {
            change(known -> known.withMachines(
                    List.copyOf(names),
                    known.primary()
                            .filter(names::contains)
                            .orElse(names.iterator().next())));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + files().manifest(), e);
        }
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
        reading.cancel();
        copy.cancel();
        preparation.cancel();
        up.cancel();
    }

    @Override
    public boolean cancellable() {
        return !cancelled && !over();
    }
}
