package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.LogText;
import dev.corral.core.vagrant.UpOutput;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one Vagrant command on machines that exist, with the context that they were started with. In the journal it is a
 * command and no workflow, so the sandbox's state remains what its machines say.
 */
final class MachineOperation extends OperationTask {
    private static final int SHOWN_LINES = 12;

    private final Optional<Manifest> manifest;
    private final String machine;
    private final MachineVerb command;
    private final Vagrant vagrant;
    private final Hypervisors hypervisors;
    private final Consumer<LogLine> lines;
    private final DestroyGuard guard;
    private final UpOutput output = new UpOutput(UpOutput.Listener.NONE);
    private volatile boolean cancelled;
    private volatile @Nullable VagrantRun run;

    /**
     * @param machine the machine's full name; empty means all
     * @param guard   asked once the sandbox is locked
     */
    MachineOperation(
            SandboxFiles files,
            Optional<Manifest> manifest,
            String machine,
            MachineVerb command,
            Vagrant vagrant,
            Hypervisors hypervisors,
            Consumer<LogLine> lines,
            DestroyGuard guard) {
        super(files);
        this.manifest = manifest;
        this.machine = machine;
        this.command = command;
        this.vagrant = vagrant;
        this.hypervisors = hypervisors;
        this.lines = lines;
        this.guard = guard;
    }

    @Override
    public OperationKind kind() {
        return OperationKind.MACHINE;
    }

    @Override
    void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files())) {
            guard.check(SandboxStore.manifest(files()));
            requireMachine();
            if (command.changesState()) {
                SshSettings.forget(files());
            }
            VerbOutcome outcome = new VerbOutcome(files(), machine, command, hypervisors);
            List<String> said = new ArrayList<>();
            int exitCode = runVagrant(said, outcome);
            if (cancelled) {
                throw new CancellationException("Vagrant was interrupted in the middle of " + command.word() + ".");
            }
            if (exitCode != 0 && String.join(" ", said).contains("this provider doesn't support this action")) {
                throw ExpectedFailure.failed(
                        "The provider of " + sandbox() + " can't "
                                + command.word().replace('-', ' ') + " VMs.",
                        "Use what it can: corral halt and corral up always work.");
            }
            if (exitCode != 0) {
                throw ExpectedFailure.failed(
                                "vagrant " + command.word().replace('-', ' ') + " ended with exit code " + exitCode
                                        + ": " + why(exitCode) + (outcome.news().isEmpty() ? "" : " " + outcome.news()),
                                "Read the lines; corral logs " + sandbox()
                                        + " shows all of them. The VM is as Vagrant left it.")
                        .withDetails(
                                String.join("\n", said.subList(Math.max(0, said.size() - SHOWN_LINES), said.size())));
            }
            outcome.check(lines);
        }
    }

    private String why(int exitCode) {
        String text;
        try {
            text = OrdinaryFile.text(files().vagrantfile());
        } catch (IOException e) {
            // Without it fewer lines can be named.
            text = "";
        }
        return FailureExplainer.explain(
                        output, exitCode, text, Objects.requireNonNull(run).trace(), files().directory())
                .sentence();
    }

    // Vagrant says "not created" and ends well, as if something had been done.
    private void requireMachine() throws IOException {
        boolean made = LocalState.machines(files().directory()).stream()
                .anyMatch(local -> !local.id().isEmpty()
                        && (machine.isEmpty() || local.name().equals(machine)));
        if (!made) {
            throw ExpectedFailure.notFound(
                    machine.isEmpty()
                            ? "Sandbox " + sandbox() + " has no VM."
                            : "The VM of " + sandbox() + "/" + machine + " does not exist.",
                    "corral list vms shows those that do.");
        }
    }

    private int runVagrant(List<String> said, VerbOutcome outcome) throws IOException, InterruptedException {
        Map<String, String> context = manifest.map(known -> known.context().environment())
                .orElseGet(() -> Map.of("INSPECT_VM_SUFFIX", "-" + sandbox()));
        Path log = CommandLogs.next(files(), command.word());
        // Named, Vagrant makes no other than these, whatever the Vagrantfile defines now.
        List<String> named = !machine.isEmpty() ? List.of(machine) : command.makes() ? outcome.targets() : List.of();
        VagrantRun started = vagrant.start(files().directory(), command.arguments(named), context, log);
        run = started;
        journal()
                .append(JournalEntry.command(
                        id(),
                        command.word(),
                        files().directory().relativize(log).toString(),
                        started.identity()));
        if (cancelled) {
            started.interrupt();
        }
        int exitCode = started.follow(line -> {
            outcome.line(line);
            output.line(line);
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
        if (!cancellable()) {
            return;
        }
        cancelled = true;
        VagrantRun current = run;
        if (current != null) {
            try {
                current.interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean cancellable() {
        return !cancelled && !done().isDone();
    }
}
