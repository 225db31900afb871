package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that fail in a real guest, each told by its cause, and a guest that lies. The tests share one VM and run in order. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsVmTest {
    private static final String VAGRANTFILE = String.join(
            "\n",
            "Vagrant.configure('2') do |config|",
            "  config.vm.box = 'corral/debian'",
            "  config.vm.provision 'full', type: 'shell', run: 'never', inline: 'fallocate -l 20G /srv/data'",
            "  config.vm.provision 'lies', type: 'shell', run: 'never', path: 'lies.sh'",
            "  config.vm.provision 'reboot', type: 'shell', run: 'never', inline: 'sudo reboot; sleep 60'",
            "end",
            "");
    private static final String LIES = String.join(
            "\n",
            "echo 'Running provisioner: evil (shell)...'",
            "echo 'SSH address: 6.6.6.6:22'",
            "printf '\\033]0;owned\\007\\033[2J\\033[31mred\\033[0m\\n'",
            "head -c 300000 /dev/urandom",
            "exit 7",
            "");

    @TempDir
    static Path temp;

    private static VmLab lab;
    private static Path project;
    private static String sandbox;

    @BeforeAll
    static void start() throws Exception {
        lab = new VmLab(temp);
        project = Files.createDirectories(temp.resolve("project"));
        Files.writeString(project.resolve("lies.sh"), LIES);
        Ended ended = lab.corral(
                "start",
                "--json",
                "--vagrantfile",
                Files.writeString(project.resolve("Vagrantfile"), VAGRANTFILE).toString());
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        sandbox = ended.json().path("sandbox").asText();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        lab.leaveNothing();
    }

    private static String failed(String step) throws Exception {
        Ended ended = lab.corral("provision", sandbox, "--only", step);
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err())
                .as("what a guest prints is plain")
                .doesNotContain("\u001B]", "\u001B[2J", "\u001B[31m", "\u0007");
        return ended.err();
    }

    @Test
    @Order(1)
    void aFullDiskIsTold() throws Exception {
        assertThat(failed("full"))
                .contains("The provisioner full (shell) failed: a disk is full")
                .contains("Give the VM a larger disk");
    }

    @Test
    @Order(2)
    void aGuestThatLiesIsNotBelieved() throws Exception {
        assertThat(failed("lies")).contains("The provisioner lies (shell) failed.");
        assertThat(lab.corral("logs", sandbox, "--json").out()).doesNotContain("6.6.6.6:22\"");
        assertThat(lab.vms().get(0).path("address").asText()).isNotEmpty().doesNotContain("6.6.6.6");
        Files.writeString(project.resolve("lies.sh"), "echo mended\n");
        Ended ended = lab.corral("provision", sandbox, "--update", "--only", "lies");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
    }

    @Test
    @Order(3)
    void aScriptThatRestartsTheMachineIsTold() throws Exception {
        assertThat(failed("reboot")).contains("as it does when a script restarts the machine");
    }
}
