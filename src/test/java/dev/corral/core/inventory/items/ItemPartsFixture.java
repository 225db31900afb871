package dev.corral.core.inventory.items;

import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** VMs and disks of which items are made. */
abstract class ItemPartsFixture {
    static final String ID = "9f3c2a1b";
    static final String SYSTEM = "qemu:///system";

    @TempDir
    Path temp;

    final Pieces pieces = new Pieces();

    void vm(String name, String uuid, String source, long saved, SurveyedMachine.Disk... disks) {
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("libvirt", uuid, name, MachineState.STOPPED, -1, SYSTEM),
                source,
                List.of(disks),
                0,
                saved,
                List.of(),
                Optional.empty()));
    }

    static SurveyedMachine.Disk disk(String path, long bytes, boolean own) {
        return new SurveyedMachine.Disk(path, bytes, own, false);
    }
}
