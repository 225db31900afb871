package dev.corral.core.inventory.items;

import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.vagrant.index.IndexEntry;
import java.util.List;
import java.util.Locale;

/**
 * Says which entries of Vagrant's index are about a VM, so that they can go with it. An entry does not hold the VM's id, so a
 * VM must say where it comes from and bear the machine's name, or have a disk in the machine's own folder; what fits two VMs is
 * taken with neither. Pure.
 */
final class EntriesOfMachines {
    /** VirtualBox and Docker put a time after the name. */
    private static final String TIME_OR_NOTHING = "|\\d{10,}";

    private final List<IndexEntry> entries;
    private final List<SurveyedMachine> machines;

    /**
     * @param entries  those of no sandbox that exists
     * @param machines all VMs
     */
    EntriesOfMachines(List<IndexEntry> entries, List<SurveyedMachine> machines) {
        this.entries = entries;
        this.machines = machines;
    }

    /** The entries of this VM. */
    @SuppressWarnings("ReferenceEquality") // Two VMs may say the same of themselves.
    List<IndexEntry> of(SurveyedMachine machine) {
        return entries.stream()
                .filter(entry -> about(entry, machine))
                .filter(entry -> machines.stream().noneMatch(other -> other != machine && about(entry, other)))
                .toList();
    }

    private static boolean about(IndexEntry entry, SurveyedMachine machine) {
        if (!entry.provider().equals(machine.object().provider())) {
            return false;
        }
        String folder = entry.notes() + "/";
        return machine.disks().stream().anyMatch(disk -> disk.path().startsWith(folder))
                || Claims.source(machine).filter(entry.project()::equals).isPresent()
                        && named(entry, machine.object().name());
    }

    // As vagrant-qemu calls its VMs, or after the project's folder as the others do.
    private static boolean named(IndexEntry entry, String name) {
        String folder = entry.project().getFileName() == null
                ? ""
                : entry.project().getFileName().toString();
        String whole = IndexItems.plain(folder + "_" + entry.name());
        String plain = IndexItems.plain(name);
        return name.toLowerCase(Locale.ROOT).equals(entry.name().toLowerCase(Locale.ROOT))
                || plain.startsWith(whole) && plain.substring(whole.length()).matches(TIME_OR_NOTHING);
    }
}
