package dev.corral.core.cleanup;

import dev.corral.core.cleanup.CleanupPlan.Refusal;
import dev.corral.core.cleanup.CleanupStep.Action;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes plans. Pure: equal inventories, choices and times give equal plans, and nothing is looked up. */
final class Planner {
    private static final int SHORTEST_PART = 3;
    private static final Set<MachineState> USES_MEMORY =
            Set.of(MachineState.RUNNING, MachineState.PAUSED, MachineState.UNKNOWN);

    private final Inventory inventory;
    private final CleanupChoice choice;
    private final Instant now;
    private final Map<String, InventoryItem> chosen = new LinkedHashMap<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private Planner(Inventory inventory, CleanupChoice choice, Instant now) {
        this.inventory = inventory;
        this.choice = choice;
        this.now = now;
    }

    /** The plan for this choice at this time. */
    static CleanupPlan plan(Inventory inventory, CleanupChoice choice, Instant now) {
        Planner planner = new Planner(inventory, choice, now);
        if (choice.allStrays()) {
            inventory.items().stream()
                    .filter(item -> item.state().reclaimable()
                            && planner.oldEnough(item)
                            && (!choice.pruneOnly() || holdsNoMachine(item))
                            && planner.hasAction(item))
                    .forEach(item -> planner.chosen.put(item.key(), item));
        }
        choice.names().forEach(planner::named);
        List<CleanupStep> steps = planner.chosen.values().stream()
                .map(planner::step)
                .sorted(Comparator.comparing(CleanupStep::action)
                        .thenComparing(CleanupStep::name)
                        .thenComparing(CleanupStep::key))
                .toList();
        return new CleanupPlan(steps, planner.refused, planner.missing, choice.keepUntil());
    }

    private void named(String name) {
        List<InventoryItem> fitting = fitting(name);
        if (fitting.isEmpty()) {
            missing.add(name);
        } else if (fitting.size() > 1) {
            refused.add(new Refusal(
                    name,
                    name + " fits " + fitting.size() + ": "
                            + String.join(
                                    ", ",
                                    fitting.stream()
                                            .map(InventoryItem::name)
                                            .limit(10)
                                            .toList()) + ". Give more of the name."));
        } else {
            choose(name, fitting.getFirst());
        }
    }

    private void choose(String name, InventoryItem item) {
        if (!item.state().removable() || item.target() instanceof Target.None) {
            refused.add(new Refusal(name, "It is " + item.state().word() + " and left alone: " + item.reason()));
        } else if (!oldEnough(item)) {
            refused.add(new Refusal(
                    name,
                    item.since().isPresent()
                            ? "It is younger than that and left alone."
                            : "Nobody knows how old it is, so it is left alone.",
                    true));
        } else if (choice.pruneOnly() && !holdsNoMachine(item)) {
            refused.add(new Refusal(name, "It has a VM and is left alone: pruning takes only what has none."));
        } else if (choice.keepUntil().isPresent()
                && item.kind() == ItemKind.SANDBOX
                && item.owner().isEmpty()) {
            // The date is noted in the manifest.
            refused.add(new Refusal(
                    name, "It has no manifest of Corral's, so it can't be kept until a date and is left alone."));
        } else if (!hasAction(item)) {
            refused.add(new Refusal(name, "None of its VMs runs, so there is nothing to shut down."));
        } else {
            chosen.put(item.key(), item);
        }
    }

    private List<InventoryItem> fitting(String name) {
        List<InventoryItem> exact = inventory.items().stream()
                .filter(item -> item.key().equals(name))
                .toList();
        if (exact.isEmpty()) {
            exact = inventory.items().stream()
                    .filter(item -> item.name().equals(name))
                    .toList();
        }
        if (exact.isEmpty() && name.length() >= SHORTEST_PART) {
            exact = inventory.items().stream()
                    .filter(item -> item.name().startsWith(name) || item.name().endsWith(name))
                    .toList();
        }
        // A sandbox is what people mean, also when a disk or network of an earlier time bears its name.
        List<InventoryItem> sandboxes =
                exact.stream().filter(item -> item.kind() == ItemKind.SANDBOX).toList();
        return sandboxes.isEmpty() ? exact : sandboxes;
    }

    private boolean oldEnough(InventoryItem item) {
        return choice.olderThan().isEmpty()
                || item.since()
                        .filter(since ->
                                !since.isAfter(now.minus(choice.olderThan().get())))
                        .isPresent();
    }

    private boolean hasAction(InventoryItem item) {
        return !(item.target() instanceof Target.None)
                && (choice.keepUntil().isEmpty()
                        || item.kind() == ItemKind.SANDBOX
                                && item.owner().isPresent()
                                && item.machines().stream().anyMatch(machine -> USES_MEMORY.contains(machine.state())));
    }

    private static boolean holdsNoMachine(InventoryItem item) {
        return item.kind() != ItemKind.MACHINE
                && (item.kind() != ItemKind.SANDBOX || item.state() == ItemState.LEFTOVER);
    }

    private CleanupStep step(InventoryItem item) {
        Action action = action(item);
        return new CleanupStep(
                item.key(),
                item.kind(),
                item.name(),
                item.machines(),
                item.state(),
                item.reason(),
                action,
                how(item, action),
                action == Action.SHUT_DOWN || action == Action.REMOVE_INDEX_ENTRY || action == Action.REMOVE_NETWORK
                        ? 0
                        : item.bytes());
    }

    private Action action(InventoryItem item) {
        return switch (item.target()) {
            case Target.Sandbox sandbox -> choice.keepUntil().isPresent() ? Action.SHUT_DOWN : Action.DESTROY;
            case Target.Machine machine -> Action.REMOVE_MACHINE;
            case Target.IndexEntry entry -> Action.REMOVE_INDEX_ENTRY;
            case Target.Disk disk -> Action.DELETE_VOLUME;
            case Target.Net network -> Action.REMOVE_NETWORK;
            case Target.Folder folder -> Action.REMOVE_FOLDER;
            case Target.None none -> throw new IllegalStateException("nothing can be done to " + item.key());
        };
    }

    private static boolean known(InventoryItem item) {
        return item.target() instanceof Target.Machine machine
                && !machine.entries().isEmpty();
    }

    private static String how(InventoryItem item, Action action) {
        long vms = item.machines().stream()
                .filter(machine -> !machine.id().isEmpty())
                .count();
        String count = vms == 1 ? "1 VM" : vms + " VMs";
        return switch (action) {
            case DESTROY -> vms == 0 ? "remove the directory" : "destroy " + count + ", remove the directory";
            case SHUT_DOWN -> "shut down " + count + ", keep the disks";
            case REMOVE_MACHINE ->
                known(item)
                        ? "remove the VM and its disks at " + item.provider() + ", and its entry in Vagrant's index"
                        : "remove the VM and its disks at " + item.provider();
            case REMOVE_INDEX_ENTRY -> "take the entry out of Vagrant's index";
            case DELETE_VOLUME -> "delete the volume";
            case REMOVE_NETWORK -> "remove the network";
            case REMOVE_FOLDER -> "remove the folder";
        };
    }
}
