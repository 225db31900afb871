package dev.corral.core.sandbox;

import dev.corral.core.ExpectedFailure;
import dev.corral.core.PlainText;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.process.Processes;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.LogText;
import dev.corral.core.vagrant.MachineReadable;
import dev.corral.core.vagrant.Phases;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantProcesses;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Destroys a sandbox: Vagrant with the sandbox's own context, then the hypervisor's word that nothing is left, and only
 * then the directory. Whoever calls it holds the sandbox's lock.
 */
final class Destroyer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOCK_STEP = Duration.ofMillis(500);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Hypervisors hypervisors;

    Destroyer(SandboxStore store, Vagrant vagrant, Hypervisors hypervisors) {
        this.store = store;
        this.vagrant = vagrant;
        this.hypervisors = hypervisors;
    }

    /**
     * Destroys everything of the sandbox.
     *
     * @param keepStory whether manifest, journal and logs are kept among the ended ones
     * @throws ExpectedFailure if something is left or can not be confirmed; the directory then stays, as the only handle
     */
    void destroy(SandboxFiles files, Optional<Manifest> manifest, boolean keepStory) throws IOException, InterruptedException {
        Journal journal = new Journal(files.journal());
        String workflow = "destroy-" + Long.toHexString(System.nanoTime());
        List<JournalEntry> story = journal.read();
        journal.appendIfRoom(JournalEntry.started(workflow, Workflow.Kind.DESTROY));
        try {
            endLeftovers(files, story);
            List<LocalMachine> machines = LocalState.machines(files.directory()).stream().filter(machine -> !machine.id().isEmpty()).toList();
            if (!machines.isEmpty()) {
                runVagrant(files, manifest, journal, workflow);
            }
            journal.appendIfRoom(JournalEntry.phase(workflow, "", "confirm", Instant.now()));
            confirm(files, machines, manifest.isPresent(), mayBeHalfMade(story));
            journal.appendIfRoom(JournalEntry.of(Event.WORKFLOW_ENDED, workflow));
        } catch (ExpectedFailure e) {
            journal.appendIfRoom(JournalEntry.failed(workflow, false, null, "destroy",
                    new JournalEntry.Failure(e.getMessage(), e.nextStep(), e.details().lines().toList(), 0)));
            throw e;
        } catch (IOException | RuntimeException | InterruptedException e) {
            // A bug, but an ending too: without it the destroy would look under way for as long as this process lives.
            journal.appendIfRoom(JournalEntry.failed(workflow, false, null, "destroy",
                    new JournalEntry.Failure(e.toString(), null, List.of(), 0)));
            throw e;
        }
        store.remove(files, keepStory);
    }

    // A Vagrant whose Corral was killed may still be making the VM that is to be destroyed.
    private static void endLeftovers(SandboxFiles files, List<JournalEntry> story) throws IOException, InterruptedException {
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
                    throw ExpectedFailure.failed("Vagrant still works on this sandbox as process " + leftover.pid() + " and can't be ended.",
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

    // Whether Vagrant may have made a machine and not noted its id: it was at work on one, or nobody saw where it ended.
    private static boolean mayBeHalfMade(List<JournalEntry> story) {
        boolean cutOff = false;
        boolean making = false;
        for (JournalEntry entry : story) {
            switch (entry.event()) {
                case COMMAND_STARTED -> cutOff = true;
                case COMMAND_ENDED -> cutOff = false;
                case PHASE -> making |= entry.machine() != null && !entry.machine().isEmpty()
                        && !Phases.LOAD.equals(entry.phase()) && !Phases.BOX.equals(entry.phase());
                default -> {
                    // Tells nothing about machines.
                }
            }
        }
        return cutOff || making;
    }

    private void runVagrant(SandboxFiles files, Optional<Manifest> manifest, Journal journal, String workflow)
            throws IOException, InterruptedException {
        Map<String, String> context = manifest.map(known -> known.context().environment())
                .orElseGet(() -> Map.of("INSPECT_VM_SUFFIX", "-" + files.id()));
        journal.appendIfRoom(JournalEntry.phase(workflow, "", "destroy", Instant.now()));
        Instant end = Instant.now().plus(LOCK_PATIENCE);
        while (true) {
            List<String> said = new ArrayList<>();
            AtomicBoolean locked = new AtomicBoolean();
            Path log = CommandLogs.nextWithRoom(files, "destroy");
            VagrantRun run = vagrant.start(files.directory(), List.of("destroy", "--force", "--machine-readable"), context, log);
            journal.appendIfRoom(JournalEntry.command(workflow, "destroy", files.directory().relativize(log).toString(), run.identity()));
            int exitCode = run.follow(line -> {
                locked.compareAndSet(false, MachineReadable.parse(line).filter(MachineReadable::machineLocked).isPresent());
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
            // Even a look such as vagrant ssh-config holds a machine's lock for a moment, and Vagrant itself does not wait.
            if (!locked.get() || Instant.now().isAfter(end)) {
                throw ExpectedFailure.failed("vagrant destroy ended with exit code " + exitCode + ".",
                        "The VM may still exist. Read the lines, mend the cause and destroy again.")
                        .withDetails(String.join("\n", said.subList(Math.max(0, said.size() - 12), said.size())));
            }
            Thread.sleep(LOCK_STEP);
        }
    }

    private void confirm(SandboxFiles files, List<LocalMachine> before, boolean ours, boolean halfMade) throws IOException {
        Set<String> providers = new HashSet<>(before.stream().map(LocalMachine::provider).toList());
        LocalState.machines(files.directory()).forEach(machine -> providers.add(machine.provider()));
        HypervisorSnapshot snapshot = hypervisors.ask(providers);
        for (LocalMachine machine : before) {
            if (snapshot.find(machine.provider(), machine.id()).isPresent()) {
                throw ExpectedFailure.failed("vagrant destroy said it was done, but " + machine.provider() + " still has " + machine.name() + ".",
                        "Destroy again; the directory stays, so that the VM is not lost.");
            }
            if (hypervisors.known().contains(machine.provider()) && !snapshot.answered().contains(machine.provider())) {
                throw ExpectedFailure.failed("Nobody could confirm that " + machine.name() + " is gone: "
                        + String.join(" ", snapshot.problems()), "Mend that and destroy again; the directory stays until then.");
            }
        }
        // Of a provider that we can not ask, the id that Vagrant clears is the only witness.
        for (LocalMachine after : LocalState.machines(files.directory())) {
            if (!after.id().isEmpty() && !hypervisors.known().contains(after.provider())) {
                throw ExpectedFailure.failed("vagrant destroy said it was done, but still notes " + after.name() + ".",
                        "Destroy again; the directory stays, so that the VM is not lost.");
            }
        }
        Set<String> silent = new TreeSet<>(providers);
        silent.retainAll(hypervisors.known());
        silent.removeAll(snapshot.answered());
        if (halfMade && !silent.isEmpty()) {
            throw ExpectedFailure.failed("Nobody could confirm that nothing of a half-made machine is left: "
                    + String.join(" ", snapshot.problems()), "Mend that and destroy again; the directory stays until then.");
        }
        if (ours) {
            removeHalfMade(files, snapshot);
        }
    }

    // Killed between making a domain and noting its id, Vagrant leaves one that only its name ties to us.
    private void removeHalfMade(SandboxFiles files, HypervisorSnapshot snapshot) throws IOException {
        for (HypervisorObject object : snapshot.objects().values()) {
            if (object.provider().equals("libvirt") && object.name().startsWith(files.id() + "_")) {
                hypervisors.remove(object);
            }
        }
    }
}
