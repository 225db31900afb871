package dev.corral.core.inventory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that exists, at one moment. Immutable.
 *
 * @param takenAt    when it was taken
 * @param cache      the sandbox cache directory
 * @param sandboxes  the sandboxes, oldest first
 * @param ended      starts that failed and were cleaned up, newest first: what is left of them is their story
 * @param items      everything that is, was or belongs to a VM, with one named state each
 * @param hypervisor one line about the hypervisors asked, for instance {@code libvirt · TCG}
 * @param problems   what could not be read, in plain sentences
 */
public record Inventory(
        Instant takenAt,
        Path cache,
        List<SandboxView> sandboxes,
        List<SandboxView> ended,
        List<InventoryItem> items,
        String hypervisor,
        List<String> problems) {

    /** An inventory of sandboxes alone. */
    public Inventory(
            Instant takenAt,
            Path cache,
            List<SandboxView> sandboxes,
            List<SandboxView> ended,
            String hypervisor,
            List<String> problems) {
        this(takenAt, cache, sandboxes, ended, List.of(), hypervisor, problems);
    }

    /** The sandbox of that id. */
    public Optional<SandboxView> sandbox(String id) {
        return sandboxes.stream().filter(sandbox -> sandbox.id().equals(id)).findFirst();
    }

    /** The item of that key. */
    public Optional<InventoryItem> item(String key) {
        return items.stream().filter(item -> item.key().equals(key)).findFirst();
    }
}
