package dev.corral.core.cleanup;

import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import java.util.List;

/**
 * One step of a plan: one item, and what will be done to it.
 *
 * @param key      the item's key
 * @param kind     what it is
 * @param name     what to call it
 * @param machines its VMs
 * @param state    its state when the plan was made
 * @param reason   why it has that state
 * @param action   what is done
 * @param how      the same in words, for instance {@code destroy 2 VMs, remove the directory}
 * @param bytes    bytes promised, -1 when unknown
 */
public record CleanupStep(
        String key,
        ItemKind kind,
        String name,
        List<InventoryItem.Machine> machines,
        ItemState state,
        String reason,
        Action action,
        String how,
        long bytes) {

    /** Copies the list. */
    public CleanupStep {
        machines = List.copyOf(machines);
    }

    /** Names of its VMs, as Vagrant or the hypervisor has them. */
    public List<String> machineNames() {
        return machines.stream().map(InventoryItem.Machine::name).toList();
    }

    /** What can be done to an item. */
    public enum Action {
        /** Destroy the VMs of a sandbox and remove its directory. */
        DESTROY("destroy"),
        /** Shut the VMs of a sandbox down and keep it for a while. */
        SHUT_DOWN("shut_down"),
        /** Remove a VM at its hypervisor. */
        REMOVE_MACHINE("remove_vm"),
        /** Take an entry out of Vagrant's machine index. */
        REMOVE_INDEX_ENTRY("remove_index_entry"),
        /** Delete a volume. */
        DELETE_VOLUME("delete_volume"),
        /** Remove a network. */
        REMOVE_NETWORK("remove_network"),
        /** Remove a directory. */
        REMOVE_FOLDER("remove_folder");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** The word in JSON. */
        public String word() {
            return word;
        }
    }
}
