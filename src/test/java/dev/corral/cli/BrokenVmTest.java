package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.vagrant.VagrantProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts of real VMs that do not reach their end. */
@Tag("vm_required")
@Timeout(300)
class BrokenVmTest extends OverLab {
    @Test
    void aFailedProvisionerIsNamedAndItsVmKeptWhenAsked() throws Exception {
        Ended ended =
                lab.corral("start", "--json", "--keep-failed", "--vagrantfile", VmLab.sample("broken-provisioner"));
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("The provisioner app (shell) failed.")
                .contains("app: /etc/app.conf: no such file");
        JsonNode vm = lab.vms().get(0);
        String sandbox = vm.path("sandbox").asText();
        assertThat(vm.path("state").asText()).isEqualTo("running");
        assertThat(lab.corral("list", "sandboxes", "--json")
                        .json()
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("start_failed");
        JsonNode kept = lab.corral("strays", "--all", "--json").json();
        assertThat(kept).as(kept.toString()).anySatisfy(row -> {
            assertThat(row.path("name").asText()).isEqualTo(sandbox);
            assertThat(row.path("state").asText()).isEqualTo("kept");
        });
        assertThat(lab.corral("cleanup", "--strays", "--dry-run").out()).doesNotContain(sandbox);
        assertThat(lab.corral("exec", "-n", sandbox, "--", "echo", "still here").out())
                .isEqualTo("still here\n");
        assertThat(lab.corral("destroy", sandbox).exitCode()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
    }

    @Test
    void aStartThatIsCancelledWhileItBootsLeavesNothing() throws Exception {
        CorralProcess start = lab.begin("start", "--json", "--vagrantfile", VmLab.sample("basic"));
        String sandbox = whileItBoots(start);
        start.interrupt();
        Ended ended = start.await();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(lab.sandboxes()).isEmpty();
    }

    @Test
    void aKilledStartIsListedWithItsVmAndCleanedUp() throws Exception {
        CorralProcess start = lab.begin("start", "--vagrantfile", VmLab.sample("basic"));
        String sandbox = whileItBoots(start);
        start.kill();
        JsonNode vm = lab.vms().get(0);
        assertThat(vm.path("sandbox").asText()).isEqualTo(sandbox);
        assertThat(vm.path("id").asText())
                .isEqualTo(VmLab.virsh("domuuid " + sandbox + "_default").strip());
        assertThat(lab.corral("list", "sandboxes", "--json")
                        .json()
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("interrupted");
        Ended destroyed = lab.corral("destroy", sandbox);
        assertThat(destroyed.exitCode()).as(destroyed.toString()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(VagrantProcesses.upIn(lab.cache().resolve(sandbox))).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(sandbox);
    }

    @Test
    void aDomainThatVagrantNeverNotedIsRemovedToo() throws Exception {
        CorralProcess start = lab.begin("start", "--vagrantfile", VmLab.sample("basic"));
        String sandbox = whileItBoots(start);
        start.kill();
        Path directory = lab.cache().resolve(sandbox);
        for (ProcessIdentity vagrant : VagrantProcesses.upIn(directory)) {
            ProcessHandle.of(vagrant.pid()).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
        // As if both had been killed between the making of the domain and the noting of its id.
        Files.delete(directory.resolve(".vagrant/machines/default/libvirt/id"));
        assertThat(lab.domains(sandbox)).hasSize(1);
        Ended destroyed = lab.corral("destroy", sandbox);
        assertThat(destroyed.exitCode()).as(destroyed.toString()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(sandbox);
    }

    // Until there is a domain with a noted id whose guest does not answer yet.
    private String whileItBoots(CorralProcess start) throws InterruptedException {
        start.until(() -> {
            List<String> known = lab.sandboxes();
            return !known.isEmpty()
                    && Files.exists(
                            lab.cache().resolve(known.getFirst()).resolve(".vagrant/machines/default/libvirt/id"));
        });
        String sandbox = lab.sandboxes().getFirst();
        start.until(() -> !lab.domains(sandbox).isEmpty());
        return sandbox;
    }
}
