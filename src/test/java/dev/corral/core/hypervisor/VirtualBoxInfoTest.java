package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What VBoxManage tells of a machine, and what of it is the machine's own. */
@Tag("unit")
class VirtualBoxInfoTest {
    private static final HypervisorObject VM =
            new HypervisorObject("virtualbox", "u-1", "vm", MachineState.RUNNING, -1, "");

    private static final String OUTPUT = """
            name="vm"\r
            CfgFile="/vms/a \\"b\\"/vm.vbox"
            "SATA Controller-0-0"="/vms/a \\"b\\"/disk.vmdk"
            "SATA Controller-ImageUUID-0-0"="/vms/no"
            "SATA Controller-1-0"="/iso/guest.iso"
            "SATA Controller-2-0"="/iso/guest.iso"
            "SATA Controller-3-0"="none"
            "SATA Controller-4-0"="emptydrive"
            hostonlyadapter2="vboxnet0"
            hostonlyadapter3="vboxnet0"
            bridgeadapter4="eth0"
            nic1="nat"
            SnapshotName="base"
            SnapshotName-1="clean"
            SnapshotUUID="x"
            nonsense
            """;

    @Test
    void itsLinesAreReadByTheirKeys() {
        VirtualBoxInfo info = VirtualBoxInfo.parse(VM, OUTPUT);
        assertThat(info)
                .isEqualTo(new VirtualBoxInfo(
                        VM,
                        "/vms/a \"b\"",
                        List.of("/vms/a \"b\"/disk.vmdk", "/iso/guest.iso", "/iso/guest.iso"),
                        2,
                        List.of("vboxnet0", "eth0")));
        assertThat(info.files())
                .containsExactly(Path.of("/vms/a \"b\""), Path.of("/iso/guest.iso"), Path.of("/iso/guest.iso"));
    }

    @Test
    void whatLiesInItsFolderIsItsOwn() {
        SurveyedMachine machine = VirtualBoxInfo.parse(VM, OUTPUT)
                .machine(Map.of(Path.of("/vms/a \"b\""), 500L, Path.of("/iso/guest.iso"), 70L));
        assertThat(machine.disks())
                .containsExactly(
                        new SurveyedMachine.Disk("/vms/a \"b\"", 500, true, false),
                        new SurveyedMachine.Disk("/iso/guest.iso", 70, false, false));
        assertThat(machine.object().diskBytes()).isEqualTo(500);
        assertThat(machine.object().state()).isEqualTo(MachineState.RUNNING);
        assertThat(machine.snapshots()).isEqualTo(2);
        assertThat(machine.networks()).containsExactly("vboxnet0", "eth0");
        assertThat(VirtualBoxInfo.parse(VM, OUTPUT).machine(Map.of()).disks())
                .as("what could not be measured is unknown")
                .extracting(SurveyedMachine.Disk::bytes)
                .containsExactly(-1L, -1L);
    }

    @Test
    void withoutAFolderNothingIsItsOwn() {
        VirtualBoxInfo info = VirtualBoxInfo.parse(VM, "\"IDE-0-0\"=\"/a.vmdk\"\nCfgFile=\"relative.vbox\"\n");
        assertThat(info.folder()).isEmpty();
        SurveyedMachine machine = info.machine(Map.of(Path.of("/a.vmdk"), 3L));
        assertThat(machine.disks()).containsExactly(new SurveyedMachine.Disk("/a.vmdk", 3, false, false));
        assertThat(machine.object().diskBytes()).isEqualTo(-1);
        assertThat(info.files()).containsExactly(Path.of("/a.vmdk"));
    }
}
