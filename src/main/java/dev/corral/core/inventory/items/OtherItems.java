package dev.corral.core.inventory.items;

import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.InventoryItem.Machine;
import dev.corral.core.inventory.InventoryItem.Part;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes items of VMs, disks, networks and folders that belong to no sandbox that exists. Pure. */
final class OtherItems {
    /** What is younger may belong to a start that has not come far enough to be seen. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private static final int SHOWN_NAME = 120;
    // Whoever can't read it can't say either that nobody uses it.
    private static final String UNREAD = ", which was made here and may be there: its files can't be read.";

    private final Evidence evidence;
    private final Claims claims;
    private final EntriesOfMachines entriesOf;

    OtherItems(Evidence evidence, Claims claims) {
        this.evidence = evidence;
        this.claims = claims;
        this.entriesOf =
                new EntriesOfMachines(claims.freeEntries(), evidence.survey().machines());
    }

    /** What decides about an item. */
    private record Verdict(ItemState state, String reason) {}

    /** A VM without a directory in this cache. */
    InventoryItem machine(SurveyedMachine machine) {
        Optional<Path> source = Claims.source(machine);
        Optional<String> sandbox = source.flatMap(path -> SandboxPaths.id(evidence.cache(), path))
                .or(() -> source.isPresent()
                        ? Optional.empty()
                        : SandboxNames.ofMachine(machine.object().name(), claims.known()));
        Verdict verdict = verdict(machine, source, sandbox);
        // Of a machine that may be somebody's, nothing is taken along.
        List<Target.IndexEntry> entries = verdict.state != ItemState.ORPHAN
                ? List.of()
                : entriesOf.of(machine).stream()
                        .map(entry -> new Target.IndexEntry(entry.home(), entry.uuid()))
                        .toList();
        String name = PlainText.line(machine.object().name(), SHOWN_NAME);
        List<Part> parts = new ArrayList<>();
        long saved = Math.max(machine.savedBytes(), 0);
        if (machine.ownBytes() - saved > 0) {
            parts.add(new Part("disks", machine.ownBytes() - saved));
        }
        if (saved > 0) {
            parts.add(new Part("saved memory", saved));
        }
        return new InventoryItem(
                "vm:" + machine.object().provider() + ":" + machine.object().where() + ":"
                        + machine.object().id(),
                ItemKind.MACHINE,
                verdict.state,
                verdict.reason,
                name,
                sandbox.orElse(""),
                List.of(new Machine(
                        name,
                        machine.object().state(),
                        machine.object().provider(),
                        machine.object().id())),
                entries.isEmpty() ? Set.of(Layer.HYPERVISOR) : Set.of(Layer.HYPERVISOR, Layer.INDEX),
                machine.ownBytes(),
                parts,
                Optional.empty(),
                Optional.empty(),
                Manifest.Origin.none(),
                machine.object().provider(),
                source,
                verdict.state == ItemState.FOREIGN
                        ? new Target.None()
                        : new Target.Machine(
                                machine.object(),
                                machine.disks().stream()
                                        .filter(SurveyedMachine.Disk::own)
                                        .map(SurveyedMachine.Disk::path)
                                        .toList(),
                                entries));
    }

    private Verdict verdict(SurveyedMachine machine, Optional<Path> source, Optional<String> sandbox) {
        boolean deleted = machine.disks().stream().anyMatch(disk -> disk.own() && disk.gone());
        if (source.isPresent()
                && sandbox.isPresent()
                && (IndexItems.onDisk(source.get()) || evidence.unseen().mayBeThere(sandbox.get()))) {
            // The list of directories was read a moment before the hypervisor was asked.
            return new Verdict(
                    ItemState.UNKNOWN, "Its sandbox was made a moment ago, or is there and its files can't be read.");
        }
        if (source.isPresent() && sandbox.isPresent()) {
            return withoutDirectory(machine, sandbox.get(), deleted);
        }
        Optional<String> like = claims.likenessOf(machine);
        if (like.isPresent()) {
            return new Verdict(
                    ItemState.UNKNOWN,
                    "It has the name that a VM of sandbox " + like.get()
                            + " was to have, but nothing says whose it is.");
        }
        if (source.isPresent()) {
            return new Verdict(
                    ItemState.FOREIGN,
                    "It belongs to a Vagrant project elsewhere: "
                            + PlainText.line(source.get().toString(), 300) + ".");
        }
        if (sandbox.filter(claims::madeHere)
                .filter(evidence.unseen()::mayBeThere)
                .isPresent()) {
            return new Verdict(ItemState.UNKNOWN, "It is named after sandbox " + sandbox.get() + UNREAD);
        }
        if (sandbox.filter(claims::madeHere).isPresent()) {
            return new Verdict(
                    ItemState.ORPHAN,
                    "It is named after sandbox " + sandbox.get()
                            + ", which was made here and whose directory is gone.");
        }
        return sandbox.isPresent()
                ? new Verdict(
                        ItemState.UNKNOWN, "It is named like a sandbox's VM, but nothing says that it was made here.")
                : new Verdict(ItemState.FOREIGN, "Nothing says that Vagrant made it for a sandbox.");
    }

    // A path is only what somebody wrote: another machine, another container or another user's world of libvirt has the
    // same ones.
    private Verdict withoutDirectory(SurveyedMachine machine, String sandbox, boolean deleted) {
        String provider = machine.object().provider();
        // The original plugin notes nothing, but Vagrant's index does.
        if (!claims.madeHere(sandbox) && entriesOf.of(machine).isEmpty()) {
            return new Verdict(
                    ItemState.UNKNOWN,
                    "It says that it is of sandbox " + sandbox
                            + ", whose directory is not here, but nothing says that it was made here.");
        }
        // What its process has open tells more than a name: a container may see another disk by the same name.
        if (provider.equals("qemu") && !deleted) {
            return new Verdict(
                    ItemState.UNKNOWN,
                    "Its sandbox's directory is not here, but its process still has its disk: both may be elsewhere.");
        }
        return new Verdict(
                ItemState.ORPHAN,
                deleted
                        ? "Its sandbox's directory is gone, and its disk was deleted while it ran."
                        : "Its sandbox's directory is gone, so only " + provider + " knows of it.");
    }

    /** A volume that nothing uses; empty when it is none of a sandbox's. */
    Optional<InventoryItem> volume(Volume volume) {
        return SandboxNames.ofMachine(volume.name(), claims.known()).map(id -> {
            if (fresh(volume)) {
                return storage(
                        volume,
                        ItemKind.VOLUME,
                        ItemState.UNKNOWN,
                        "It was written a moment ago: a VM may be just being made from it.",
                        id);
            }
            if (claims.madeHere(id) && evidence.unseen().mayBeThere(id)) {
                return storage(
                        volume,
                        ItemKind.VOLUME,
                        ItemState.UNKNOWN,
                        "No VM uses it. It is named after sandbox " + id + UNREAD,
                        id);
            }
            // A project of somebody's own may be called project-20261231.
            return claims.madeHere(id)
                    ? storage(
                            volume,
                            ItemKind.VOLUME,
                            ItemState.LEFTOVER,
                            "No VM uses it, and it is named after sandbox " + id + ", which was made here and is gone.",
                            id)
                    : storage(
                            volume,
                            ItemKind.VOLUME,
                            ItemState.UNKNOWN,
                            "No VM uses it. It is named like a sandbox's disk, but nothing says that it was made here.",
                            id);
        });
    }

    /** A box's copy. */
    InventoryItem boxCopy(Volume volume) {
        boolean used = claims.used(volume.path());
        boolean fresh = fresh(volume);
        boolean installed = evidence.boxes().stream().anyMatch(volume.name()::startsWith);
        return storage(
                volume,
                ItemKind.BOX_COPY,
                used ? ItemState.LIVE : fresh ? ItemState.UNKNOWN : installed ? ItemState.KEPT : ItemState.LEFTOVER,
                used
                        ? "Disks of VMs stand on it."
                        : fresh
                                ? "It was written a moment ago: a VM may be just being made from it."
                                : installed
                                        ? "No disk stands on it, but its box is installed and starts from it."
                                        : "No disk stands on it, and its box is gone.",
                "");
    }

    private boolean fresh(Volume volume) {
        return !volume.modified().equals(Instant.EPOCH)
                && volume.modified().isAfter(evidence.now().minus(FRESH));
    }

    private static InventoryItem storage(Volume volume, ItemKind kind, ItemState state, String reason, String sandbox) {
        return new InventoryItem(
                "volume:" + volume.where() + ":" + volume.pool() + ":" + volume.name(),
                kind,
                state,
                reason,
                PlainText.line(volume.name(), SHOWN_NAME),
                sandbox,
                List.of(),
                Set.of(Layer.HYPERVISOR),
                volume.bytes(),
                volume.bytes() > 0
                        ? List.of(new Part(kind == ItemKind.BOX_COPY ? "box copies" : "disks", volume.bytes()))
                        : List.of(),
                volume.modified().equals(Instant.EPOCH) ? Optional.empty() : Optional.of(volume.modified()),
                Optional.empty(),
                Manifest.Origin.none(),
                "libvirt",
                Optional.empty(),
                new Target.Disk(volume));
    }

    /** A network named after a sandbox that is gone. */
    InventoryItem network(Network network) {
        String id = SandboxNames.ofNetwork(network.name(), claims.known()).orElse("");
        boolean unread = claims.madeHere(id) && evidence.unseen().mayBeThere(id);
        boolean ours = claims.madeHere(id) && !unread;
        return new InventoryItem(
                "network:" + network.where() + ":" + network.uuid(),
                ItemKind.NETWORK,
                ours ? ItemState.LEFTOVER : ItemState.UNKNOWN,
                ours
                        ? "No VM is on it, and it is named after sandbox " + id + ", which is gone."
                        : unread
                                ? "No VM is on it. It is named after sandbox " + id + UNREAD
                                : "No VM is on it. It is named like a sandbox's network, but nothing says that it was made here.",
                PlainText.line(network.name(), SHOWN_NAME),
                id,
                List.of(),
                Set.of(Layer.HYPERVISOR),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Manifest.Origin.none(),
                "libvirt",
                Optional.empty(),
                new Target.Net(network));
    }

    /** Something in the cache directory that is no sandbox. */
    InventoryItem folder(Evidence.Folder folder) {
        Verdict verdict =
                switch (folder.shape()) {
                    case TRASH ->
                        new Verdict(ItemState.LEFTOVER, "What is left of a sandbox whose removal was cut off.");
                    case HALF_MADE ->
                        folder.modified().isAfter(evidence.now().minus(FRESH))
                                ? new Verdict(
                                        ItemState.UNKNOWN, "It was made a moment ago: a start may be just beginning.")
                                : new Verdict(
                                        ItemState.LEFTOVER, "It has the name of a sandbox and nothing of a VM in it.");
                    case LINK -> new Verdict(ItemState.FOREIGN, "It is a link. Links are never followed.");
                    case UNTRUSTED ->
                        new Verdict(
                                ItemState.FOREIGN,
                                "It belongs to another user, or others can write to it. It is left alone.");
                    case UNREADABLE ->
                        new Verdict(ItemState.UNKNOWN, "Its files can't be read, so nobody knows what it holds.");
                    case OTHER -> new Verdict(ItemState.FOREIGN, "It is no sandbox: somebody's own.");
                };
        boolean removable =
                folder.shape() == Evidence.Folder.Shape.TRASH || folder.shape() == Evidence.Folder.Shape.HALF_MADE;
        return new InventoryItem(
                "folder:" + Keys.of(folder.path()),
                ItemKind.FOLDER,
                verdict.state,
                verdict.reason,
                PlainText.line(folder.path().getFileName().toString(), SHOWN_NAME),
                "",
                List.of(),
                Set.of(Layer.CACHE),
                folder.bytes(),
                folder.bytes() > 0 ? List.of(new Part("files", folder.bytes())) : List.of(),
                Optional.of(folder.modified()),
                Optional.empty(),
                Manifest.Origin.none(),
                "",
                Optional.of(folder.path()),
                removable ? new Target.Folder(folder.path()) : new Target.None());
    }
}
