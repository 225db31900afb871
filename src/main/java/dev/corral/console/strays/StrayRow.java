package dev.corral.console.strays;

import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Manifest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An item of the inventory, ready to be shown; all text in it is clean. Pure. Two equal rows look the same.
 *
 * @param item     what it stands for
 * @param kind     muted word before the name, for instance {@code sandbox}
 * @param name     its name
 * @param machines names of its VMs without the sandbox's suffix; empty where they would repeat the name
 * @param reason   why it has its state
 * @param knownTo  the layers that know of it, for instance {@code cache · index · libvirt}
 * @param owner    eval and sample, else the process for which it lives or lived
 * @param willDo   what cleaning up does to it
 * @param pinned   whether a person said that it stays, whoever else needs it
 */
public record StrayRow(
        InventoryItem item,
        String kind,
        String name,
        String machines,
        String reason,
        String knownTo,
        String owner,
        String willDo,
        boolean pinned) {

    /** The row of an item that is pinned only if its state says so. */
    static StrayRow of(InventoryItem item, String how) {
        return of(item, how, item.state() == ItemState.KEPT);
    }

    /**
     * The row of an item.
     *
     * @param how    what a plan for all strays does to it; empty when the plan leaves it alone
     * @param pinned whether a person said that it stays
     */
    static StrayRow of(InventoryItem item, String how, boolean pinned) {
        String reason =
                Texts.line(item.reason()) + (pinned && item.state() != ItemState.KEPT ? " It is pinned too." : "");
        return new StrayRow(
                item,
                item.kind() == ItemKind.MACHINE ? "VM" : item.kind().word(),
                Texts.line(item.name()),
                machines(item),
                reason,
                knownTo(item),
                owner(item),
                how.isEmpty() ? leftAlone(item) : Texts.line(how),
                pinned);
    }

    /** Names it in its inventory. */
    public String key() {
        return item.key();
    }

    /** Its state. */
    public ItemState state() {
        return item.state();
    }

    /** Bytes that its removal gives back, -1 while unknown. */
    public long bytes() {
        return item.bytes();
    }

    /** Whether it can be checked for cleaning up. */
    public boolean checkable() {
        return item.state().removable() && !(item.target() instanceof Target.None);
    }

    /** What is copied for it: the sandbox's id, the hypervisor's id of a VM, else its name. */
    public String id() {
        return item.kind() == ItemKind.MACHINE
                ? item.machines().stream()
                        .map(InventoryItem.Machine::id)
                        .filter(id -> !id.isEmpty())
                        .findFirst()
                        .orElse(item.name())
                : item.name();
    }

    /** What a screen reader says. */
    public String spoken() {
        return kind + " " + name + ", " + state().word() + ", " + reason;
    }

    /** Shape and colour of a state. */
    public static StateStyle look(ItemState state) {
        return switch (state) {
            case LIVE -> StateStyle.READY;
            case STARTING -> StateStyle.CHANGING;
            case KEPT -> StateStyle.PINNED;
            case DESTROY_FAILED -> StateStyle.FAILED;
            case STRAY, GHOST, ORPHAN, LEFTOVER -> StateStyle.STRAY;
            case FOREIGN, UNKNOWN -> StateStyle.OFF;
        };
    }

    private static String machines(InventoryItem item) {
        if (item.kind() != ItemKind.SANDBOX) {
            return "";
        }
        return item.machines().stream()
                .map(InventoryItem.Machine::plainName)
                .map(Texts::line)
                .collect(Collectors.joining(", "));
    }

    private static String knownTo(InventoryItem item) {
        // A directory that has VMs is known to Vagrant's ids in it too: the column has no room for that.
        boolean implied = item.knownTo().contains(Layer.CACHE) && item.knownTo().size() > 2;
        List<String> words = Arrays.stream(Layer.values())
                .filter(item.knownTo()::contains)
                .filter(layer -> layer != Layer.VAGRANT || !implied)
                .map(layer -> layer == Layer.HYPERVISOR && !item.provider().isEmpty()
                        ? Texts.line(item.provider())
                        : layer.word())
                .toList();
        return words.size() == 1 ? words.getFirst() + " only" : String.join(" · ", words);
    }

    private static String owner(InventoryItem item) {
        Manifest.Origin origin = item.origin();
        if (!origin.task().isEmpty()) {
            return Texts.line(origin.task() + (origin.sample().isEmpty() ? "" : " · " + origin.sample()));
        }
        return item.owner()
                .map(owner -> owner.kind().word() + ", pid " + owner.pid())
                .orElse("");
    }

    private static String leftAlone(InventoryItem item) {
        return item.state().removable() && !item.state().reclaimable() ? "stays unless checked" : "left alone";
    }
}
