package dev.corral.core.cleanup;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Target;
import dev.corral.core.operation.DestroyGuard;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.Operations;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SandboxUse;
import dev.corral.core.vagrant.index.IndexRemoval;
import dev.corral.core.vagrant.index.MachineIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Carries out the steps of a cleanup with the workflows, the hypervisors and the machine index of this machine. */
public final class LocalItemRemover implements ItemRemover {
    private final Operations workflows;
    private final SandboxStore store;
    private final Hypervisors hypervisors;

    public LocalItemRemover(Operations workflows, SandboxStore store, Hypervisors hypervisors) {
        this.workflows = workflows;
        this.store = store;
        this.hypervisors = hypervisors;
    }

    @Override
    public long carryOut(CleanupStep step, CleanupPlan plan, InventoryItem item) throws IOException {
        return switch (item.target()) {
            case Target.Sandbox sandbox
            when step.action() == CleanupStep.Action.SHUT_DOWN -> {
                await(workflows.shutDown(sandbox.directory(), guard(step, sandbox.directory())));
                workflows.pin(
                        sandbox.directory(),
                        Optional.of(new Manifest.Pin("a cleanup", Instant.now(), plan.keepUntil())));
                yield 0;
            }
            case Target.Sandbox sandbox -> {
                List<String> files = new ArrayList<>(sandbox.disks());
                store.files(sandbox.directory())
                        .map(SandboxFiles::trees)
                        .orElse(List.of(sandbox.directory()))
                        .forEach(tree -> files.add(tree.toString()));
                Regained regained = Regained.measure(files);
                await(workflows.destroy(sandbox.directory(), guard(step, sandbox.directory())));
                yield withUnseen(regained.now(), item);
            }
            case Target.Machine machine -> {
                Regained regained = Regained.measure(machine.disks());
                hypervisor(() -> hypervisors.remove(machine.object()));
                entries(machine);
                // A disk that was deleted under its process is given back by the process's end.
                yield machine.object().provider().equals("qemu") ? item.bytes() : withUnseen(regained.now(), item);
            }
            case Target.IndexEntry entry -> {
                indexEntry(entry);
                yield 0;
            }
            case Target.Disk disk -> {
                Regained regained = Regained.measure(List.of(disk.volume().path()));
                hypervisor(() -> hypervisors.removeVolume(disk.volume()));
                yield regained.now();
            }
            case Target.Net net -> {
                hypervisor(() -> hypervisors.removeNetwork(net.network()));
                yield 0;
            }
            case Target.Folder folder -> {
                Regained regained = Regained.measure(List.of(folder.directory().toString()));
                folder(folder.directory());
                yield regained.now();
            }
            case Target.None none -> throw new ItemChanged("It is only shown, never removed.");
        };
    }

    // Saved memory and the layers of containers lie where only the hypervisor may look; they went with the VM, which is
    // confirmed.
    private static long withUnseen(long regained, InventoryItem item) {
        return regained < 0
                ? -1
                : regained
                        + item.parts().stream()
                                .filter(part -> part.what().equals("saved memory")
                                        || part.what().equals("disks")
                                                && item.provider().equals("docker"))
                                .mapToLong(InventoryItem.Part::bytes)
                                .sum();
    }

    private interface Removal {
        boolean run() throws IOException;
    }

    private static void hypervisor(Removal removal) {
        try {
            if (!removal.run()) {
                // Another cleaner was quicker, and says how much it regained.
                throw ExpectedFailure.notFound("It is gone already.", "Nothing needs to be done.");
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    PlainText.line(String.valueOf(e.getMessage()), 300) + ".",
                    "Mend what it names, then clean up again.",
                    e);
        }
    }

    // The VM is confirmed to be gone, so an entry that stays is a ghost for the next cleanup.
    private static void entries(Target.Machine machine) {
        for (Target.IndexEntry entry : machine.entries()) {
            try {
                indexEntry(entry);
            } catch (ExpectedFailure | ItemChanged e) {
                throw ExpectedFailure.failed(
                        "The VM is gone, but its entry in Vagrant's index stays: " + e.getMessage(),
                        "Clean up again.",
                        e);
            }
        }
    }

    private static void indexEntry(Target.IndexEntry entry) {
        IndexRemoval removal = MachineIndex.remove(
                entry.home(),
                List.of(entry.uuid()),
                known -> Files.notExists(known.project(), LinkOption.NOFOLLOW_LINKS));
        if (!removal.working().isEmpty()) {
            throw new ItemChanged("Vagrant works on that machine right now.");
        }
        if (!removal.returned().isEmpty()) {
            throw new ItemChanged("Its directory is there again.");
        }
    }

    private void folder(Path directory) {
        try {
            store.removeFolder(directory);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The folder " + PlainText.line(directory.toString(), 300) + " can't be removed.",
                    "Give yourself access to it, then clean up again.",
                    e);
        }
    }

    // What was chosen as a stray must be one to the last moment; what was named is the person's word.
    private DestroyGuard guard(CleanupStep step, Path directory) {
        if (step.state() == ItemState.KEPT || step.state() == ItemState.UNKNOWN) {
            return manifest -> refuseLive(manifest, directory);
        }
        return manifest -> {
            refuseLive(manifest, directory);
            if (manifest.flatMap(Manifest::pin)
                    .filter(pin -> pin.holds(Instant.now()))
                    .isPresent()) {
                throw new ItemChanged("Somebody pinned it meanwhile, so it was left alone.");
            }
        };
    }

    private void refuseLive(Optional<Manifest> manifest, Path directory) {
        if (manifest.map(known -> known.user(Owners::life))
                .map(Owners::life)
                .filter(life -> life == Life.ALIVE)
                .isPresent()) {
            throw new ItemChanged("Its owner is alive, so it was left alone.");
        }
        if (store.files(directory).filter(SandboxUse::underWay).isPresent()) {
            throw new ItemChanged("Somebody has a shell or a command in a VM, so it was left alone.");
        }
    }

    private static void await(Operation workflow) {
        try {
            workflow.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}
