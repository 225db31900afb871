package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.LastOnes;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.code.CodeKeeper;
import dev.corral.core.code.CodeRenewal;
import dev.corral.core.code.MachineIds;
import dev.corral.core.code.SandboxCode;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.operation.boot.BootWatch;
import dev.corral.core.operation.failed.LockedMachine;
import dev.corral.core.operation.start.HookedRun;
import dev.corral.core.operation.start.ProvisionerCheck;
import dev.corral.core.operation.start.VagrantStop;
import dev.corral.core.operation.update.JournalState;
import dev.corral.core.operation.update.KnownProvisioners;
import dev.corral.core.operation.update.MachineNotes;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.LogText;
import dev.corral.core.vagrant.MachineReadable;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.UpOutput;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantHome;
import dev.corral.core.vagrant.VagrantRun;
import dev.corral.core.vagrantfile.hook.ChosenProvisioners;
import dev.corral.core.vagrantfile.hook.MachineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs one Vagrant command on machines that exist, with the context that they were started with. Its ending is not the sandbox's state,
 * which remains what its machines say.
 */
final class MachineOperation extends SandboxTask {
    private static final int SHOWN_LINES = 12;
    private static final int KEPT_LINES = 200;

    private final Optional<Manifest> manifest;
    private final String machine;
    private final MachineVerb command;
    private final Vagrant vagrant;
    private final Hypervisors hypervisors;
    private final KnownProvisioners known;
    private final Consumer<LogLine> lines;
    private final DestroyGuard guard;
    private final WhenChanged changed;
    private final Set<String> booted = new HashSet<>();
    private Optional<ChosenProvisioners.Order> order = Optional.empty();
    private final UpOutput output = new UpOutput(
            new UpOutput.Listener() {
                @Override
                public void phase(Phase phase, Instant at) {
                    if (phase.kind() == PhaseKind.BOOT) {
                        booted.add(phase.machine());
                    }
                    journal().appendIfRoom(JournalEntry.phase(id(), phase, at));
                    Optional.ofNullable(boots).ifPresent(watch -> watch.phase(phase));
                }

                @Override
                public void address(String on, String address) {
                    journal().appendIfRoom(JournalEntry.machine(id(), on, address));
                }

                @Override
                public void booted(String on) {
                    journal().appendIfRoom(JournalEntry.machine(id(), on, null));
                    Optional.ofNullable(boots).ifPresent(watch -> watch.answers(on));
                }
            },
            (on, next) -> order.flatMap(chosen -> chosen.next(next.name(), next.type()))
                    .orElse(next.position()));
    private boolean locked;
    private final VagrantStop stop;
    private volatile @Nullable VagrantRun run;
    private volatile @Nullable BootWatch boots;

    /**
     * What it works with.
     *
     * @param vagrant      the Vagrant that it runs
     * @param hypervisors  asked what came of it
     * @param provisioners known by position and name
     */
    record Tools(Vagrant vagrant, Hypervisors hypervisors, KnownProvisioners provisioners) {}

    /**
     * @param machine the machine's full name; empty means all
     * @param guard   asked once the sandbox is locked
     * @param changed what happens when the sandbox's code is not what was copied
     */
    MachineOperation(
            SandboxFiles files,
            Optional<Manifest> manifest,
            String machine,
            MachineVerb command,
            Tools tools,
            Consumer<LogLine> lines,
            DestroyGuard guard,
            WhenChanged changed) {
        super(command.kind(), files, machine);
        this.manifest = manifest;
        this.machine = machine;
        this.command = command;
        this.vagrant = tools.vagrant();
        this.hypervisors = tools.hypervisors();
        this.known = tools.provisioners();
        this.lines = lines;
        this.guard = guard;
        this.changed = changed;
        stop = new VagrantStop(files.id(), command.patience());
    }

    // A snapshot's name is noted as a phase, which is no place where anything fails.
    @Override
    protected Phase failedPhase() {
        return kind().ofSnapshots() ? Phase.called(kind().words(), machine) : super.failedPhase();
    }

    @Override
    public boolean part() {
        return kind() == OperationKind.SHUT_DOWN;
    }

    @Override
    protected void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files())) {
            guard.check(SandboxStore.known(files()));
            requireMachine();
            journaled(this::command);
        }
    }

    private void command() throws IOException, InterruptedException {
        requireSecrets();
        CodeRenewal.finish(files(), this::say);
        SandboxCode.check(files(), changed, this::say);
        new MachineIds(hypervisors).check(files(), Manifest.hosts(manifest), changed, this::say);
        if (command.changesState()) {
            SshSettings.forget(files(), machine);
        }
        VerbOutcome outcome =
                new VerbOutcome(files(), machine, command, hypervisors, Manifest.hosts(manifest), neverMade());
        // By its name it is known later what the machines went back to.
        command.snapshot().ifPresent(one -> journal()
                .appendIfRoom(JournalEntry.phase(id(), Phase.called(one.name(), machine), Instant.now())));
        Optional<ChosenProvisioners> chosen = chosen(outcome);
        order = chosen.map(ChosenProvisioners::order);
        MachineVerb given = outcome.given();
        if (!given.equals(command)) {
            say("It runs already: the chosen provisioners run in it as corral provision runs them.");
        }
        LastOnes<String> said = new LastOnes<>(KEPT_LINES);
        Ended ended = runVagrant(given, said, outcome, command.boots(), chosen);
        if (ended.cameToNothing() && !stop.asked() && chosen.isEmpty()) {
            said.clear();
            ended = runVagrant(given, said, outcome, false, chosen);
        }
        if (command.boots()) {
            new MachineIds(hypervisors).learn(files(), Manifest.hosts(manifest));
            List<String> fresh = outcome.fresh();
            MachineNotes.ran(files(), fresh::contains, booted, ended.told());
        }
        int exitCode = ended.exitCode();
        String spoken = given.word().replace('-', ' ');
        if (stop.asked()) {
            throw new CancellationException("Vagrant was interrupted in the middle of " + given.word() + "."
                    + (stop.killed()
                            ? " It did not heed that and was ended; what it ran in the machine may go on there."
                            : ""));
        }
        if (exitCode != 0 && String.join(" ", said.all()).contains("this provider doesn't support this action")) {
            throw ExpectedFailure.failed(
                    "The provider of " + sandbox() + " can't " + spoken + " VMs.",
                    "Use what it can: corral halt and corral up always work.");
        }
        if (locked) {
            List<Path> homes = LockedMachine.homes(vagrant.environment(), sandbox(), manifest);
            ExpectedFailure held = LockedMachine.failure(files(), machine, homes, outcome.named(), output.begun());
            throw known(held, LockedMachine.view(held, failedPhase()));
        }
        if (exitCode != 0) {
            FailureView why = why(exitCode);
            throw failed(new FailureView(
                    // Vagrant that has named machines is past its loading.
                    why.in().kind() == PhaseKind.LOAD && !output.machines().isEmpty()
                            ? Phase.called(kind().words(), machine)
                            : why.in(),
                    "vagrant " + spoken + " ended with exit code " + exitCode + ": " + why.sentence()
                            + (outcome.news().isEmpty() ? "" : " " + outcome.news()),
                    why.nextStep().replace(FailureExplainer.KEEP_IT, "") + " corral logs " + sandbox()
                            + " shows all lines. The VM is as Vagrant left it.",
                    why.lines().isEmpty() ? said.last(SHOWN_LINES) : why.lines(),
                    why.vagrantfileLine(),
                    false,
                    why.layer(),
                    why.remedy()));
        }
        outcome.check(lines);
        checkProvisioners(ended.told(), chosen);
        notes(outcome);
    }

    private Optional<ChosenProvisioners> chosen(VerbOutcome outcome) throws IOException {
        return command.selection().all()
                ? Optional.empty()
                : known.choose(files(), manifest, outcome.single(), command.selection());
    }

    // What is known of the machines by now, and whether a start that failed has come to its good end.
    private void notes(VerbOutcome outcome) throws IOException {
        command.snapshotDone()
                .ifPresent(done -> MachineNotes.snapshot(
                        files(), outcome.targets(), command.after().getFirst(), done));
        if (command.boots() && JournalState.startFailed(journal().read()) && MachineNotes.complete(files(), manifest)) {
            journal().append(JournalEntry.of(JournalEntry.Event.START_COMPLETED, id()));
            CodeKeeper.settle(files());
            say("All that the failed start left undone is done by now: " + sandbox() + " counts as started.");
        }
    }

    private void say(String sentence) {
        journal().append(JournalEntry.noted(id(), sentence));
        lines.accept(new LogLine(Optional.empty(), "", LogLine.Level.STEP, sentence));
    }

    // As after a start, but only by what Vagrant itself had before it.
    private void checkProvisioners(List<MachineRun> told, Optional<ChosenProvisioners> chosen) {
        if (chosen.isPresent() && told.stream().allMatch(one -> one.chosen() == null)) {
            throw ExpectedFailure.failed(
                    "Vagrant ended without an error, and did not come to the chosen provisioners.",
                    (command.makes() ? "If it runs already, corral provision runs them. " : "") + "corral logs "
                            + sandbox() + " shows what it did.");
        }
        for (MachineRun one : told) {
            FailureView missing =
                    ProvisionerCheck.failure(one, Optional.empty(), false, output.provisioners(one.machine()));
            if (missing != null) {
                throw failed(missing);
            }
        }
    }

    private FailureView why(int exitCode) {
        String text;
        try {
            text = OrdinaryFile.text(SandboxVagrantfile.of(files(), manifest));
        } catch (IOException e) {
            // Without it fewer lines can be named.
            text = "";
        }
        return FailureExplainer.explain(
                output, exitCode, text, Objects.requireNonNull(run).trace(), files().directory());
    }

    // Without them the file would fail, or quietly define something else.
    private void requireSecrets() {
        List<String> unset = vagrant.unset(SandboxVagrantfile.secrets(manifest));
        if (!unset.isEmpty()) {
            String names = String.join(", ", unset);
            throw ExpectedFailure.failed(
                    "The Vagrantfile of " + sandbox() + " reads " + names
                            + ", set when it was started. Secrets are kept nowhere, and here it is not set.",
                    "Set " + names + " in the environment of this Corral, then try again.");
        }
    }

    // Vagrant says "not created" and ends well, as if something had been done.
    private void requireMachine() throws IOException {
        boolean made = LocalState.machines(files().directory()).stream()
                .anyMatch(local -> !local.id().isEmpty()
                        && (machine.isEmpty() || local.name().equals(machine)));
        if (!made && !mayBeMade() && neverMade().isEmpty()) {
            throw ExpectedFailure.notFound(
                    machine.isEmpty()
                            ? "Sandbox " + sandbox() + " has no VM."
                            : "The VM of " + sandbox() + "/" + machine + " does not exist.",
                    "corral list vms shows those that do.");
        }
    }

    // One that the Vagrantfile defines and that did not start by itself, or that was destroyed.
    private boolean mayBeMade() {
        return command.makes()
                && manifest.filter(known -> known.machines().contains(machine)
                                || known.spare().contains(machine))
                        .isPresent();
    }

    // Of a start that failed before it came to them: up of all is to do what is left. One that was destroyed since is
    // in no manifest.
    private List<String> neverMade() throws IOException {
        if (!command.makes()
                || !machine.isEmpty()
                || !JournalState.startFailed(journal().read())) {
            return List.of();
        }
        Set<String> made = LocalState.machines(files().directory()).stream()
                .filter(local -> !local.id().isEmpty())
                .map(LocalState.LocalMachine::name)
                .collect(Collectors.toSet());
        return manifest.map(Manifest::machines).orElse(List.of()).stream()
                .filter(name -> !made.contains(name))
                .toList();
    }

    private record Ended(int exitCode, boolean cameToNothing, List<MachineRun> told) {}

    private Ended runVagrant(
            MachineVerb given,
            LastOnes<String> said,
            VerbOutcome outcome,
            boolean hooked,
            Optional<ChosenProvisioners> chosen)
            throws IOException, InterruptedException {
        Map<String, String> context = Manifest.environment(sandbox(), manifest);
        Path log = CommandLogs.next(files(), given.word());
        // Named, Vagrant makes no other than these, whatever the Vagrantfile defines now.
        List<String> named = !machine.isEmpty()
                ? List.of(machine)
                : command.makes() || chosen.isPresent() ? outcome.named() : List.of();
        try (BootWatch watch = BootWatch.of(
                        files(),
                        id(),
                        vagrant.environment(),
                        VagrantHome.of(vagrant.environment(), context),
                        Manifest.hosts(manifest));
                HookedRun hookedRun =
                        HookedRun.start(files(), vagrant, given.arguments(named), context, log, hooked, chosen)) {
            boots = watch;
            int exitCode = follow(given, hookedRun, log, said, outcome);
            if (exitCode != 0 || stop.asked()) {
                watch.failed(kept -> journal().appendIfRoom(watch.entry(kept)));
            }
            return new Ended(exitCode, hookedRun.cameToNothing(), hookedRun.told());
        }
    }

    private int follow(MachineVerb given, HookedRun hooked, Path log, LastOnes<String> said, VerbOutcome outcome)
            throws IOException, InterruptedException {
        VagrantRun started = hooked.run();
        run = started;
        journal().append(JournalEntry.command(id(), given.word(), files().nameOf(log), started.identity()));
        stop.begun(started, given.patience());
        int exitCode = hooked.follow(line -> {
            outcome.line(line);
            output.line(line);
            locked |= MachineReadable.parse(line)
                    .filter(MachineReadable::machineLocked)
                    .isPresent();
            for (LogLine shown : LogText.of(line)) {
                // Errors come twice, once for programs.
                if (shown.level() != LogLine.Level.ERROR || !said.contains(shown.text())) {
                    said.add(shown.text());
                    lines.accept(shown);
                }
            }
        });
        journal().append(JournalEntry.commandEnded(id(), exitCode));
        return exitCode;
    }

    @Override
    public void cancel() {
        if (cancellable()) {
            stop.ask();
        }
    }

    @Override
    public boolean cancellable() {
        return !stop.asked() && !over();
    }
}
