package dev.corral.core.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.SurveyedMachine.Disk;
import dev.corral.core.hypervisor.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What libvirt 9 told of two machines of vagrant-libvirt on a private network (one with snapshots, one with saved memory and a
 * second disk) and of one with a hostile name, and what is made of it.
 */
@Tag("unit")
class LibvirtSurveyTest {
    private static final String SYSTEM = "qemu:///system";
    private static final String OTHER = "qemu+unix:///session";
    private static final Path RECORDED = Path.of("src/test/resources/hypervisor");
    private static final String IMAGES = "/var/lib/libvirt/images/";
    private static final String BOX =
            IMAGES + "corral-VAGRANTSLASH-debian_vagrant_box_image_20261125.230630.2088278138_box.img";

    @TempDir
    Path temp;

    @Test
    void readsMachinesOfVagrant() throws IOException {
        Survey survey = survey(new RecordedTools().libvirt(SYSTEM, RECORDED.resolve("libvirt-system.txt")), Map.of());
        assertThat(survey.problems()).isEmpty();
        assertThat(survey.answers().answered()).containsExactly(Host.libvirt(SYSTEM));
        assertThat(survey.machines())
                .extracting(
                        machine -> machine.object().name(),
                        machine -> machine.object().state(),
                        machine -> machine.object().diskBytes(),
                        SurveyedMachine::snapshots,
                        SurveyedMachine::source,
                        SurveyedMachine::networks)
                .containsExactly(
                        tuple(
                                "4511e423_attacker",
                                MachineState.RUNNING,
                                228_089_856L,
                                2,
                                "/home/ana/.cache/inspect-vagrant-sandbox/4511e423/Vagrantfile",
                                List.of("vagrant-libvirt", "corral-x0")),
                        tuple(
                                "4511e423_target",
                                MachineState.STOPPED,
                                1_585_152L,
                                0,
                                "/home/ana/.cache/inspect-vagrant-sandbox/4511e423/Vagrantfile",
                                List.of("vagrant-libvirt", "corral-x0")),
                        tuple(
                                "hyp it's; list \"q\" <é -x",
                                MachineState.STOPPED,
                                999_424L,
                                1,
                                "/home/ana/evals/a & b/Vagrantfile",
                                List.of()));
        SurveyedMachine attacker = survey.machines().get(0);
        assertThat(attacker.disks())
                .containsExactly(
                        new Disk(IMAGES + "4511e423_attacker.img", 228_089_856, true, false),
                        new Disk(BOX, 93_978_624, false, false));
        assertThat(attacker.savedBytes()).isZero();
        SurveyedMachine target = survey.machines().get(1);
        // One that is off tells no chain; the volumes do.
        assertThat(target.disks())
                .extracting(Disk::path, Disk::own)
                .containsExactly(
                        tuple(IMAGES + "4511e423_target.img", true),
                        tuple(BOX, false),
                        tuple(IMAGES + "4511e423_target-vdb.qcow2", true));
        assertThat(target.savedBytes()).as("there is some, of unknown size").isEqualTo(-1);
        assertThat(target.ownBytes()).isEqualTo(1_585_152);
        assertThat(survey.volumes())
                .extracting(Volume::name)
                .contains("-hyp dash.img", "-hyp-dash.img", "hyp ' ; list \"x é <&.img");
        assertThat(survey.volumes()).filteredOn(Volume::boxCopy).singleElement().satisfies(copy -> {
            assertThat(copy.path()).isEqualTo(BOX);
            assertThat(copy.modified()).isEqualTo(Instant.parse("2026-11-25T23:08:11.423919949Z"));
        });
        assertThat(survey.networks())
                .extracting(Network::name, Network::active)
                .containsExactlyInAnyOrder(
                        tuple("default", true), tuple("corral-x0", true), tuple("vagrant-libvirt", true));
    }

    @Test
    void aWorldOfItsOwnIsSeenToo() throws IOException {
        RecordedTools tools = new RecordedTools()
                .libvirt(SYSTEM, RECORDED.resolve("libvirt-system.txt"))
                .libvirt(OTHER, RECORDED.resolve("libvirt-session.txt"));
        Survey survey = survey(tools, Map.of("LIBVIRT_DEFAULT_URI", OTHER));
        assertThat(survey.machines()).hasSize(4);
        assertThat(survey.machines())
                .filteredOn(machine -> machine.object().where().equals(OTHER))
                .singleElement()
                .satisfies(machine -> {
                    assertThat(machine.object().name()).isEqualTo("s_default");
                    assertThat(machine.snapshots()).isEqualTo(1);
                    assertThat(machine.savedBytes()).isEqualTo(-1);
                    assertThat(machine.disks())
                            .extracting(Disk::path, Disk::own)
                            .containsExactly(tuple("/home/ana/pool/s_default.img", true));
                    assertThat(machine.ownBytes()).isPositive();
                });
        assertThat(survey.volumes())
                .filteredOn(volume -> volume.where().equals(OTHER))
                .extracting(Volume::pool)
                .containsExactly("home");
        assertThat(tools.ran()).as("three runs of virsh a connection").hasSize(6);
    }

    @Test
    void sameWorldUnderTwoNamesCountsOnce() throws IOException {
        RecordedTools tools = new RecordedTools()
                .libvirt(SYSTEM, RECORDED.resolve("libvirt-system.txt"))
                .libvirt("qemu+unix:///system", RECORDED.resolve("libvirt-system.txt"));
        Survey survey = survey(tools, Map.of("LIBVIRT_DEFAULT_URI", "qemu+unix:///system"));
        assertThat(survey.machines()).hasSize(3);
        assertThat(survey.volumes()).hasSize(7);
        assertThat(survey.networks()).hasSize(3);
    }

    @Test
    void oneSilentConnectionMakesAbsenceMeanNothing() throws IOException {
        RecordedTools tools = new RecordedTools()
                .libvirt(SYSTEM, RECORDED.resolve("libvirt-system.txt"))
                .silent(OTHER);
        Survey survey = survey(tools, Map.of("LIBVIRT_DEFAULT_URI", OTHER));
        assertThat(survey.answers().answered()).containsExactly(Host.libvirt(SYSTEM));
        assertThat(survey.answers().tells(HostContext.here(), "libvirt")).isFalse();
        assertThat(survey.health().get(Host.libvirt(OTHER)))
                .returns(false, Host.Health::answers)
                .returns(survey.problems().getFirst(), Host.Health::why);
        assertThat(survey.problems())
                .singleElement()
                .asString()
                .isEqualTo("libvirt (" + OTHER + ") does not answer: failed to connect to the hypervisor.");
        assertThat(survey.machines()).as("what the other told").hasSize(3);
    }

    @Test
    void anAnswerThatIsCutOffIsNone() throws IOException {
        RecordedTools tools = RecordedMachines.libvirt(2, 0, "/c", Integer::toString);
        tools.libvirt(
                SYSTEM,
                "dumpxml " + RecordedMachines.uuid(1),
                "<domain type='qemu'>\n  <name>1_default</name>\n  <devi");
        assertThat(survey(tools, Map.of())).satisfies(survey -> {
            assertThat(survey.answers().answered()).isEmpty();
            assertThat(survey.problems()).singleElement().asString().contains("can not be read");
        });
        tools.libvirt(
                SYSTEM,
                "dumpxml " + RecordedMachines.uuid(1),
                "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><domain/>");
        assertThat(survey(tools, Map.of()).answers().answered()).isEmpty();
    }

    @Test
    void thingsThatVanishOnTheWayAreNoFailure() throws IOException {
        RecordedTools tools = RecordedMachines.libvirt(3, 1, "/c", Integer::toString);
        tools.libvirt(SYSTEM, "dumpxml " + RecordedMachines.uuid(1), "");
        tools.libvirt(SYSTEM, "vol-dumpxml --vol " + RecordedMachines.IMAGES + "left-0_default.img", "");
        Survey survey = survey(tools, Map.of());
        assertThat(survey.answers().answered()).containsExactly(Host.libvirt(SYSTEM));
        assertThat(survey.machines()).hasSize(2);
        assertThat(survey.volumes())
                .filteredOn(volume -> volume.bytes() < 0)
                .extracting(Volume::name)
                .containsExactly("left-0_default.img");
    }

    @Test
    void readsManyWithFewRuns() throws IOException {
        assertThat(runsForMachines(500))
                .as("as many as for a few, but for what does not go into one command line")
                .isLessThanOrEqualTo(runsForMachines(5) + 4);
    }

    private int runsForMachines(int count) throws IOException {
        RecordedTools tools = RecordedMachines.libvirt(
                count, count - 1, "/home/ana/.cache/inspect-vagrant-sandbox", n -> String.format("%08x", n));
        Survey survey = hypervisors(tools, Map.of()).survey();
        assertThat(survey.machines())
                .hasSize(count)
                .allMatch(machine -> machine.disks().size() == 2 && machine.ownBytes() > 0);
        assertThat(survey.volumes()).hasSize(2 * count);
        assertThat(tools.ran()).allMatch(command -> command.length() < 128 * 1024);
        return tools.ran().size();
    }

    @Test
    void readsAllKindsOfDisks() throws IOException {
        LibvirtDomain domain = LibvirtXml.domain("""
                <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <!-- <name>not this</name> -->
                  <name>a&#x41;&#66;<![CDATA[]]></name>
                  <uuid>06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11</uuid>
                  <metadata><x:note xmlns:x='urn:x'><domain><name>forged</name></domain></x:note></metadata>
                  <description>first line
                Source: /home/ana/a &gt; b/Vagrantfile
                Source: /second</description>
                  <os><loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
                    <nvram template='/t'>/var/lib/libvirt/qemu/nvram/a_VARS.fd</nvram></os>
                  <devices>
                    <disk type='block' device='lun'><source dev='/dev/vg/a'/><target dev='sda'/></disk>
                    <disk type='volume' device='disk'><source pool='p' volume='v "1"'/><backingStore type='file'><source file='/b'>
                      <reservations><source type='unix' path='/s'/></reservations></source><backingStore/></backingStore>
                      <target dev='vda'/></disk>
                    <disk type='file' device='cdrom'><target dev='hda'/><readonly/></disk>
                    <disk type='file' device='disk'><source file='/ro.img'/><readonly/></disk>
                    <disk type='network' device='disk'><source protocol='rbd' name='p/i'><host name='h'/></source></disk>
                    <interface type='bridge'><source bridge='br0'/></interface>
                    <interface type='network'><source network='n&amp;1' bridge='virbr3'/></interface>
                  </devices>
                </domain>
                """);
        assertThat(domain.name()).isEqualTo("aAB");
        assertThat(domain.vagrantfile()).isEqualTo("/home/ana/a > b/Vagrantfile");
        assertThat(domain.nvram()).isEqualTo("/var/lib/libvirt/qemu/nvram/a_VARS.fd");
        assertThat(domain.reads()).containsExactly("/usr/share/OVMF/OVMF_CODE.fd");
        assertThat(domain.disks())
                .extracting(
                        disk -> disk.source().path(),
                        disk -> disk.source().volume(),
                        LibvirtDomain.Disk::writes,
                        disk -> disk.chain().size(),
                        LibvirtDomain.Disk::complete)
                .containsExactly(
                        tuple("/dev/vg/a", "", true, 0, false),
                        tuple("", "v \"1\"", true, 1, true),
                        tuple("", "", false, 0, false),
                        tuple("/ro.img", "", false, 0, false),
                        tuple("", "", true, 0, false));
        assertThat(domain.networks()).containsExactly("n&1");
        assertThat(domain.bridges()).containsExactly("br0", "virbr3");
        for (String broken : List.of(
                "",
                "error: no domain",
                "<domain>",
                "<domain></name>",
                "<domain",
                "<domain><!-- ",
                "<a b='>",
                "<domain><name>a\u0001</name></domain>",
                "<domain><name>&unknown;</name></domain>",
                "<!DOCTYPE domain><domain/>",
                "<!DOCTYPE domain [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><domain><name>&a;</name></domain>",
                "<!DOCTYPE domain SYSTEM 'http://192.0.2.1/x.dtd'><domain/>",
                "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><domain><name>&b;</name></domain>",
                "<domain/><domain/>")) {
            assertThatThrownBy(() -> LibvirtXml.domain(broken)).as(broken).isInstanceOf(IOException.class);
        }
    }

    @Test
    void quotesAsVirshReads() {
        for (String name :
                List.of("plain", "it's", "'; undefine x; '", "a \"b\" \\ $(id) `id`", "é 名 -x", "--pool=x", "\\'")) {
            assertThat(RecordedTools.commands("vol-dumpxml --vol " + Virsh.quoted(name) + "; echo x"))
                    .as(name)
                    .containsExactly(List.of("vol-dumpxml", "--vol", name), List.of("echo", "x"));
        }
    }

    private Survey survey(RecordedTools tools, Map<String, String> variables) {
        return hypervisors(tools, variables).survey();
    }

    private Hypervisors hypervisors(RecordedTools tools, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("HOME", temp.toString());
        all.put("XDG_RUNTIME_DIR", temp.toString());
        return new Hypervisors(new Environment(all), tools, temp);
    }
}
