package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.base.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line's other verbs on one real VM; the tests share it and run in order. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MachineVerbsVmTest {
    @TempDir
    static Path temp;

    private static VmLab lab;
    private static KeptSettings kept;
    private static String sandbox;

    @BeforeAll
    static void start() throws Exception {
        lab = new VmLab(temp);
        kept = new KeptSettings(lab, temp);
        sandbox = lab.start("basic", "--sample", "verbs").path("sandbox").asText();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        lab.leaveNothing();
    }

    private static Ended done(String... arguments) throws Exception {
        Ended ended = lab.corral(arguments);
        assertThat(ended.exitCode())
                .as("%s: %s", String.join(" ", arguments), ended.err())
                .isZero();
        return ended;
    }

    private static String guest(String script) throws Exception {
        return done("exec", "-n", sandbox, "--", "sh", "-c", script).out();
    }

    private static String state(String... arguments) throws Exception {
        JsonNode printed = Json.mapper().readTree(done(arguments).out());
        assertThat(printed.path("sandbox").asText()).isEqualTo(sandbox);
        return printed.path("machines").get(0).path("state").asText();
    }

    @Test
    @Order(1)
    void haltUpReload() throws Exception {
        kept.hold(sandbox);
        guest("echo kept > kept");
        String boot = guest("cat /proc/sys/kernel/random/boot_id");
        assertThat(state("halt", sandbox, "--json")).isEqualTo("stopped");
        assertThat(lab.vms().get(0).path("state").asText()).isEqualTo("stopped");
        assertThat(lab.corral("exec", "-n", sandbox, "--", "true").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(state("up", sandbox + "/default", "--json")).isEqualTo("running");
        kept.hold(sandbox);
        assertThat(guest("cat kept")).isEqualTo("kept\n");
        String second = guest("cat /proc/sys/kernel/random/boot_id");
        assertThat(second).isNotEqualTo(boot);
        assertThat(state("reload", sandbox, "--json")).isEqualTo("running");
        kept.hold(sandbox);
        assertThat(guest("cat /proc/sys/kernel/random/boot_id")).isNotIn(boot, second);
    }

    @Test
    @Order(2)
    void suspendAndResumeGoOnWhereTheyWere() throws Exception {
        String boot = guest("cat /proc/sys/kernel/random/boot_id");
        assertThat(state("suspend", sandbox, "--json")).isEqualTo("paused");
        assertThat(state("resume", sandbox, "--json")).isEqualTo("running");
        kept.hold(sandbox);
        assertThat(guest("cat /proc/sys/kernel/random/boot_id")).isEqualTo(boot);
        done("provision", sandbox);
    }

    @Test
    @Order(3)
    void aSnapshotBringsBackWhatWas() throws Exception {
        guest("echo before > story");
        done("snapshot", "save", sandbox, "first");
        guest("echo after > story; sync");
        JsonNode names = Json.mapper()
                .readTree(done("snapshot", "list", sandbox, "--json").out());
        assertThat(names).hasSize(1);
        assertThat(names.get(0).path("name").asText()).isEqualTo("first");
        done("snapshot", "restore", sandbox + "/default", "first");
        assertThat(guest("cat story")).isEqualTo("before\n");
        Ended none = lab.corral("snapshot", "restore", sandbox, "never-saved");
        assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(none.err()).contains("never-saved");
        done("snapshot", "save", sandbox, "second");
        done("snapshot", "delete", sandbox, "second");
        assertThat(Json.mapper()
                        .readTree(done("snapshot", "list", sandbox, "--json").out()))
                .hasSize(1);
    }

    @Test
    @Order(4)
    void copiesBothWays() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("a tree/sub"));
        byte[] bytes = new byte[20_000_000];
        new Random(11).nextBytes(bytes);
        Files.write(tree.resolve("big bin"), bytes);
        Files.writeString(tree.resolve("q'uo\"te\nline"), "x");
        Files.setPosixFilePermissions(
                Files.writeString(tree.resolve("run"), "#!/bin/sh\n"), PosixFilePermissions.fromString("rwxr-x---"));
        done("cp", "-r", tree.getParent().toString(), sandbox + ":");
        assertThat(guest("stat -c %a 'a tree/sub/run'; wc -c < 'a tree/sub/big bin'"))
                .isEqualTo("750\n20000000\n");
        done("cp", sandbox + "/default:a tree", temp.resolve("back").toString());
        assertThat(temp.resolve("back/sub/big bin")).hasBinaryContent(bytes);
        assertThat(temp.resolve("back/sub/q'uo\"te\nline")).hasContent("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("back/sub/run"))))
                .isEqualTo("rwxr-x---");
        done("cp", "--user", "root", temp.resolve("back/sub/run").toString(), sandbox + ":/opt/new/name");
        assertThat(guest("stat -c %U /opt/new/name")).isEqualTo("root\n");
        assertThat(lab.corral("cp", sandbox + ":/not/there", temp.toString()).exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(lab.corral("cp", temp.resolve("none").toString(), sandbox + ":")
                        .exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    @Order(5)
    void openSshTakesTheSettings() throws Exception {
        Path settings = temp.resolve("ssh.conf");
        Files.writeString(settings, done("ssh-config", sandbox).out());
        Process ssh = new ProcessBuilder("ssh", "-F", settings.toString(), sandbox + ".default", "echo over ssh")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("over ssh\n");
    }

    @Test
    @Order(6)
    void theStoryIsToldInOrder() throws Exception {
        String story = done("logs", sandbox).out();
        assertThat(story)
                .containsSubsequence(
                        "start begins", "vagrant up", "answers over SSH", "vagrant halt", "vagrant snapshot-save");
    }

    @Test
    @Order(7)
    void cleanupOfOneThatHasASnapshotLeavesNothing() throws Exception {
        assertThat(lab.corral("cleanup").out()).as("it is pinned, so no stray").doesNotContain(sandbox);
        assertThat(VmLab.virsh("list --all --name")).contains(sandbox);
        assertThat(lab.corral("cleanup", sandbox, "--older-than", "1d").exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(done("cleanup", sandbox, "--dry-run").out())
                .contains("sandbox " + sandbox + " (default) · kept · destroy 1 VM, remove the directory");
        Ended ended = done("cleanup", sandbox);
        assertThat(ended.out()).contains("sandbox " + sandbox + " (default) destroyed");
        assertThat(ended.err()).contains("Sandbox cache directory: " + lab.cache());
        assertThat(VmLab.virsh("list --all --name")).doesNotContain(sandbox);
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(sandbox);
    }
}
