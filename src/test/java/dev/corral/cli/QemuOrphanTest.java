package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines of vagrant-qemu whose sandbox's directory is gone. A shell of QEMU's name stands in for QEMU: with such a command line, and with
 * the disk open.
 */
@Tag("unit")
@Timeout(240)
class QemuOrphanTest {
    private static final String ID = "9f3c2a1b";

    @TempDir
    Path temp;

    private Path cache;
    private Path qemu;
    private OwnPath path;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        cache = Files.createDirectories(temp.resolve("cache"));
        path = new OwnPath(temp.resolve("bin"));
        qemu = Files.copy(
                Path.of("/bin/sh").toRealPath(),
                temp.resolve("qemu-system-x86_64"),
                StandardCopyOption.COPY_ATTRIBUTES);
        variables.put("PATH", path.toString());
        variables.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
        Files.writeString(Files.createDirectories(cache.resolve(".corral")).resolve("made"), ID + "\n");
    }

    @AfterEach
    void close() throws IOException {
        started.forEach(Process::destroyForcibly);
        path.close();
    }

    private Process machine(Path project, String id) throws Exception {
        Path folder = Files.createDirectories(
                project.resolve(".vagrant/machines/web/qemu").resolve(id));
        Path disk = Files.write(folder.resolve("linked-box.img"), new byte[100_000]);
        Process process = new ProcessBuilder(
                        qemu.toString(),
                        "-c",
                        "exec 3<\"${2#*file=}\"; echo open; read -r end",
                        "stand-in",
                        "-drive",
                        "if=virtio,id=disk0,format=qcow2,file=" + disk,
                        "-pidfile",
                        temp.resolve(id + ".pid").toString())
                .start();
        started.add(process);
        assertThat(process.inputReader().readLine()).isEqualTo("open");
        return process;
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    // Other tests may have VMs of plain QEMU meanwhile: only those of this cache are looked at.
    private List<JsonNode> strays() throws InterruptedException {
        Ended ended = CorralProcess.run(variables, "strays", "--all", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return StreamSupport.stream(ended.json().spliterator(), false)
                .filter(row -> row.toString().contains(temp.toString()))
                .toList();
    }

    @Test
    void itIsFoundByItsProcessAndExactlyThatIsEnded() throws Exception {
        Path gone = cache.resolve(ID);
        Process orphan = machine(gone, "vq_orphan00001");
        // The same id in a project of somebody's own, and another machine of it.
        Process other = machine(temp.resolve("project"), "vq_orphan00001");
        // A process that was started for a sandbox whose directory was only moved.
        Path moved = cache.resolve(ID + "-away");
        remove(gone);
        JsonNode row = strays().stream()
                .filter(one -> one.path("state").asText().equals("orphan"))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("reason").asText())
                .isEqualTo("Its sandbox's directory is gone, and its disk was deleted while it ran.");
        Ended cleanup = CorralProcess.run(
                variables, "cleanup", "--json", row.path("key").asText());
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isZero();
        assertThat(cleanup.json().get(0).path("result").asText()).isEqualTo("destroyed");
        assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(other.isAlive()).isTrue();
        assertThat(strays()).noneMatch(one -> one.path("state").asText().equals("orphan"));

        Process elsewhere = machine(gone, "vq_moved000001");
        Files.move(gone, moved);
        JsonNode unknown = strays().stream()
                .filter(one -> one.path("key").asText().contains("vq_moved000001"))
                .findFirst()
                .orElseThrow();
        assertThat(unknown.path("state").asText()).isEqualTo("unknown");
        assertThat(CorralProcess.run(variables, "cleanup", "--json").json())
                .noneMatch(one -> one.path("key").asText().contains("vq_moved000001"));
        assertThat(elsewhere.isAlive()).isTrue();
    }
}
