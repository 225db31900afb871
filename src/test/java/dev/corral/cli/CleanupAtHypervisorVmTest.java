package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Vagrant can't take away, or has lost sight of, goes at the hypervisor; the tests share the VMs and run in order. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CleanupAtHypervisorVmTest {
    @TempDir
    static Path temp;

    private static VmLab lab;
    private static String first;
    /** Once its VM is destroyed it is the sandbox that leftovers are named after. */
    private static String gone;

    @BeforeAll
    static void start() throws Exception {
        lab = new VmLab(temp);
        List<CorralProcess> starts = Stream.generate(
                        () -> lab.begin("start", "--json", "--vagrantfile", VmLab.sample("basic")))
                .limit(2)
                .toList();
        List<String> sandboxes = new ArrayList<>();
        for (CorralProcess start : starts) {
            Ended ended = start.await();
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            sandboxes.add(ended.json().path("sandbox").asText());
            assertThat(lab.corral("unpin", sandboxes.getLast()).exitCode()).isZero();
        }
        first = sandboxes.getFirst();
        gone = sandboxes.getLast();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        lab.leaveNothing();
    }

    @Test
    @Order(1)
    void withoutTheProvidersPluginAndWithoutVagrantVmsGoAtTheHypervisor() throws Exception {
        lab.withoutPlugins(first);
        destroyedAtTheHypervisor(lab.variables(), first);

        Map<String, String> variables = new HashMap<>(lab.variables());
        Path programs = VmLab.programs(temp.resolve("without-vagrant"), "virsh", "env", "find", "stat");
        variables.put("PATH", programs.toString());
        destroyedAtTheHypervisor(variables, gone);
    }

    @Test
    @Order(2)
    void aHypervisorThatStopsInTheMiddleKeepsTheHandle() throws Exception {
        String sandbox = lab.start("basic").path("sandbox").asText();
        assertThat(lab.corral("unpin", sandbox).exitCode()).isZero();
        lab.withoutPlugins(sandbox);
        // One that answers until the VM is powered off, and then no more.
        Path programs = temp.resolve("stops");
        VmLab.program(programs, "virsh", """
                #!/bin/sh
                case "$*" in *undefine*) touch "%1$s/stopped" ;; esac
                [ ! -e "%1$s/stopped" ] || { echo 'error: failed to connect to the hypervisor' >&2; exit 1; }
                exec /usr/bin/virsh "$@"
                """.formatted(programs));
        Map<String, String> variables = new HashMap<>(lab.variables());
        variables.merge("PATH", "", (path, none) -> programs + ":" + path);
        Ended ended = CorralProcess.run(variables, "cleanup", "--json", sandbox);
        assertThat(programs.resolve("stopped")).exists();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(ended.json().get(0).path("result").asText())
                .as(ended.toString())
                .isEqualTo("failed");
        assertThat(lab.domains(sandbox)).hasSize(1);
        assertThat(lab.strays().get(sandbox).path("state").asText()).isEqualTo("destroy_failed");
        assertThat(lab.corral("cleanup", sandbox).exitCode()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(lab.cache().resolve(sandbox)).doesNotExist();
    }

    @Test
    @Order(3)
    void aDiskOfASandboxThatIsGoneIsALeftover() throws Exception {
        String disk = gone + "_second.img";
        VmLab.virsh("vol-create-as default " + disk + " 8M --allocation 8M");
        try {
            Path file = Path.of(VmLab.virsh("vol-path --pool default " + disk).strip());
            assertThat(lab.strays().get(disk).path("state").asText())
                    .as("it may belong to a start")
                    .isEqualTo("unknown");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1200)));
            JsonNode row = lab.strays().get(disk);
            assertThat(row.path("state").asText()).as(row.toString()).isEqualTo("leftover");
            Ended ended = lab.corral("prune", "--json", disk);
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertThat(ended.json().get(0).path("regained_bytes").asLong())
                    .isEqualTo(row.path("bytes").asLong())
                    .isPositive();
            assertThat(Files.notExists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
        } finally {
            if (VmLab.virsh("vol-list default").contains(disk)) {
                VmLab.virsh("vol-delete --pool default " + disk);
            }
        }
    }

    @Test
    @Order(4)
    void aNetworkOfASandboxThatIsGoneIsALeftover() throws Exception {
        // As vagrant-libvirt names the private networks of a project: the directory's name and a number.
        String network = gone + "0";
        Path xml = Files.writeString(
                temp.resolve("network.xml"),
                "<network><name>" + network + "</name><bridge name='cb" + gone + "'/></network>");
        VmLab.virsh("net-define " + xml);
        try {
            VmLab.virsh("net-start " + network);
            JsonNode row = lab.strays().get(network);
            assertThat(row.path("state").asText()).as(row.toString()).isEqualTo("leftover");
            assertThat(row.path("kind").asText()).isEqualTo("network");
            Ended ended = lab.corral("prune", "--json", network);
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertThat(ended.json().get(0).path("result").asText()).isEqualTo("removed");
            assertThat(VmLab.virsh("net-list --all --name").lines())
                    .doesNotContain(network)
                    .contains("default");
        } finally {
            if (VmLab.virsh("net-list --name").lines().anyMatch(network::equals)) {
                VmLab.virsh("net-destroy " + network);
            }
            if (VmLab.virsh("net-list --all --name").lines().anyMatch(network::equals)) {
                VmLab.virsh("net-undefine " + network);
            }
        }
    }

    @Test
    @Order(5)
    void aCopyOfABoxThatIsGoneIsALeftover() throws Exception {
        String copy = "lab-VAGRANTSLASH-gone" + gone + "_vagrant_box_image_0_box.img";
        VmLab.virsh("vol-create-as default " + copy + " 8M --allocation 8M");
        try {
            Path file = Path.of(VmLab.virsh("vol-path --pool default " + copy).strip());
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1200)));
            JsonNode row = lab.strays().get(copy);
            assertThat(row.path("state").asText()).as(row.toString()).isEqualTo("leftover");
            assertThat(row.path("kind").asText()).isEqualTo("box_copy");
            Ended ended = lab.corral("prune", "--json", copy);
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertThat(ended.json().get(0).path("regained_bytes").asLong())
                    .isEqualTo(row.path("bytes").asLong())
                    .isPositive();
            assertThat(VmLab.virsh("vol-list default")).doesNotContain(copy).contains("_vagrant_box_image_");
        } finally {
            if (VmLab.virsh("vol-list default").contains(copy)) {
                VmLab.virsh("vol-delete --pool default " + copy);
            }
        }
    }

    private static void destroyedAtTheHypervisor(Map<String, String> variables, String sandbox)
            throws InterruptedException {
        assertThat(lab.strays().get(sandbox).path("state").asText()).isEqualTo("stray");
        Ended ended = CorralProcess.run(variables, "cleanup", "--json", sandbox);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        JsonNode result = ended.json().get(0);
        assertThat(result.path("result").asText()).as(ended.toString()).isEqualTo("destroyed");
        VmLab.givesBackWhatWasPromised(result, true);
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(sandbox);
        assertThat(lab.cache().resolve(sandbox)).doesNotExist();
    }
}
