package dev.corral.core.hypervisor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.DiskUsage;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.SurveyedMachine.Disk;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real QEMU as vagrant-qemu starts it, with no guest in it: seen, seen when its disk is deleted under it, and ended. */
@Tag("vm_required")
@Timeout(120)
class PlainQemuTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    @Test
    void aMachineWhoseDiskWasDeletedIsSeenAndEnded() throws Exception {
        Path project = Files.createDirectories(temp.resolve("it's a project"));
        Path folder = Files.createDirectories(project.resolve(".vagrant/machines/default/qemu/vq_Ab-9_xYz012"));
        Path box = temp.resolve("box.img");
        Path disk = folder.resolve("linked-box.img");
        assertThat(Processes.run(
                                List.of("qemu-img", "create", "-q", "-f", "qcow2", box.toString(), "8M"),
                                null,
                                null,
                                new byte[0],
                                LIMIT)
                        .ok())
                .isTrue();
        assertThat(Processes.run(
                                List.of(
                                        "qemu-img",
                                        "create",
                                        "-q",
                                        "-f",
                                        "qcow2",
                                        "-F",
                                        "qcow2",
                                        "-b",
                                        box.toString(),
                                        disk.toString()),
                                null,
                                null,
                                new byte[0],
                                LIMIT)
                        .ok())
                .isTrue();
        Hypervisors hypervisors = new Hypervisors(new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString())));
        RunningProcess process = Processes.startReading(
                List.of(
                        "qemu-system-x86_64",
                        "-machine",
                        "pc,accel=tcg",
                        "-m",
                        "16",
                        "-S",
                        "-display",
                        "none",
                        "-monitor",
                        "none",
                        "-serial",
                        "none",
                        "-drive",
                        "if=virtio,id=disk0,format=qcow2,file=" + disk),
                System.getenv(),
                OutputStream.nullOutputStream());
        try {
            SurveyedMachine machine = awaitOpen(hypervisors, process);
            long bytes = DiskUsage.bytesOf(List.of(disk));
            assertThat(machine.object())
                    .isEqualTo(new HypervisorObject(
                            "qemu", "vq_Ab-9_xYz012", "default", MachineState.RUNNING, bytes, folder.toString()));
            assertThat(machine.source())
                    .isEqualTo(project.resolve("Vagrantfile").toString());
            assertThat(machine.disks())
                    .containsExactly(
                            new Disk(disk.toString(), bytes, true, false),
                            new Disk(box.toString(), DiskUsage.bytesOf(List.of(box)), false, false));
            assertThat(machine.process()).contains(ProcessIdentity.of(process.pid()));

            Files.delete(disk);
            SurveyedMachine orphan = machine(hypervisors).orElseThrow();
            assertThat(orphan.disks().getFirst()).isEqualTo(new Disk(disk.toString(), bytes, true, true));
            assertThat(orphan.ownBytes()).as("what its end gives back").isEqualTo(bytes);

            Semaphore changes = new Semaphore(0);
            try (Subscription watch = hypervisors.watch(changes::release)) {
                hypervisors.survey();
                hypervisors.remove(orphan.object());
                assertThat(changes.tryAcquire(5, TimeUnit.SECONDS))
                        .as("its end is told")
                        .isTrue();
                assertThat(watch).isNotNull();
            }
            assertThat(process.alive()).isFalse();
            assertThat(machine(hypervisors)).isEmpty();
            hypervisors.remove(orphan.object());
        } finally {
            process.kill();
        }
    }

    @Test
    void whatVagrantDidNotStartIsNoMachineOfIts() throws Exception {
        ProcessIdentity self = ProcessIdentity.self();
        assertThat(QemuProcesses.describe(
                        self, List.of("qemu-system-x86_64", "-name", "guest=a,debug-threads=on", "-S")))
                .isEmpty();
        QemuProcesses.Qemu other = QemuProcesses.describe(
                        self,
                        List.of(
                                "qemu-system-x86_64",
                                "-name",
                                "mine",
                                "-hda",
                                "/a,b.img",
                                "-drive",
                                "file=/c,,d.img,if=virtio"))
                .orElseThrow();
        assertThat(other.id()).isEmpty();
        assertThat(other.machine()).isEqualTo("mine");
        assertThat(other.files()).containsExactly("/a,b.img", "/c,d.img");
        HypervisorObject object = new HypervisorObject("qemu", "process-1", "mine", MachineState.RUNNING, -1, "");
        assertThatThrownBy(() -> new Hypervisors(new Environment(Map.of())).remove(object))
                .hasMessageContaining("none of Vagrant's");
    }

    private static Optional<SurveyedMachine> machine(Hypervisors hypervisors) {
        return hypervisors.survey().machines().stream()
                .filter(one -> one.object().id().equals("vq_Ab-9_xYz012"))
                .findFirst();
    }

    private static SurveyedMachine awaitOpen(Hypervisors hypervisors, RunningProcess process)
            throws InterruptedException {
        while (true) {
            Optional<SurveyedMachine> machine = machine(hypervisors);
            boolean open = QemuProcesses.onThisMachine().open(process.pid()).keySet().stream()
                    .anyMatch(file -> file.endsWith("linked-box.img"));
            if (machine.isPresent() && open) {
                return machine(hypervisors).orElseThrow();
            }
            assertThat(process.alive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
