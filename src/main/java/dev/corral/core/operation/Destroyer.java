package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.code.MachineIds;
import dev.corral.core.code.SandboxCode;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.process.Processes;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.LastSave;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.ManifestFile;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.LogText;
import dev.corral.core.vagrant.MachineReadable;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantProcesses;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys a sandbox: Vagrant with the sandbox's own context, the hypervisor by id where Vagrant can't, then the hypervisor's
 * word that nothing is left, and only then the directory. Whoever calls it holds the sandbox's lock.
 */
final class Destroyer {
    private static final Logger LOG = LoggerFactory.getLogger(Destroyer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOCK_STEP = Duration.ofMillis(500);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Hypervisors hypervisors;
    private final Remains remains;
    private final MachineIds ids;
    private final LastSave last;

    /** @param last saves what would be lost with the machines */
    Destroyer(SandboxStore store, Vagrant vagrant, Hypervisors hypervisors, LastSave last) {
        this.last = last;
        this.store = store;
        this.vagrant = vagrant;
        this.hypervisors = hypervisors;
        this.remains = new Remains(hypervisors, vagrant.home());
        this.ids = new MachineIds(hypervisors);
    }

    /**
     * Destroys everything of the sandbox.
     *
     * @param keepStory whether manifest, journal and logs are kept among the ended ones
     * @param journal   the sandbox's
     * @param workflow  the id under which the journal tells of it
     * @param guard     asked at the moment in which it begins, while nobody can pin the sandbox
     * @throws ExpectedFailure if something is left or can not be confirmed; the directory then stays, as the only handle
     */
    void destroy(
            SandboxFiles files,
            Optional<Manifest> manifest,
            boolean keepStory,
            OperationJournal journal,
            String workflow,
            DestroyGuard guard)
            throws IOException, InterruptedException {
        HostContext context = Manifest.hosts(manifest);
        List<JournalEntry> story = journal.read();
        ManifestFile.locked(files, () -> {
            Optional<Manifest> known = SandboxStore.known(files);
            guard.check(known);
            journal.appendIfRoom(
                    JournalEntry.started(workflow, OperationKind.DESTROY, new OperationTarget.Sandbox(files.id())));
            return known;
        });
        journal.ending(workflow, failure -> OperationJournal.explain(failure, Phase.of(PhaseKind.DESTROY)), () -> {
            endLeftovers(files, story);
            List<LocalMachine> unclear = requireOwnIds(files, context, journal, workflow);
            // What a guest writes there from now on is not looked at.
            List<LocalMachine> machines = ids.ours(files, context);
            if (!machines.isEmpty()) {
                save(files, journal, workflow);
                journal.appendIfRoom(JournalEntry.phase(workflow, Phase.of(PhaseKind.DESTROY), Instant.now()));
                destroyMachines(files, manifest, machines, "", journal, workflow);
            }
            List<LocalMachine> all = new ArrayList<>(machines);
            all.addAll(remains.forgotten(files, context, machines));
            if (all.size() > machines.size()) {
                // Vagrant has nothing to go by, and might take another's disk for this machine's.
                removeAtHypervisor(remains.of(context, all), "", journal, workflow, "");
            }
            journal.appendIfRoom(JournalEntry.phase(workflow, Phase.of(PhaseKind.CONFIRM), Instant.now()));
            remains.confirm(files, context, all, mayBeHalfMade(story));
            remains.forget(files, manifest, name -> true);
            requireNothingUnclear(files, unclear);
        });
        store.remove(files, keepStory);
    }

    private void save(SandboxFiles files, OperationJournal journal, String workflow) throws InterruptedException {
        Optional<LastSave.Work> work;
        try {
            work = last.of(files);
        } catch (RuntimeException e) {
            // The machines go all the same.
            LOG.error("nothing is saved before {} is destroyed", files.id(), e);
            return;
        }
        if (work.isPresent()) {
            journal.appendIfRoom(JournalEntry.phase(workflow, Phase.of(PhaseKind.SAVE), Instant.now()));
            work.get().run();
        }
    }

    /**
     * Destroys one machine of several; what Vagrant notes of it goes only when the hypervisor has confirmed it. Whoever calls it
     * writes its beginning and its ending.
     *
     * @param machine what Vagrant notes of it, for each provider that it was made with
     * @throws ExpectedFailure if it is left or can not be confirmed
     */
    void destroyMachine(
            SandboxFiles files,
            Optional<Manifest> manifest,
            List<LocalMachine> machine,
            OperationJournal journal,
            String command)
            throws IOException, InterruptedException {
        String name = machine.getFirst().name();
        // What is saved lies in the machine that is solved in.
        if (manifest.flatMap(Manifest::primary).map(name::equals).orElse(true)) {
            save(files, journal, command);
        }
        destroyMachines(files, manifest, machine, name, journal, command);
        remains.confirmGone(files, Manifest.hosts(manifest), machine);
        remains.forget(files, manifest, name::equals);
        MachineIdentity.forget(files, name::equals);
        SafeFiles.deleteTree(
                Objects.requireNonNull(machine.getFirst().directory().getParent()));
    }

    /**
     * Puts back the ids of the sandbox's own machines where others lie in their place: nothing of another's may be destroyed. Whoever calls
     * it holds the sandbox's lock, and reads what Vagrant notes afterwards.
     *
     * @return what was in their place and may be a VM that nothing says whose it is
     */
    List<LocalMachine> requireOwnIds(SandboxFiles files, HostContext context, OperationJournal journal, String workflow)
            throws IOException {
        return ids.check(
                files,
                context,
                WhenChanged.RESTORE,
                sentence -> journal.appendIfRoom(JournalEntry.noted(workflow, sentence)));
    }

    // Made by hand in this sandbox, its directory may be the only handle; of a guest's invention it is nothing.
    private static void requireNothingUnclear(SandboxFiles files, List<LocalMachine> unclear) {
        if (!unclear.isEmpty()) {
            LocalMachine first = unclear.getFirst();
            throw ExpectedFailure.failed(
                    "The VMs of " + files.id() + " are destroyed. In the place of " + PlainText.line(first.name(), 100)
                            + " another one was named, " + PlainText.line(first.id(), 100) + " of " + first.provider()
                            + ", and nothing says whose that is.",
                    "If you made it by hand in this sandbox, remove it there; then destroy again.");
        }
    }

    /** Whose VM an id names. */
    MachineIds ids() {
        return ids;
    }

    // A Vagrant whose Corral was killed may still be making the VM that is to be destroyed.
    private static void endLeftovers(SandboxFiles files, List<JournalEntry> story)
            throws IOException, InterruptedException {
        Set<ProcessIdentity> leftovers = new LinkedHashSet<>(VagrantProcesses.upIn(files.directory()));
        ProcessIdentity noted = null;
        for (JournalEntry entry : story) {
            if (entry.event() == Event.COMMAND_STARTED) {
                noted = entry.process();
            } else if (entry.event() == Event.COMMAND_ENDED) {
                noted = null;
            }
        }
        if (noted != null) {
            leftovers.add(noted);
        }
        for (ProcessIdentity leftover : leftovers) {
            Processes.interrupt(leftover);
            if (!ended(leftover, PATIENCE)) {
                Processes.kill(leftover);
                if (!ended(leftover, AFTER_KILL)) {
                    throw ExpectedFailure.failed(
                            "Vagrant still works on this sandbox as process " + leftover.pid() + " and can't be ended.",
                            "Look at that process, then destroy the sandbox again.");
                }
            }
        }
    }

    private static boolean ended(ProcessIdentity process, Duration patience) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (process.life() == Life.ALIVE) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    // Whether Vagrant may have made a machine and not noted its id: it was at work on one, or nobody saw where it
    // ended.
    private static boolean mayBeHalfMade(List<JournalEntry> story) {
        boolean cutOff = false;
        boolean making = false;
        for (JournalEntry entry : story) {
            switch (entry.event()) {
                case COMMAND_STARTED -> cutOff = true;
                case COMMAND_ENDED -> cutOff = false;
                case PHASE ->
                    making |= entry.machine() != null
                            && !entry.machine().isEmpty()
                            && entry.inPhase().kind() != PhaseKind.LOAD
                            && entry.inPhase().kind() != PhaseKind.BOX;
                default -> {
                    // Tells nothing about machines.
                }
            }
        }
        return cutOff || making;
    }

    // Vagrant knows best what belongs to a machine. Where it can't, because its file, plugin or machine's name is not
    // what it was,
    // the hypervisor can, by the id that Vagrant noted. No name means all.
    private void destroyMachines(
            SandboxFiles files,
            Optional<Manifest> manifest,
            List<LocalMachine> machines,
            String name,
            OperationJournal journal,
            String workflow)
            throws IOException, InterruptedException {
        ExpectedFailure refusal = null;
        try {
            runVagrant(files, manifest, name, journal, workflow);
        } catch (VagrantBusy e) {
            throw e.failure;
        } catch (ExpectedFailure e) {
            refusal = e;
        }
        HostContext hosts = Manifest.hosts(manifest);
        List<HypervisorObject> left = remains.of(hosts, machines);
        if (!left.isEmpty()) {
            removeAtHypervisor(left, name, journal, workflow, refusal == null ? "" : refusal.details());
        } else if (refusal != null && !remains.tellsAll(hosts, machines)) {
            throw refusal;
        }
    }

    private void removeAtHypervisor(
            List<HypervisorObject> left, String name, OperationJournal journal, String workflow, String details)
            throws IOException {
        if (left.isEmpty()) {
            return;
        }
        journal.appendIfRoom(JournalEntry.phase(workflow, Phase.of(PhaseKind.REMOVE, name), Instant.now()));
        for (HypervisorObject object : left) {
            try {
                hypervisors.remove(object);
            } catch (IOException e) {
                throw ExpectedFailure.failed(
                                PlainText.line(String.valueOf(e.getMessage()), 300) + ".",
                                "Mend what it names and destroy again; the directory stays, so that the VM is not lost.",
                                e)
                        .withDetails(details);
            }
        }
    }

    /** Another command works on a machine of this sandbox: nothing may be taken from under it. */
    private static final class VagrantBusy extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ExpectedFailure failure;

        VagrantBusy(ExpectedFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private void runVagrant(
            SandboxFiles files, Optional<Manifest> manifest, String name, OperationJournal journal, String workflow)
            throws IOException, InterruptedException {
        // A VM must not stay because a guest wrote into its files, nor is what it wrote run.
        SandboxCode.check(
                files, WhenChanged.RESTORE, sentence -> journal.appendIfRoom(JournalEntry.noted(workflow, sentence)));
        Map<String, String> context = new HashMap<>(Manifest.environment(files.id(), manifest));
        // To destroy a machine it is no matter what a secret is, but without any the file may not load.
        vagrant.unset(SandboxVagrantfile.secrets(manifest)).forEach(secret -> context.put(secret, "withheld"));
        List<String> arguments = name.isEmpty()
                ? List.of("destroy", "--force", "--machine-readable")
                : List.of("destroy", "--force", "--machine-readable", name);
        Instant end = Instant.now().plus(LOCK_PATIENCE);
        while (true) {
            List<String> said = new ArrayList<>();
            AtomicBoolean locked = new AtomicBoolean();
            Path log = CommandLogs.nextWithRoom(files, "destroy");
            VagrantRun run = vagrant.start(files.directory(), arguments, context, log);
            journal.appendIfRoom(JournalEntry.command(workflow, "destroy", files.nameOf(log), run.identity()));
            int exitCode = run.follow(line -> {
                locked.compareAndSet(
                        false,
                        MachineReadable.parse(line)
                                .filter(MachineReadable::machineLocked)
                                .isPresent());
                for (LogLine shown : LogText.of(line)) {
                    if (shown.level() == LogLine.Level.ERROR || shown.at().isEmpty()) {
                        said.add(PlainText.line(shown.text(), 300));
                    }
                }
            });
            journal.appendIfRoom(JournalEntry.commandEnded(workflow, exitCode));
            if (exitCode == 0) {
                return;
            }
            // Even a look such as vagrant ssh-config holds a machine's lock for a moment, and Vagrant itself does not
            // wait.
            if (!locked.get() || Instant.now().isAfter(end)) {
                ExpectedFailure failure = ExpectedFailure.failed(
                                "vagrant destroy ended with exit code " + exitCode + ".",
                                "The VM may still exist. Read the lines, mend the cause and destroy again.")
                        .withDetails(String.join("\n", said.subList(Math.max(0, said.size() - 12), said.size())));
                throw locked.get() ? new VagrantBusy(failure) : failure;
            }
            Thread.sleep(LOCK_STEP);
        }
    }
}
