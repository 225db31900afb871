package dev.corral.core.hypervisor.libvirt;

import java.util.List;

/**
 * A domain as libvirt describes it.
 *
 * @param uuid        its uuid
 * @param name        its name
 * @param description free text; vagrant-libvirt notes the Vagrantfile there
 * @param disks       its disks, CD-ROMs and floppies
 * @param reads       other files that it is started from: kernel, initrd, firmware
 * @param nvram       the file of its firmware's variables, empty if there is none
 * @param networks    names of the networks that it is on
 * @param bridges     bridges that it is on
 */
record LibvirtDomain(
        String uuid,
        String name,
        String description,
        List<Disk> disks,
        List<String> reads,
        String nvram,
        List<String> networks,
        List<String> bridges) {
    private static final String SOURCE = "Source: ";

    /**
     * A disk.
     *
     * @param source   what it writes to
     * @param writes   whether it is an ordinary disk of this domain alone: no CD-ROM, not read-only, not shared
     * @param chain    what lies below it, nearest first
     * @param complete whether the whole chain is told: libvirt does so only while the domain runs
     */
    record Disk(Source source, boolean writes, List<Source> chain, boolean complete) {}

    /**
     * A file or device, or a volume by name.
     *
     * @param path   the file, empty where a pool and a volume are named
     * @param pool   name of the pool, or empty
     * @param volume name of the volume, or empty
     */
    record Source(String path, String pool, String volume) {

        /** Whether nothing is named: an empty drive, or something in the network. */
        boolean empty() {
            return path.isEmpty() && volume.isEmpty();
        }
    }

    /** The Vagrantfile that the description names, or empty. Anybody can write anything there. */
    String vagrantfile() {
        return description
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(SOURCE))
                .findFirst()
                .map(line -> line.substring(SOURCE.length()).strip())
                .orElse("");
    }
}
