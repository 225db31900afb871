package dev.corral.console;

import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Items of inventories in every state, for tests and screenshots. */
public final class StrayItems {
    /** A megabyte in binary units. */
    public static final long MIB = 1024 * 1024;

    private static final Path CACHE = Path.of("/home/ada/.cache/inspect-vagrant-sandbox");
    private static final Set<Layer> EVERYWHERE = EnumSet.of(Layer.CACHE, Layer.VAGRANT, Layer.INDEX, Layer.HYPERVISOR);

    private StrayItems() {}

    /** A sandbox with VMs of these names; {@code megabytes} is its disks' size. */
    public static InventoryItem sandbox(
            String id,
            ItemState state,
            String reason,
            String task,
            String sample,
            Instant since,
            long megabytes,
            String... vms) {
        boolean live = state == ItemState.LIVE || state == ItemState.STARTING;
        List<InventoryItem.Machine> machines = Arrays.stream(vms)
                .map(vm -> new InventoryItem.Machine(
                        vm + "-" + id,
                        MachineState.RUNNING,
                        "libvirt",
                        "7c1f0a52-0c9e-4f1b-9b43-" + Integer.toHexString((id + vm).hashCode()),
                        Manifest.plainName(vm + "-" + id, "-" + id)))
                .toList();
        long logs = vms.length * 140_000L;
        List<InventoryItem.Part> parts = new ArrayList<>(List.of(
                new InventoryItem.Part("disks", megabytes * MIB),
                new InventoryItem.Part("logs", logs),
                new InventoryItem.Part("files", 18_000)));
        Set<Layer> layers = EnumSet.copyOf(EVERYWHERE);
        if (live) {
            layers.add(Layer.INSPECT);
        }
        Manifest.Origin origin =
                task.isEmpty() ? Manifest.Origin.none() : Manifest.Origin.sample(task, Samples.FILE.toString(), sample);
        return new InventoryItem(
                "sandbox:" + id,
                ItemKind.SANDBOX,
                state,
                reason,
                id,
                id,
                machines,
                layers,
                megabytes * MIB + logs + 18_000,
                parts,
                Optional.of(since),
                Optional.of(new Owner(
                        4121 + Math.abs(id.hashCode() % 900),
                        1,
                        "",
                        task.isEmpty() ? Owner.Kind.CONSOLE : Owner.Kind.INSPECT)),
                origin,
                "libvirt",
                Optional.of(CACHE.resolve(id)),
                state == ItemState.FOREIGN ? new Target.None() : new Target.Sandbox(CACHE.resolve(id), List.of()));
    }

    /** The same item with one more part. */
    public static InventoryItem with(InventoryItem item, String part, long bytes) {
        List<InventoryItem.Part> parts = new ArrayList<>(item.parts());
        parts.add(new InventoryItem.Part(part, bytes));
        return new InventoryItem(
                item.key(),
                item.kind(),
                item.state(),
                item.reason(),
                item.name(),
                item.sandbox(),
                item.machines(),
                item.knownTo(),
                item.bytes() + bytes,
                parts,
                item.since(),
                item.owner(),
                item.origin(),
                item.provider(),
                item.directory(),
                item.target());
    }

    /** A thing that is no sandbox. */
    public static InventoryItem other(
            ItemKind kind,
            ItemState state,
            String name,
            String reason,
            Layer layer,
            long bytes,
            Instant since,
            Target target) {
        List<InventoryItem.Machine> machines = kind == ItemKind.MACHINE
                ? List.of(new InventoryItem.Machine(
                        name, MachineState.RUNNING, "libvirt", "0d5c-" + Integer.toHexString(name.hashCode())))
                : List.of();
        String word =
                kind == ItemKind.MACHINE || kind == ItemKind.VOLUME || kind == ItemKind.BOX_COPY ? "disks" : "files";
        return new InventoryItem(
                kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name,
                kind,
                state,
                reason,
                name,
                "",
                machines,
                Set.of(layer),
                bytes,
                bytes > 0 ? List.of(new InventoryItem.Part(word, bytes)) : List.of(),
                Optional.of(since),
                Optional.empty(),
                Manifest.Origin.none(),
                layer == Layer.HYPERVISOR ? "libvirt" : "",
                kind == ItemKind.FOLDER ? Optional.of(CACHE.resolve(name)) : Optional.empty(),
                target);
    }

    private static Target machine(String name) {
        return new Target.Machine(
                new HypervisorObject("libvirt", "0d5c", name, MachineState.RUNNING, 0, "qemu:///system"), List.of());
    }

    private static Target disk(String name, long bytes) {
        return new Target.Disk(new Volume(
                "qemu:///system",
                "default",
                name,
                "/var/lib/libvirt/images/" + name,
                bytes,
                Optional.empty(),
                Instant.EPOCH));
    }

    /** An item for each sandbox. */
    public static List<InventoryItem> of(List<SandboxView> sandboxes) {
        return sandboxes.stream()
                .map(view -> {
                    ItemState state =
                            switch (view.liveness()) {
                                case STRAY -> ItemState.STRAY;
                                case PINNED -> ItemState.KEPT;
                                case UNKNOWN -> ItemState.UNKNOWN;
                                case LIVE -> view.state().changing() ? ItemState.STARTING : ItemState.LIVE;
                            };
                    String reason =
                            switch (state) {
                                case STRAY -> "Its run, pid 4121, ended without cleaning up.";
                                case KEPT -> "Pinned in the window.";
                                case STARTING -> "Its start is under way.";
                                default -> "Its run, pid 4121, is alive.";
                            };
                    Manifest.Origin origin =
                            view.manifest().map(Manifest::origin).orElse(Manifest.Origin.none());
                    long disks = view.machines().stream()
                            .mapToLong(MachineView::diskBytes)
                            .filter(bytes -> bytes > 0)
                            .sum();
                    return sandbox(
                            view.id(),
                            state,
                            reason,
                            origin.task(),
                            origin.sample(),
                            view.createdAt(),
                            disks / MIB,
                            view.machines().stream()
                                    .map(vm -> vm.name().replace("-" + view.id(), ""))
                                    .toArray(String[]::new));
                })
                .toList();
    }

    /** An inventory with an item in every state and of every kind, the sandboxes of {@link Samples#inventory} among them. */
    public static Inventory everyState(Instant now) {
        Inventory base = Samples.inventory(now);
        List<InventoryItem> items = new ArrayList<>(base.items());
        items.add(with(
                sandbox(
                        "sqli-07-2be0a1c4",
                        ItemState.STRAY,
                        "Its run, pid 4033, was killed and left it behind.",
                        "web_flag",
                        "sqli-07",
                        now.minus(Duration.ofDays(2)),
                        3100,
                        "attacker",
                        "victim"),
                "snapshots",
                640 * MIB));
        items.add(sandbox(
                "web-02-11fe7a90",
                ItemState.DESTROY_FAILED,
                "Its destroy failed: the volume web-02-11fe7a90.img is in use.",
                "old_eval",
                "web-02",
                now.minus(Duration.ofHours(1)),
                1240,
                "default"));
        items.add(other(
                ItemKind.MACHINE,
                ItemState.ORPHAN,
                "hello-5c1d_default",
                "Its directory is gone, and no index knows it.",
                Layer.HYPERVISOR,
                4400 * MIB,
                now.minus(Duration.ofDays(9)),
                machine("hello-5c1d_default")));
        items.add(other(
                ItemKind.VOLUME,
                ItemState.LEFTOVER,
                "xss-01-77c0_victim.img",
                "No VM uses this disk.",
                Layer.HYPERVISOR,
                1130 * MIB,
                now.minus(Duration.ofDays(12)),
                disk("xss-01-77c0_victim.img", 1130 * MIB)));
        items.add(other(
                ItemKind.BOX_COPY,
                ItemState.LEFTOVER,
                "corral-VAGRANTSLASH-debian_vagrant_box_image_0_box.img",
                "The box it was copied from is no longer installed.",
                Layer.HYPERVISOR,
                780 * MIB,
                now.minus(Duration.ofDays(31)),
                disk("box", 780 * MIB)));
        items.add(other(
                ItemKind.NETWORK,
                ItemState.LEFTOVER,
                "xss-01-77c00",
                "No VM is on this network.",
                Layer.HYPERVISOR,
                0,
                now.minus(Duration.ofDays(12)),
                new Target.Net(new Network("qemu:///system", "xss-01-77c00", "u", true))));
        items.add(other(
                ItemKind.FOLDER,
                ItemState.LEFTOVER,
                "unknown-77aa0c1d",
                "A directory without a VM and without a manifest.",
                Layer.CACHE,
                4096,
                now.minus(Duration.ofDays(12)),
                new Target.Folder(CACHE.resolve("unknown-77aa0c1d"))));
        items.add(other(
                ItemKind.INDEX_ENTRY,
                ItemState.GHOST,
                "1a2b3c4d",
                "Its directory is gone and its VM does not exist.",
                Layer.INDEX,
                0,
                now.minus(Duration.ofDays(30)),
                new Target.IndexEntry(Path.of("/home/ada/.vagrant.d"), "1a2b3c4d")));
        items.add(other(
                ItemKind.INDEX_ENTRY,
                ItemState.GHOST,
                "77ee01bc",
                "The hypervisor does not know its VM.",
                Layer.INDEX,
                0,
                now.minus(Duration.ofDays(22)),
                new Target.IndexEntry(Path.of("/home/ada/.vagrant.d"), "77ee01bc")));
        items.add(sandbox(
                "unknown-0badf00d",
                ItemState.UNKNOWN,
                "It has no manifest of Corral's, so nobody can say whether its run is alive.",
                "",
                "",
                now.minus(Duration.ofDays(4)),
                910,
                "default"));
        items.add(other(
                ItemKind.MACHINE,
                ItemState.FOREIGN,
                "windows-build-agent",
                "It was not made by Vagrant.",
                Layer.HYPERVISOR,
                61_000 * MIB,
                now.minus(Duration.ofDays(200)),
                new Target.None()));
        items.add(other(
                ItemKind.INDEX_ENTRY,
                ItemState.FOREIGN,
                "9f8e7d6c",
                "Somebody's own project in /home/ada/projects/blog.",
                Layer.INDEX,
                0,
                now.minus(Duration.ofDays(90)),
                new Target.None()));
        return with(base, items, List.of());
    }

    /** Two thousand items; the sizes depend on {@code round}. */
    public static Inventory many(Instant now, int round) {
        List<InventoryItem> items = new ArrayList<>();
        ItemState[] states = {
            ItemState.STRAY,
            ItemState.STRAY,
            ItemState.LIVE,
            ItemState.KEPT,
            ItemState.STRAY,
            ItemState.DESTROY_FAILED,
            ItemState.LIVE,
            ItemState.UNKNOWN
        };
        for (int i = 0; i < 2000; i++) {
            ItemState state = states[i % states.length];
            items.add(sandbox(
                    "%s-%08x".formatted("sample" + i % 400, i * 2654435761L & 0xffffffffL),
                    state,
                    "Made up, number " + i + ".",
                    "eval_" + i % 25,
                    "sample" + i % 400,
                    now.minus(Duration.ofMinutes(i * 7L)),
                    200 + (i * 37L + round * 11L) % 4000,
                    "attacker",
                    "victim"));
        }
        Inventory base = Samples.inventory(now);
        // Without the one that starts, so that nothing goes on by itself.
        return new Inventory(
                now, base.cache(), base.sandboxes().subList(0, 1), List.of(), items, base.hypervisor(), List.of());
    }

    /** The inventory with other items and problems. */
    public static Inventory with(Inventory base, List<InventoryItem> items, List<String> problems) {
        return new Inventory(
                base.takenAt(), base.cache(), base.sandboxes(), base.ended(), items, base.hypervisor(), problems);
    }
}
