package dev.corral.core.inventory;

import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.Volume;
import java.nio.file.Path;
import java.util.List;

/** What has to be removed for an item to be gone. */
public sealed interface Target {

    /**
     * A sandbox: its VMs through Vagrant or at the hypervisor, what else bears its name, and its directory last.
     *
     * @param directory the directory
     * @param disks     files outside of it that go with it
     */
    record Sandbox(Path directory, List<String> disks) implements Target {
        /** Copies the list. */
        public Sandbox {
            disks = List.copyOf(disks);
        }
    }

    /**
     * A VM at a hypervisor.
     *
     * @param object  the VM
     * @param disks   files that go with it
     * @param entries entries of Vagrant's indexes that are about it, and go when it is gone
     */
    record Machine(HypervisorObject object, List<String> disks, List<IndexEntry> entries) implements Target {
        /** Copies the lists. */
        public Machine {
            disks = List.copyOf(disks);
            entries = List.copyOf(entries);
        }

        /** A VM that no index knows. */
        public Machine(HypervisorObject object, List<String> disks) {
            this(object, disks, List.of());
        }
    }

    /** An entry of the machine index below this Vagrant home. */
    record IndexEntry(Path home, String uuid) implements Target {}

    /** A volume. */
    record Disk(Volume volume) implements Target {}

    /** A network. */
    record Net(Network network) implements Target {}

    /** A directory below the cache directory without any VM. */
    record Folder(Path directory) implements Target {}

    /** Nothing: it is shown only. */
    record None() implements Target {}
}
