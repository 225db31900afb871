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
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Destroys a sandbox: Vagrant with the sandbox's own context, then the hypervisor's word that nothing is left, and only
 * then the directory. Whoever calls it holds the sandbox's lock.
 */
final class Destroyer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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
        journal.append(JournalEntry.started(workflow, Workflow.Kind.DESTROY));
        try {
            endLeftover(journal.read());
            List<LocalMachine> machines = LocalState.machines(files.directory()).stream().filter(machine -> !machine.id().isEmpty()).toList();
            if (!machines.isEmpty()) {
                runVagrant(files, manifest, journal, workflow);
            }
            journal.append(JournalEntry.phase(workflow, "", "confirm", Instant.now()));
            confirm(files, machines, manifest.isPresent());
            journal.append(JournalEntry.of(Event.WORKFLOW_ENDED, workflow));
        } catch (ExpectedFailure e) {
            journal.append(JournalEntry.failed(workflow, false, null, "destroy",
                    new JournalEntry.Failure(e.getMessage(), e.nextStep(), e.details().lines().toList(), 0)));
            throw e;
        }
        store.remove(files, keepStory);
    }

    // A Vagrant whose Corral was killed may still be making the VM that is to be destroyed.
    private static void endLeftover(List<JournalEntry> entries) throws IOException, InterruptedException {
        ProcessIdentity leftover = null;
        for (JournalEntry entry : entries) {
            if (entry.event() == Event.COMMAND_STARTED) {
                leftover = entry.process();
            } else if (entry.event() == Event.COMMAND_ENDED) {
                leftover = null;
            }
        }
        if (leftover == null || leftover.life() != Life.ALIVE) {
            return;
        }
        Processes.interrupt(leftover);
        Instant end = Instant.now().plus(PATIENCE);
        while (leftover.life() == Life.ALIVE) {
            if (Instant.now().isAfter(end)) {
                throw ExpectedFailure.failed("Vagrant still works on this sandbox as process " + leftover.pid() + ".",
                        "Wait until it has ended, then destroy the sandbox again.");
            }
            Thread.sleep(200);
        }
    }

    private void runVagrant(SandboxFiles files, Optional<Manifest> manifest, Journal journal, String workflow)
            throws IOException, InterruptedException {
        Map<String, String> context = manifest.map(known -> known.context().environment())
                .orElseGet(() -> Map.of("INSPECT_VM_SUFFIX", "-" + files.id()));
        Path log = CommandLogs.next(files, "destroy");
        journal.append(JournalEntry.phase(workflow, "", "destroy", Instant.now()));
        VagrantRun run = vagrant.start(files.directory(), List.of("destroy", "--force", "--machine-readable"), context, log);
        journal.append(JournalEntry.command(workflow, "destroy", files.directory().relativize(log).toString(), run.identity()));
        List<String> said = new ArrayList<>();
        int exitCode = run.follow(line -> {
            for (LogLine shown : LogText.of(line)) {
                if (shown.level() == LogLine.Level.ERROR || shown.at().isEmpty()) {
                    said.add(PlainText.line(shown.text(), 300));
                }
            }
        });
        journal.append(JournalEntry.commandEnded(workflow, exitCode));
        if (exitCode != 0) {
            throw ExpectedFailure.failed("vagrant destroy ended with exit code " + exitCode + ".",
                    "The VM may still exist. Read the lines, mend the cause and destroy again.")
                    .withDetails(String.join("\n", said.subList(Math.max(0, said.size() - 12), said.size())));
        }
    }

    private void confirm(SandboxFiles files, List<LocalMachine> before, boolean ours) throws IOException {
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
