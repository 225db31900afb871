package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.operation.start.CopyRule;
import dev.corral.core.operation.start.Preparation;
import dev.corral.core.operation.start.PreparationRun;
import dev.corral.core.operation.start.PrimaryMachine;
import dev.corral.core.operation.start.StartNews;
import dev.corral.core.operation.start.StartSlots;
import dev.corral.core.operation.start.StartTimes;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Phases;
import dev.corral.core.vagrant.UpOutput;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts one sandbox: copies its files, runs {@code vagrant up}, and undoes its own work when that fails. */
public final class StartOperation extends OperationTask {
    private static final Logger LOG = LoggerFactory.getLogger(StartOperation.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** With fewer bytes free, a failure is put down to the full disk. */
    private static final long LITTLE_ROOM = 16 * 1024;

    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Destroyer destroyer;
    private final StartSlots slots;
    private final StartRequest request;
    private final Collection<Path> beside;
    private final Consumer<String> bootedMachine;
    private final PreparationRun preparation;
    private volatile Manifest manifest;
    private volatile boolean cancelled;
    private volatile @Nullable VagrantRun run;

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
        super(files);
        this.manifest = manifest;
        this.request = request;
        this.beside = beside;
        this.store = tools.store();
        this.vagrant = tools.vagrant();
        this.destroyer = tools.destroyer();
        this.slots = tools.slots();
        this.bootedMachine = bootedMachine;
        this.preparation = new PreparationRun(this, request, tools.preparations());
    }

    @Override
    public OperationKind kind() {
        return OperationKind.START;
    }

    @Override
    void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files());
                PreparationRun bringing = preparation) {
            FailureView failure = attemptOrWhyNot();
            if (failure == null) {
                pinIfAsked();
                journal().append(JournalEntry.of(Event.WORKFLOW_ENDED, id()));
                noteTime();
                return;
            }
            if (kept(failure)) {
                failure = new FailureView(
                        failure.phase(),
                        failure.machine(),
                        failure.sentence(),
                        "What was made was kept: open a shell in " + sandbox()
                                + " to look inside, and destroy it afterwards.",
                        failure.lines(),
                        failure.vagrantfileLine(),
                        false);
            }
            try {
                giveUp(failure);
            } catch (ExpectedFailure e) {
                // Both are news: why it did not start, and that something of it is left.
                throw ExpectedFailure.failed(
                                failure.sentence() + " What was made so far is still there: " + e.getMessage(),
                                e.nextStep())
                        .withDetails(details(failure) + "\n" + e.details());
            }
            if (failure.cancelled()) {
                throw new CancellationException(failure.sentence());
            }
            throw ExpectedFailure.failed(failure.sentence(), failure.nextStep()).withDetails(details(failure));
        }
    }

    // A failure names its phase, also to those who see nothing but the exception.
    private static String details(FailureView failure) {
        String phase =
                "Phase: " + failure.phase() + (failure.machine().isEmpty() ? "" : " (" + failure.machine() + ")");
        return String.join(
                "\n", failure.lines().isEmpty() ? List.of(phase) : List.of(phase, String.join("\n", failure.lines())));
    }

    private @Nullable FailureView attemptOrWhyNot() throws IOException, InterruptedException {
        try {
            return attempt();
        } catch (ExpectedFailure e) {
            return new FailureView(
                    Phases.COPY,
                    "",
                    e.getMessage(),
                    e.nextStep(),
                    e.details().lines().toList(),
                    0,
                    false);
        } catch (IOException | RuntimeException e) {
            if (DiskFull.is(e)) {
                ExpectedFailure full = DiskFull.failure(files().directory(), e);
                return new FailureView(Phases.COPY, "", full.getMessage(), full.nextStep(), List.of(), 0, false);
            }
            try {
                giveUp(new FailureView(Phases.COPY, "", e.toString(), "", List.of(), 0, false));
            } catch (ExpectedFailure left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    // Only an estimate for later starts is lost without it.
    private void noteTime() {
        try {
            new StartTimes(store.historyFile())
                    .note(manifest.vagrantfile(), Duration.between(startedAt(), Instant.now()));
        } catch (IOException e) {
            LOG.warn("how long the start of {} took can't be noted", sandbox(), e);
        }
    }

    // Null when all went well.
    private @Nullable FailureView attempt() throws IOException, InterruptedException {
        journal().append(JournalEntry.phase(id(), "", Phases.COPY, startedAt()));
        copy();
        vagrant.version();
        FailureView failure = preparation.read();
        if (failure != null) {
            return failure;
        }
        try (StartSlots.Slot slot =
                slots.take(place -> journal().append(JournalEntry.queued(id(), place)), () -> cancelled)) {
            if (slot == null || cancelled) {
                return stopped(Phases.COPY, "");
            }
            failure = up();
        }
        // Others may boot meanwhile, as with Inspect.
        return failure == null ? preparation.bring(present()) : failure;
    }

    private @Nullable FailureView up() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(Vagrant.UP_OPTIONS);
        request.provider().ifPresent(provider -> arguments.add("--provider=" + provider));
        Path log = CommandLogs.next(files(), "up");
        journal().append(JournalEntry.phase(id(), "", Phases.LOAD, Instant.now()));
        String text = OrdinaryFile.text(files().vagrantfile());
        VagrantRun started =
                vagrant.start(files().directory(), arguments, manifest.context().environment(), log);
        run = started;
        journal()
                .append(JournalEntry.command(
                        id(), "up", files().directory().relativize(log).toString(), started.identity()));
        if (cancelled) {
            started.interrupt();
        }
        StartNews news = new StartNews(this, request.primary(), PrimaryMachine.in(text));
        UpOutput output = new UpOutput(news);
        int exitCode;
        try {
            exitCode = started.follow(line -> {
                output.line(line);
                if (news.wrongPrimary().isPresent() && !cancelled) {
                    interruptQuietly(started);
                }
            });
        } catch (RuntimeException e) {
            // What it makes from now on nobody would see, so it must not go on alone.
            interruptQuietly(started);
            killAfterPatience(started);
            throw e;
        }
        if (exitCode == 0) {
            news.allNamed();
        }
        journal().append(JournalEntry.commandEnded(id(), exitCode));
        if (news.wrongPrimary().isPresent()) {
            ExpectedFailure wrong = news.wrongPrimary().get();
            return new FailureView(Phases.LOAD, "", wrong.getMessage(), wrong.nextStep(), List.of(), 0, false);
        }
        if (cancelled) {
            return stopped(
                    output.lastMachine().isEmpty() ? Phases.LOAD : output.phase(output.lastMachine()),
                    output.lastMachine());
        }
        return exitCode == 0
                ? missing(output)
                : whyNot(FailureExplainer.explain(output, exitCode, text, started.trace(), files().directory()));
    }

    // Vagrant can't say that the disk is full where its words go to that disk.
    private FailureView whyNot(FailureView said) {
        try {
            if (Files.getFileStore(files().directory()).getUsableSpace() >= LITTLE_ROOM) {
                return said;
            }
        } catch (IOException e) {
            LOG.debug("how much room is left can't be told", e);
            return said;
        }
        ExpectedFailure full = DiskFull.failure(files().directory(), null);
        return new FailureView(
                said.phase(), said.machine(), full.getMessage(), full.nextStep(), said.lines(), 0, false);
    }

    // Exit code 0 alone proves nothing: every machine that Vagrant named must have an id now.
    private @Nullable FailureView missing(UpOutput output) throws IOException {
        if (output.machines().isEmpty()) {
            return new FailureView(
                    Phases.LOAD,
                    "",
                    "Vagrant started no machine.",
                    "Check that the Vagrantfile defines one that starts by itself, and that it does not call exit.",
                    output.plainLines(),
                    0,
                    false);
        }
        List<LocalState.LocalMachine> made = LocalState.machines(files().directory());
        for (String machine : output.machines()) {
            if (made.stream()
                    .noneMatch(
                            local -> local.name().equals(machine) && !local.id().isEmpty())) {
                return new FailureView(
                        output.phase(machine).isEmpty() ? Phases.CREATE : output.phase(machine),
                        machine,
                        "Vagrant ended without an error, but made no machine " + machine + ".",
                        "Read the log of vagrant up.",
                        output.recentLines(machine),
                        0,
                        false);
            }
        }
        return null;
    }

    private FailureView stopped(String phase, String machine) {
        return new FailureView(phase, machine, "The start was cancelled.", "", List.of(), 0, true);
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
    }

    // The journal gets the cause first, so that it is known even if we are killed while we undo.
    private void giveUp(FailureView failure) throws IOException, InterruptedException {
        journal()
                .appendIfRoom(JournalEntry.failed(
                        id(),
                        failure.cancelled(),
                        failure.machine(),
                        failure.phase(),
                        new JournalEntry.Failure(
                                failure.sentence(), failure.nextStep(), failure.lines(), failure.vagrantfileLine())));
        if (kept(failure)) {
            pin("a start that failed");
            return;
        }
        destroyer.destroy(files(), Optional.of(manifest), true, journal());
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
        manifest = present().withPin(Optional.of(new Manifest.Pin(by, Instant.now(), Optional.empty())));
        store.write(files(), manifest);
    }

    // Somebody may have pinned the sandbox while it starts.
    private Manifest present() throws IOException {
        return SandboxStore.manifest(files()).orElse(manifest);
    }

    /** Notes the machines that Vagrant named; called before any of them is made. */
    public void machines(List<String> names, @Nullable String primary) {
        try {
            manifest = present().withMachines(names, primary);
            store.write(files(), manifest);
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
        if (cancelled || done().isDone()) {
            return;
        }
        cancelled = true;
        preparation.cancel();
        VagrantRun current = run;
        if (current != null) {
            interruptQuietly(current);
            // Vagrant may be stuck in a call that heeds no signal; the VM is destroyed afterwards in any case.
            Thread.ofVirtual().name("cancel-" + sandbox()).start(() -> killAfterPatience(current));
        }
    }

    private static void interruptQuietly(VagrantRun current) {
        try {
            current.interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killAfterPatience(VagrantRun current) {
        try {
            Instant end = Instant.now().plus(PATIENCE);
            while (current.alive() && Instant.now().isBefore(end)) {
                Thread.sleep(200);
            }
            if (current.alive()) {
                current.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean cancellable() {
        return !cancelled && !done().isDone();
    }
}
