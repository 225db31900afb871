package dev.corral.core.inventory;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing on this machine that is, was or belongs to a VM, as all layers together tell. Immutable.
 *
 * @param key       names it uniquely in an inventory and stays the same while it exists
 * @param kind      what it is
 * @param state     what it is to a person who wants room
 * @param reason    why it has that state, in a sentence
 * @param name      what to call it: the sandbox's id, the domain's name, the volume's name
 * @param sandbox   the sandbox's id that it belongs or belonged to; empty when that is not known
 * @param machines  its VMs; for a machine itself just that one
 * @param knownTo   the layers that know of it
 * @param bytes     bytes on disk that its removal gives back, -1 while unknown
 * @param parts     what the bytes consist of
 * @param since     when it was made, where that is known
 * @param owner     the process for which it lives or lived, where that is known
 * @param origin    the eval and sample, empty fields where there is none
 * @param provider  Vagrant's name of the provider; empty where there is none or more than one
 * @param directory its directory, where it has one
 * @param target    what removing it means
 */
public record InventoryItem(
        String key,
        ItemKind kind,
        ItemState state,
        String reason,
        String name,
        String sandbox,
        List<Machine> machines,
        Set<Layer> knownTo,
        long bytes,
        List<Part> parts,
        Optional<Instant> since,
        Optional<Owner> owner,
        Manifest.Origin origin,
        String provider,
        Optional<Path> directory,
        Target target) {

    /** Copies the lists. */
    public InventoryItem {
        machines = List.copyOf(machines);
        knownTo = Set.copyOf(knownTo);
        parts = List.copyOf(parts);
    }

    /**
     * A VM of an item.
     *
     * @param name      Vagrant's name of it, or the hypervisor's where Vagrant's is not known
     * @param state     its state
     * @param provider  Vagrant's name of the provider
     * @param id        the provider's id; empty when there is none
     * @param plainName the name without its sandbox's suffix
     */
    public record Machine(String name, MachineState state, String provider, String id, String plainName) {
        /** One that belongs to no sandbox that is known. */
        public Machine(String name, MachineState state, String provider, String id) {
            this(name, state, provider, id, name);
        }
    }

    /**
     * A part of what an item takes on disk.
     *
     * @param what  a word for people: {@code disks}, {@code snapshots}, {@code saved memory}, {@code logs}, {@code files}
     * @param bytes bytes on disk
     */
    public record Part(String what, long bytes) {}
}
