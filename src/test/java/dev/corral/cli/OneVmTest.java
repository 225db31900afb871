package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
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

/** The life of one real VM, from start to destroy; the tests share it and run in order. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneVmTest {
    @TempDir
    static Path temp;

    private static VmLab lab;
    private static JsonNode started;
    private static String sandbox;

    @BeforeAll
    static void start() throws Exception {
        lab = new VmLab(temp);
        started = lab.start("basic", "--sample", "little/memory 1");
        sandbox = started.path("sandbox").asText();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        lab.leaveNothing();
    }

    @Test
    @Order(1)
    void startPrintsWhatItMade() {
        assertThat(sandbox).matches("little-m-[0-9a-f]{8}");
        assertThat(started.path("directory").asText())
                .isEqualTo(lab.cache().resolve(sandbox).toString());
        assertThat(started.path("seconds").asDouble()).isPositive();
        assertThat(started.path("machines")).hasSize(1);
        assertThat(started.path("machines").get(0).path("name").asText()).isEqualTo("default");
        assertThat(started.path("machines").get(0).path("state").asText()).isEqualTo("running");
        assertThat(started.path("machines").get(0).path("primary").asBoolean()).isTrue();
    }

    @Test
    @Order(2)
    void listTellsAllThatIsKnown() throws Exception {
        JsonNode vm = lab.vms().get(0);
        for (String field :
                new String[] {"sandbox", "machine", "state", "provider", "id", "directory", "task", "sample", "owner"
                }) {
            assertThat(vm.has(field)).as(field).isTrue();
        }
        assertThat(vm.path("state").asText()).isEqualTo("running");
        assertThat(vm.path("provider").asText()).isEqualTo("libvirt");
        assertThat(vm.path("sample").asText()).isEqualTo("little/memory 1");
        assertThat(vm.path("id").asText())
                .isEqualTo(VmLab.virsh("domuuid " + sandbox + "_default").strip());
        assertThat(vm.path("box").asText()).isEqualTo("corral/debian");
        assertThat(vm.path("address").asText()).isNotEmpty();
        assertThat(vm.path("owner").path("kind").asText()).isEqualTo("command_line");
    }

    @Test
    @Order(3)
    void execPassesEverythingThrough() throws Exception {
        assertThat(lab.corral("exec", "-n", sandbox, "--", "sh", "-c", "exit 7").exitCode())
                .isEqualTo(7);
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        Ended cat = lab.corral(bytes, "exec", sandbox + "/default", "--", "sh", "-c", "cat; echo apart >&2");
        assertThat(cat.exitCode()).as(cat.err()).isZero();
        assertThat(cat.stdout()).isEqualTo(bytes);
        assertThat(cat.err()).isEqualTo("apart\n");
        Ended root = lab.corral(
                "exec",
                "-n",
                "--user",
                "root",
                "--cwd",
                "/etc",
                "--env",
                "WORD=two words",
                sandbox,
                "--",
                "sh",
                "-c",
                "id -un; pwd; echo \"$WORD\"");
        assertThat(root.out()).isEqualTo("root\n/etc\ntwo words\n");
    }

    @Test
    @Order(4)
    void aTimeOutEndsTheCommandInTheGuest() throws Exception {
        Ended ended =
                lab.corral("exec", "-n", "--timeout", "2", sandbox, "--", "sh", "-c", "sleep 98765 & sleep 98765");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(ended.err()).contains("longer than 2.0 s");
        assertThat(lab.corral("exec", "-n", sandbox, "--", "sh", "-c", "ps ax | grep -c '[s]leep 98765'")
                        .out()
                        .strip())
                .isEqualTo("0");
    }

    @Test
    @Order(5)
    void somebodyOutsideGetsATerminalInItAndNothingElse() throws Exception {
        Path key = temp.resolve("ann");
        assertThat(ssh("", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ann", "-f", key.toString()))
                .isEmpty();
        CorralProcess serving =
                lab.begin("solve", "hand-over", sandbox, "--key", key + ".pub", "--until", "20m", "--json");
        serving.until(() -> serving.outSoFar().endsWith("}\n") || !serving.alive());
        JsonNode handed = Json.mapper().readTree(serving.outSoFar());
        Path known = Files.writeString(
                temp.resolve("known"), handed.path("known_hosts").asText() + "\n");
        String[] command = {
            "ssh",
            "-F",
            "/dev/null",
            "-tt",
            "-i",
            key.toString(),
            "-o",
            "UserKnownHostsFile=" + known,
            "-o",
            "StrictHostKeyChecking=yes",
            "-p",
            handed.path("port").asText(),
            "corral@127.0.0.1"
        };
        assertThat(ssh("echo on=$(hostname)\nexit\n", command)).contains("on=");
        String[] other = Arrays.copyOf(command, command.length + 1);
        other[command.length] = "id";
        assertThat(ssh("", other)).contains("exec request failed");
        try (Stream<Path> files =
                Files.list(lab.cache().resolve(".corral/recordings").resolve(sandbox))) {
            assertThat(Files.readString(files.findFirst().orElseThrow())).contains("\"i\", \"echo on=$(hostname)");
        }
        assertThat(lab.corral("solve", "hand-over", "revoke", handed.path("id").asText())
                        .exitCode())
                .isZero();
        assertThat(serving.await().exitCode()).isZero();
        assertThat(ssh("", command)).contains("refused");
    }

    private static String ssh(String typed, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    @Order(6)
    void whatIsNotThereIsSaidPlainly() throws Exception {
        Ended machine = lab.corral("exec", "-n", sandbox + "/nobody", "--", "true");
        assertThat(machine.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(machine.err()).contains("has no machine nobody; it has default.");
        Ended none = lab.corral("exec", "-n", "nosuchsandbox", "--", "true");
        assertThat(none.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(none.out()).isEmpty();
        assertThat(lab.corral("exec", "-n", "--user", "nobody-here", sandbox, "--", "true")
                        .exitCode())
                .isNotZero();
    }

    @Test
    @Order(7)
    void aRebootIsSurvived() throws Exception {
        String before = lab.corral("exec", "-n", sandbox, "--", "cat", "/proc/sys/kernel/random/boot_id")
                .out();
        lab.corral("exec", "-n", "--timeout", "20", sandbox, "--", "sudo", "reboot");
        // A command under way when the guest went down is noticed to be lost after a minute or so only.
        StubWorld.until(Duration.ofMinutes(4), () -> {
            Ended boot = run("exec", "-n", "--timeout", "20", sandbox, "--", "cat", "/proc/sys/kernel/random/boot_id");
            return boot.exitCode() == 0 && !boot.out().equals(before);
        });
    }

    @Test
    @Order(8)
    void aGuestWithoutSudoIsSaidPlainly() throws Exception {
        assertThat(lab.corral("exec", "-n", sandbox, "--", "sudo", "chmod", "0", "/usr/bin/sudo")
                        .exitCode())
                .isZero();
        Ended ended = lab.corral("exec", "-n", "--user", "root", sandbox, "--", "true");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("sudo").doesNotContain("Exception").doesNotContain("bug in Corral");
        assertThat(lab.corral("exec", "-n", sandbox, "--", "true").exitCode()).isZero();
    }

    @Test
    @Order(9)
    void aVmThatSomebodyShutOffIsShownAsStopped() throws Exception {
        VmLab.virsh("destroy " + sandbox + "_default");
        assertThat(lab.vms().get(0).path("state").asText()).isEqualTo("stopped");
        Ended ended = lab.corral("exec", "-n", sandbox, "--", "true");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).doesNotContain("bug in Corral").doesNotContain("\tat ");
    }

    @Test
    @Order(10)
    void destroyLeavesNothingAtTheHypervisor() throws Exception {
        Ended dry = lab.corral("destroy", "--dry-run", "--json", sandbox);
        assertThat(dry.json().get(0).path("result").asText()).isEqualTo("would_be_destroyed");
        Ended ended = lab.corral("destroy", "--json", sandbox, "nosuchsandbox");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(ended.json()).hasSize(2);
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(lab.sandboxes()).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(sandbox);
        assertThat(lab.vms()).isEmpty();
        assertThat(lab.corral("destroy", sandbox).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    private static Ended run(String... arguments) {
        try {
            return lab.corral(arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(-1, new byte[0], e.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
