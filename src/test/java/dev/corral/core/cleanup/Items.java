package dev.corral.core.cleanup;

import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Inventories made up by hand. */
final class Items {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    static final Path CACHE = Path.of("/cache");

    // A process of another boot.
    private static final Owner ENDED = new Owner(4321, 1, "11111111-2222-3333-4444-555555555555", Owner.Kind.INSPECT);

    private Items() {}

    static Inventory inventory(InventoryItem... items) {
        return new Inventory(NOW, CACHE, List.of(), List.of(), Arrays.asList(items), "libvirt", List.of());
    }

    /** As while a destroy of this sandbox is under way. */
    static Inventory destroying(InventoryItem item) {
        SandboxView view = new SandboxView(
                item.name(),
                CACHE.resolve(item.name()),
                Optional.empty(),
                SandboxState.DESTROYING,
                "",
                Liveness.LIVE,
                List.of(),
                Optional.empty(),
                NOW);
        return new Inventory(NOW, CACHE, List.of(view), List.of(), List.of(item), "libvirt", List.of());
    }

    static InventoryItem sandbox(String name, ItemState state, long hoursOld, MachineState... machines) {
        return sandbox(name, state, hoursOld, Optional.of(ENDED), machines);
    }

    static InventoryItem sandbox(
            String name, ItemState state, long hoursOld, Optional<Owner> owner, MachineState... machines) {
        Path directory = CACHE.resolve(name);
        List<InventoryItem.Machine> vms = Arrays.stream(machines)
                .map(machine -> new InventoryItem.Machine("default", machine, "libvirt", "id-" + name))
                .toList();
        return new InventoryItem(
                "sandbox:" + directory,
                ItemKind.SANDBOX,
                state,
                "A reason.",
                name,
                name,
                vms,
                Set.of(),
                5000,
                List.of(),
                Optional.of(NOW.minusSeconds(hoursOld * 3600)),
                owner,
                Manifest.Origin.none(),
                "libvirt",
                Optional.of(directory),
                state == ItemState.FOREIGN ? new Target.None() : new Target.Sandbox(directory, List.of()));
    }

    static InventoryItem machine(String name) {
        return other(
                "vm:libvirt:" + name,
                ItemKind.MACHINE,
                ItemState.ORPHAN,
                name,
                700,
                List.of(new InventoryItem.Machine(name, MachineState.RUNNING, "libvirt", "u")),
                new Target.Machine(
                        new HypervisorObject("libvirt", "u", name, MachineState.RUNNING, -1, ""), List.of()));
    }

    static InventoryItem withTarget(InventoryItem item, Target target) {
        return other(item.key(), item.kind(), item.state(), item.name(), item.bytes(), item.machines(), target);
    }

    static InventoryItem volume(String name, long bytes) {
        return other(
                "volume:" + name,
                ItemKind.VOLUME,
                ItemState.LEFTOVER,
                name,
                bytes,
                List.of(),
                new Target.Disk(
                        new Volume("", "default", name, "/images/" + name, bytes, Optional.empty(), Instant.EPOCH)));
    }

    static InventoryItem ghost(String uuid) {
        return other(
                "index:" + uuid,
                ItemKind.INDEX_ENTRY,
                ItemState.GHOST,
                uuid,
                0,
                List.of(new InventoryItem.Machine("default", MachineState.GONE, "libvirt", "")),
                new Target.IndexEntry(Path.of("/home/.vagrant.d"), uuid));
    }

    private static InventoryItem other(
            String key,
            ItemKind kind,
            ItemState state,
            String name,
            long bytes,
            List<InventoryItem.Machine> machines,
            Target target) {
        return new InventoryItem(
                key,
                kind,
                state,
                "A reason.",
                name,
                "",
                machines,
                Set.of(),
                bytes,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Manifest.Origin.none(),
                "libvirt",
                Optional.empty(),
                target);
    }
}
