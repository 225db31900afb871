package dev.corral.core.operation;

import dev.corral.core.code.CodeChanges;
import dev.corral.core.code.CodeRenewal;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.operation.start.ResolvedIdentities;
import dev.corral.core.operation.start.VagrantfileReading;
import dev.corral.core.operation.update.CodeComparison;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a sandbox's code again from its original. Its machines are not touched. Until all that is new lies ready in our folder nothing of
 * the sandbox has changed; from then on it is brought to its end, by the next command if this process is killed.
 */
final class UpdateOperation extends SandboxTask {
    private final Optional<TrustGiven> trust;
    private final CodeComparison.Tools tools;
    private final Consumer<CodeUpdate> done;
    private volatile @Nullable CodeComparison comparison;
    private boolean cancelled;
    private boolean committed;
    private @Nullable Thread copying;

    /** @param done told what was changed, before it ends well */
    UpdateOperation(
            SandboxFiles files, Optional<TrustGiven> trust, CodeComparison.Tools tools, Consumer<CodeUpdate> done) {
        super(OperationKind.UPDATE_CODE, files, "");
        this.trust = trust;
        this.tools = tools;
        this.done = done;
    }

    @Override
    protected void work() throws IOException, InterruptedException {
        try (SandboxLock lock = SandboxLock.take(files())) {
            CodeRenewal.finish(files(), this::say);
            CodeComparison compared = new CodeComparison(files(), SandboxStore.known(files()), trust, tools);
            comparison = compared;
            journaled(() -> update(compared));
        }
    }

    private void say(String sentence) {
        journal().append(JournalEntry.noted(id(), sentence));
    }

    private void update(CodeComparison compared) throws IOException, InterruptedException {
        begin(Phase.of(PhaseKind.RESOLVE));
        VagrantfileReading.Read read;
        try {
            read = compared.ask();
        } catch (CodeComparison.Refused e) {
            throw failed(e.why());
        }
        begin(Phase.of(PhaseKind.COPY));
        CodeUpdate update = copy(compared, read);
        CodeRenewal.finish(files(), this::say);
        for (String place : update.left()) {
            say(place + " is no longer part of it, and stays: it was changed in the sandbox.");
        }
        done.accept(update);
    }

    private CodeUpdate copy(CodeComparison compared, VagrantfileReading.Read read)
            throws IOException, InterruptedException {
        enter();
        try {
            CodeChanges changes = compared.changes(read);
            Path folder = CodeRenewal.prepare(files());
            CopiedFiles copied = changes.stage(files(), read.resolution(), folder, note -> say(note.sentence()));
            compared.reading().check(changes.plan(), copied);
            commit();
            CodeRenewal.commit(
                    files(),
                    new CodeRenewal.Note(
                            folder.getFileName().toString(),
                            changes.folders(),
                            copied.files().keySet().stream().sorted().toList(),
                            changes.update().removed(),
                            changes.appeared(),
                            read.context(),
                            read.machines(),
                            read.spare(),
                            read.primary(),
                            identities(read)));
            return changes.update();
        } catch (IOException | InterruptedException e) {
            if (stopped()) {
                throw (CancellationException) stop().initCause(e);
            }
            throw e;
        } finally {
            leave();
        }
    }

    // A machine that was made is known as it was made.
    private List<MachineIdentity> identities(VagrantfileReading.Read read) throws IOException {
        List<MachineIdentity> known = MachineIdentity.read(files());
        List<MachineIdentity> now = new ArrayList<>(
                known.stream().filter(one -> !one.id().isEmpty()).toList());
        ResolvedIdentities.of(read.resolution(), files().id()).stream()
                .filter(one -> now.stream().noneMatch(other -> other.machine().equals(one.machine())))
                .forEach(now::add);
        return now;
    }

    private static CancellationException stop() {
        return new CancellationException("The update was cancelled; nothing was changed.");
    }

    private synchronized void enter() {
        if (cancelled) {
            throw stop();
        }
        copying = Thread.currentThread();
    }

    private synchronized void commit() {
        if (cancelled) {
            throw stop();
        }
        committed = true;
        leave();
    }

    private synchronized void leave() {
        copying = null;
        if (cancelled) {
            var _ = Thread.interrupted();
        }
    }

    private synchronized boolean stopped() {
        return cancelled;
    }

    @Override
    public synchronized void cancel() {
        if (!cancellable()) {
            return;
        }
        cancelled = true;
        CodeComparison compared = comparison;
        if (compared != null) {
            compared.cancel();
        }
        if (copying != null) {
            copying.interrupt();
        }
    }

    @Override
    public synchronized boolean cancellable() {
        return !cancelled && !committed && !over();
    }
}
