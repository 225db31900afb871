package dev.corral.core.hypervisor;

import dev.corral.core.process.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/**
 * One machine with everything that hangs on it.
 *
 * @param object     the machine
 * @param source     the Vagrantfile that it was made from, where the hypervisor notes it; empty otherwise
 * @param disks      the disks that it writes to, and every file below them that they only read
 * @param snapshots  how many snapshots the hypervisor keeps of it
 * @param savedBytes bytes of its saved memory (a managed save), 0 if there is none, -1 if there is some whose
 *                   size is hidden from us
 * @param networks   names of the networks that it is on
 * @param process    the process that runs it, where it is a process that can be ended by itself (plain QEMU)
 */
public record SurveyedMachine(
        HypervisorObject object,
        String source,
        List<Disk> disks,
        int snapshots,
        long savedBytes,
        List<String> networks,
        Optional<ProcessIdentity> process) {

    /** Copies the lists. */
    public SurveyedMachine {
        disks = List.copyOf(disks);
        networks = List.copyOf(networks);
    }

    /**
     * A file that a machine reads or writes.
     *
     * @param path  the file, as the hypervisor names it; a folder for VirtualBox, empty for the layer of a container
     * @param bytes what it takes on disk, -1 while unknown
     * @param own   whether the machine writes to it, so that it goes with the machine; a box below a disk is not its own
     * @param gone  whether the file was deleted while a process still has it open
     */
    public record Disk(String path, long bytes, boolean own, boolean gone) {}

    /** Bytes that go with the machine: its own disks and its saved memory; unknown ones count as nothing. */
    public long ownBytes() {
        return Math.max(savedBytes, 0)
                + disks.stream()
                        .filter(Disk::own)
                        .mapToLong(disk -> Math.max(disk.bytes(), 0))
                        .sum();
    }
}
