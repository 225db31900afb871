package dev.corral.console.strays;

import dev.corral.console.shared.Formats;
import dev.corral.console.strays.cards.DiskUse;
import dev.corral.core.cleanup.Cleanup;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that the page and the header show of one inventory. Made away from the FX thread; pure and immutable.
 *
 * @param rows     a row for each item
 * @param disk     where the disk went
 * @param strays   how many items a cleanup of all strays takes
 * @param bytes    bytes that it promises
 * @param unknown  how many of them have no known size
 * @param parts    what it consists of, for instance {@code 3 sandboxes · 4 VMs · 5 index entries}
 * @param counts   how many items have one of the states of each chip
 * @param problems what could not be read, in plain sentences
 */
public record StraysView(
        List<StrayRow> rows,
        DiskUse disk,
        int strays,
        long bytes,
        int unknown,
        String parts,
        Map<StateChip, Integer> counts,
        List<String> problems) {

    /** What is shown before anything has been looked at. */
    public static StraysView nothing() {
        return new StraysView(List.of(), DiskUse.of(List.of()), 0, 0, 0, "", Map.of(), List.of());
    }

    /** The view of an inventory; {@code cleanup} says what would be done. */
    public static StraysView of(Inventory inventory, Cleanup cleanup) {
        Map<String, String> how = new HashMap<>();
        List<CleanupStep> steps =
                cleanup.plan(inventory, CleanupChoice.everyStray()).steps();
        steps.forEach(step -> how.put(step.key(), step.how()));
        Set<Path> pinned = inventory.sandboxes().stream()
                .filter(SandboxView::pinned)
                .map(SandboxView::directory)
                .collect(Collectors.toSet());
        List<StrayRow> rows = inventory.items().stream()
                .map(item -> StrayRow.of(
                        item,
                        how.getOrDefault(item.key(), ""),
                        item.state() == ItemState.KEPT
                                || item.directory().filter(pinned::contains).isPresent()))
                .toList();
        return new StraysView(
                rows,
                DiskUse.of(inventory.items()),
                steps.size(),
                steps.stream().mapToLong(step -> Math.max(0, step.bytes())).sum(),
                (int) steps.stream().filter(step -> step.bytes() < 0).count(),
                parts(inventory, how),
                counts(rows),
                inventory.problems());
    }

    /** {@code 3 strays · 11.8 GiB}, for the header. */
    public String pill() {
        return Formats.count(strays, "stray", "strays") + (bytes > 0 ? " · " + Formats.bytes(bytes) : "");
    }

    /** How many items have one of the states of a chip. */
    public int count(StateChip chip) {
        return counts.getOrDefault(chip, 0);
    }

    private static Map<StateChip, Integer> counts(List<StrayRow> rows) {
        Map<StateChip, Integer> counts = new EnumMap<>(StateChip.class);
        for (StrayRow row : rows) {
            for (StateChip chip : StateChip.values()) {
                if (chip.holds(row.state())) {
                    counts.merge(chip, 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static String parts(Inventory inventory, Map<String, String> how) {
        List<InventoryItem> taken = inventory.items().stream()
                .filter(item -> how.containsKey(item.key()))
                .toList();
        List<String> parts = new ArrayList<>();
        add(parts, count(taken, ItemKind.SANDBOX, false), "sandbox", "sandboxes");
        add(
                parts,
                taken.stream()
                        .filter(item -> item.kind() == ItemKind.SANDBOX)
                        .mapToLong(item -> item.machines().stream()
                                .filter(machine -> !machine.id().isEmpty())
                                .count())
                        .sum(),
                "VM",
                "VMs");
        add(
                parts,
                taken.stream()
                        .filter(item -> item.kind() == ItemKind.MACHINE && item.state() == ItemState.ORPHAN)
                        .count(),
                "orphan VM",
                "orphan VMs");
        add(parts, count(taken, ItemKind.MACHINE, true), "other VM", "other VMs");
        add(parts, count(taken, ItemKind.VOLUME, false), "disk", "disks");
        add(parts, count(taken, ItemKind.BOX_COPY, false), "box copy", "box copies");
        add(parts, count(taken, ItemKind.INDEX_ENTRY, false), "index entry", "index entries");
        add(parts, count(taken, ItemKind.NETWORK, false), "network", "networks");
        add(parts, count(taken, ItemKind.FOLDER, false), "folder", "folders");
        return String.join(" · ", parts);
    }

    private static long count(List<InventoryItem> items, ItemKind kind, boolean noOrphans) {
        return items.stream()
                .filter(item -> item.kind() == kind && !(noOrphans && item.state() == ItemState.ORPHAN))
                .count();
    }

    private static void add(List<String> parts, long number, String one, String many) {
        if (number > 0) {
            parts.add(Formats.count(number, one, many));
        }
    }
}
