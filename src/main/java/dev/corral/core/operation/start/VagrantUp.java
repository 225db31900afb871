package dev.corral.core.operation.start;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.operation.CommandLogs;
import dev.corral.core.operation.StartOperation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.boot.BootWatch;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.UpOutput;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantHome;
import dev.corral.core.vagrant.VagrantRun;
import dev.corral.core.vagrantfile.LoadedVagrant;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.hook.MachineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a start that is {@code vagrant up}: it runs on the start's thread and is cancelled from any. */
public final class VagrantUp {
    private static final Logger LOG = LoggerFactory.getLogger(VagrantUp.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** With fewer bytes free, a failure is put down to the full disk. */
    private static final long LITTLE_ROOM = 16 * 1024;

    private final StartOperation task;
    private final StartRequest request;
    private final Vagrant vagrant;
    private final VagrantStop stop;
    private volatile List<MachineRun> told = List.of();

    /** Runs it for this start. */
    public VagrantUp(StartOperation task, StartRequest request, Vagrant vagrant) {
        this.task = task;
        this.request = request;
        this.vagrant = vagrant;
        stop = new VagrantStop(task.sandbox(), PATIENCE);
    }

    /** How a start ends that was cancelled in this phase. */
    public static FailureView stopped(Phase phase) {
        return new FailureView(phase, "The start was cancelled.", "", List.of(), 0, true);
    }

    /**
     * Runs Vagrant to its end; null when all went well.
     *
     * @param manifest   what the sandbox was started with
     * @param resolution what the Vagrantfile means where it was written: provisioners that only it names are missed, too
     * @param loaded     a Vagrant that has loaded itself and waits to go on as this one
     */
    public @Nullable FailureView run(Manifest manifest, Resolution resolution, Optional<LoadedVagrant> loaded)
            throws IOException, InterruptedException {
        Attempt attempt = attempt(manifest, resolution, true, loaded);
        // What keeps Vagrant from its Vagrantfile may be our Ruby's place, which a Vagrant in a container can't see.
        return attempt.cameToNothing() && !stop.asked()
                ? attempt(manifest, resolution, false, Optional.empty()).failure()
                : attempt.failure();
    }

    /** What was told of the machines' provisioners by the run that has ended; nothing before. */
    public List<MachineRun> told() {
        return told;
    }

    private record Attempt(@Nullable FailureView failure, boolean cameToNothing) {}

    private Attempt attempt(Manifest manifest, Resolution resolution, boolean hooked, Optional<LoadedVagrant> loaded)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(Vagrant.UP_OPTIONS);
        request.provider().ifPresent(provider -> arguments.add("--provider=" + provider));
        Path log = CommandLogs.next(task.files(), "up");
        task.journal().append(JournalEntry.phase(task.id(), Phase.of(PhaseKind.LOAD), Instant.now()));
        String text = OrdinaryFile.text(SandboxVagrantfile.of(task.files(), Optional.of(manifest)));
        Map<String, String> context = manifest.context().environment();
        try (BootWatch boots = BootWatch.of(
                        task.files(),
                        task.id(),
                        vagrant.environment(),
                        VagrantHome.of(vagrant.environment(), context),
                        manifest.context().hosts());
                HookedRun started = HookedRun.start(
                        task.files(), vagrant, arguments, context, log, hooked, Optional.empty(), loaded)) {
            FailureView failure = follow(started, log, text, Optional.of(resolution), boots);
            if (failure != null) {
                boots.failed(kept -> task.journal().appendIfRoom(boots.entry(kept)));
            }
            told = started.told();
            return new Attempt(failure, started.cameToNothing());
        }
    }

    private @Nullable FailureView follow(
            HookedRun vagrantUp, Path log, String text, Optional<Resolution> resolution, BootWatch boots)
            throws IOException, InterruptedException {
        VagrantRun started = vagrantUp.run();
        task.journal().append(JournalEntry.command(task.id(), "up", task.files().nameOf(log), started.identity()));
        stop.begun(started);
        StartNews news = new StartNews(task, boots);
        UpOutput output = new UpOutput(news);
        int exitCode;
        try {
            exitCode = vagrantUp.follow(output::line);
        } catch (RuntimeException e) {
            // What it makes from now on nobody would see, so it must not go on alone.
            stop.endNow();
            throw e;
        }
        task.journal().append(JournalEntry.commandEnded(task.id(), exitCode));
        if (stop.asked()) {
            return stopped(
                    output.phase(output.lastMachine()).orElseGet(() -> Phase.of(PhaseKind.LOAD, output.lastMachine())));
        }
        if (exitCode == 0) {
            FailureView missing = missing(output);
            return missing != null ? missing : unprovisioned(vagrantUp.told(), output, resolution);
        }
        return whyNot(FailureExplainer.explain(
                output, exitCode, text, started.trace(), task.files().directory()));
    }

    // Nor that every provisioner ran which should have.
    private static @Nullable FailureView unprovisioned(
            List<MachineRun> told, UpOutput output, Optional<Resolution> resolution) {
        return told.stream()
                .map(run -> ProvisionerCheck.failure(
                        run,
                        resolution.flatMap(known -> known.machine(run.machine())),
                        true,
                        output.provisioners(run.machine())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    // Vagrant can't say that the disk is full where its words go to that disk.
    private FailureView whyNot(FailureView said) {
        try {
            if (Files.getFileStore(task.files().directory()).getUsableSpace() >= LITTLE_ROOM) {
                return said;
            }
        } catch (IOException e) {
            LOG.debug("how much room is left can't be told", e);
            return said;
        }
        ExpectedFailure full = DiskFull.failure(task.files().directory(), null);
        return new FailureView(said.in(), full.getMessage(), full.nextStep(), said.lines(), 0, false);
    }

    // Exit code 0 alone proves nothing: every machine that Vagrant named must have an id now.
    private @Nullable FailureView missing(UpOutput output) throws IOException {
        if (output.machines().isEmpty()) {
            return new FailureView(
                    Phase.of(PhaseKind.LOAD),
                    "Vagrant started no machine.",
                    "Check that the Vagrantfile defines one that starts by itself, and that it does not call exit.",
                    output.plainLines(),
                    0,
                    false);
        }
        List<LocalState.LocalMachine> made = LocalState.machines(task.files().directory());
        for (String machine : output.machines()) {
            if (made.stream()
                    .noneMatch(
                            local -> local.name().equals(machine) && !local.id().isEmpty())) {
                return new FailureView(
                        output.phase(machine).orElseGet(() -> Phase.of(PhaseKind.CREATE, machine)),
                        "Vagrant ended without an error, but made no machine " + machine + ".",
                        "Read the log of vagrant up.",
                        output.recentLines(machine),
                        0,
                        false);
            }
        }
        return null;
    }

    /** Interrupts Vagrant, or lets it end at once when it has not begun. The VM is destroyed afterwards in any case. */
    public void cancel() {
        stop.ask();
    }
}
