package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VirtualBox and Docker, over answers in the form that their tools give. */
@Tag("unit")
class OtherHypervisorsTest {
    private static final Path RECORDED = Path.of("src/test/resources/hypervisor");
    private static final String VM = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11";
    private static final String ONE = "4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66";
    private static final String TWO = "5f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66";
    private static final String LIST = "docker ps --all --no-trunc --format {{.ID}}\t{{.Names}}\t{{.State}}";
    private static final String SIZES = "docker inspect --type container --size --format "
            + "{{.Id}}\t{{.SizeRw}}\t{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}}";

    @TempDir
    Path temp;

    @Test
    void measuresAMachineOfVirtualBox() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("VirtualBox VMs/9f3c2a1b_default_1707200000000_12345"));
        Files.write(Files.createDirectory(folder.resolve("Snapshots")).resolve("disk.vmdk"), new byte[200_000]);
        RecordedTools tools = new RecordedTools()
                .program("VBoxManage list --long vms", Files.readString(RECORDED.resolve("vbox-list.txt")))
                .program(
                        "VBoxManage showvminfo " + VM + " --machinereadable",
                        Files.readString(RECORDED.resolve("vbox-info.txt")).replace("@FOLDER@", folder.toString()));
        Survey survey = hypervisors(tools, Map.of()).survey();
        assertThat(survey.answers().tells(HostContext.here(), "virtualbox")).isTrue();
        SurveyedMachine machine = survey.machines().getFirst();
        assertThat(machine.object())
                .returns(VM, HypervisorObject::id)
                .returns(MachineState.RUNNING, HypervisorObject::state)
                .returns(DiskUsage.bytesOf(List.of(folder)), HypervisorObject::diskBytes);
        assertThat(machine.snapshots()).isEqualTo(2);
        assertThat(machine.networks()).containsExactly("vboxnet0");
        assertThat(machine.disks())
                .extracting(SurveyedMachine.Disk::path, SurveyedMachine.Disk::own)
                .containsExactly(
                        tuple(folder.toString(), true), tuple("/usr/share/virtualbox/VBoxGuestAdditions.iso", false));
        assertThat(machine.ownBytes()).isGreaterThanOrEqualTo(200_000);
    }

    @Test
    void removesAMachineOfVirtualBox() throws IOException {
        RecordedTools tools = new RecordedTools().program("VBoxManage list --long vms", "");
        HypervisorObject object = new HypervisorObject("virtualbox", VM, "a name", MachineState.RUNNING, -1, "");
        hypervisors(tools, Map.of()).remove(object);
        assertThat(tools.ran())
                .startsWith("VBoxManage controlvm " + VM + " poweroff", "VBoxManage unregistervm " + VM + " --delete");
        tools.program("VBoxManage list --long vms", Files.readString(RECORDED.resolve("vbox-list.txt")));
        assertThatThrownBy(() -> hypervisors(tools, Map.of()).remove(object))
                .isInstanceOf(IOException.class)
                .hasMessage("The machine a name is not removed; VirtualBox says: no such thing");
    }

    @Test
    void measuresAndRemovesContainers() throws IOException {
        RecordedTools tools = new RecordedTools()
                .program(LIST, ONE + "\t9f3c2a1b_default_1707200000\trunning\n" + TWO + "\tother\texited\n")
                .program(SIZES + " " + ONE + " " + TWO, ONE + "\t12288\tbridge lab \n" + TWO + "\t<nil>\t\n");
        Hypervisors hypervisors = hypervisors(tools, Map.of("DOCKER_HOST", "unix:///nowhere"));
        Survey survey = hypervisors.survey();
        assertThat(survey.answers().answered()).containsExactly(new Host("docker", ""));
        assertThat(survey.machines())
                .extracting(machine -> machine.object().name(), SurveyedMachine::ownBytes, SurveyedMachine::networks)
                .containsExactly(
                        tuple("9f3c2a1b_default_1707200000", 12288L, List.of("bridge", "lab")),
                        tuple("other", 0L, List.of()));
        HypervisorObject object = survey.machines().getFirst().object();
        assertThatThrownBy(() -> hypervisors.remove(object))
                .hasMessageContaining("9f3c2a1b_default_1707200000")
                .hasMessageContaining("no such thing");
        tools.program(LIST, TWO + "\tother\texited\n");
        hypervisors.remove(object);
        assertThat(tools.ran()).contains("docker rm --force --volumes " + ONE);
    }

    @Test
    void whatLooksLikeAnOptionIsNoId() {
        HypervisorObject object = new HypervisorObject("docker", "--all", "x", MachineState.RUNNING, -1, "");
        assertThatThrownBy(() -> hypervisors(new RecordedTools(), Map.of()).remove(object))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stays");
        HypervisorObject other = new HypervisorObject("hyperv", "1", "x", MachineState.RUNNING, -1, "");
        assertThatThrownBy(() -> hypervisors(new RecordedTools(), Map.of()).remove(other))
                .hasMessageContaining("only be removed through Vagrant");
    }

    private Hypervisors hypervisors(RecordedTools tools, Map<String, String> variables) {
        return new Hypervisors(new Environment(variables), tools, temp);
    }
}
