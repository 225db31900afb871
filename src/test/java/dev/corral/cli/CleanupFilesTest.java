package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cleanups over cache directories and hypervisors that are made up: odd names, links, damaged files, recorded tools. */
@Tag("unit")
@Timeout(180)
class CleanupFilesTest {
    private static final Path RECORDED = Path.of("src/test/resources/hypervisor");
    private static final String CONTAINER = "4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66ad9a0b2e4f66";

    @TempDir
    Path temp;

    private Path cache;
    private OwnPath path;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        cache = Files.createDirectories(temp.resolve("cache"));
        path = new OwnPath(temp.resolve("bin"));
        variables.put("PATH", path.toString());
        variables.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
    }

    @AfterEach
    void close() throws IOException {
        path.close();
    }

    private Ended corral(String... arguments) throws InterruptedException {
        return CorralProcess.run(variables, arguments);
    }

    private List<JsonNode> rows(Ended ended) {
        return StreamSupport.stream(ended.json().spliterator(), false).toList();
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(cache.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1200)));
    }

    @Test
    void linksAreNeverFollowedAndOddNamesHarmNothing() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside/deadbeef"));
        Files.writeString(outside.resolve("Vagrantfile"), "mine");
        Files.createSymbolicLink(cache.resolve("deadbeef"), outside);
        Files.createSymbolicLink(cache.resolve("level"), outside.getParent());
        Path half = Files.createDirectories(cache.resolve("0a1b2c3d"));
        Files.createSymbolicLink(half.resolve("way-out"), outside);
        Path trash = Files.createDirectories(cache.resolve(".corral/trash/1a1b2c3d-77/deep"));
        Files.createSymbolicLink(trash.resolve("way-out"), outside.getParent());
        shell("mkdir \"$(printf 'a\\033[31mb\\nc')\" ..x '...' \"$(printf 'k\\351y-22222222')\" "
                + "\"$(printf 'k\\352y-22222222')\" -- -rf \"$(printf '%0255d' 7)\"");
        Files.writeString(cache.resolve("-rf").resolve("keep"), "mine");
        shell("touch -d '20 minutes ago' 0a1b2c3d k*");

        Ended strays = corral("strays", "--all", "--json");
        assertThat(strays.exitCode()).as(strays.toString()).isZero();
        assertThat(rows(strays)).allSatisfy(row -> assertThat(row.path("name").asText())
                .doesNotContain("\u001b")
                .doesNotContain("\n"));
        Ended table = corral("strays", "--all");
        assertThat(table.out()).doesNotContain("\u001b");

        Ended cleanup = corral("cleanup", "--json");
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isZero();
        assertThat(rows(cleanup))
                .extracting(row -> row.path("result").asText())
                .containsOnly("removed")
                .hasSize(4);
        assertThat(half).doesNotExist();
        assertThat(cache.resolve(".corral/trash/1a1b2c3d-77")).doesNotExist();
        assertThat(outside.resolve("Vagrantfile")).hasContent("mine");
        assertThat(cache.resolve("deadbeef")).isSymbolicLink();
        assertThat(cache.resolve("-rf/keep")).exists();
        try (var left = Files.list(cache)) {
            assertThat(left.filter(entry -> !entry.getFileName().toString().equals(".corral")))
                    .hasSize(7);
        }

        Ended named = corral("cleanup", "--json", "deadbeef", "..", "../outside/deadbeef", ".corral");
        assertThat(named.exitCode()).as(named.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(rows(named))
                .extracting(row -> row.path("result").asText())
                .containsExactly("failed", "not_found", "not_found", "not_found");
        assertThat(outside.resolve("Vagrantfile")).hasContent("mine");
    }

    @Test
    void pipesAndDevicesInTheCacheAreNeitherWaitedForNorTakenIn() throws Exception {
        shell("""
                mkdir -p .corral aaaa1111 bbbb2222 eeee5555
                mkdir -p cccc3333/.vagrant/machines/default/libvirt dddd4444/.vagrant/machines/default/libvirt
                mkfifo aaaa1111/corral.json aaaa1111/Vagrantfile bbbb2222/journal.jsonl cccc3333/.vagrant/machines/default/libvirt/id
                rm -f .corral/made && mkfifo .corral/made
                echo '{}' >bbbb2222/corral.json
                touch cccc3333/Vagrantfile dddd4444/Vagrantfile eeee5555/Vagrantfile
                ln -s /dev/zero dddd4444/.vagrant/machines/default/libvirt/id
                ln -s /dev/zero eeee5555/corral.json
                find . -exec touch -h -d '20 minutes ago' {} +
                """);
        List<String> odd = List.of("bbbb2222", "cccc3333", "dddd4444", "eeee5555");
        Ended strays = corral("strays", "--all", "--json");
        assertThat(strays.exitCode()).as(strays.toString()).isZero();
        assertThat(rows(strays))
                .filteredOn(row -> odd.contains(row.path("name").asText()))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.path("state").asText())
                        .as(row.toString())
                        .isEqualTo("unknown"));
        assertThat(corral("cleanup", "--json").exitCode()).isIn(ExitCode.DONE, ExitCode.NOT_FOUND);
        for (String name : odd) {
            assertThat(cache.resolve(name)).exists();
        }
        for (String[] command : new String[][] {{"destroy", "bbbb2222"}, {"logs", "bbbb2222"}}) {
            Ended ended = corral(command);
            assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.err())
                    .contains("journal.jsonl")
                    .contains("no ordinary file")
                    .doesNotContain("bug");
        }
    }

    @Test
    void aSandboxThatCanNotBeChangedIsSaidPlainlyAndTheRestGoesOn() throws Exception {
        Path closed = Files.createDirectories(cache.resolve("0a1b2c3d"));
        Files.writeString(closed.resolve("Vagrantfile"), "");
        // Where the lock of a sandbox lies; root may write anywhere, but not into this.
        Files.createDirectory(closed.resolve("corral.lock"));
        Path open = Files.createDirectories(cache.resolve("1a1b2c3d"));
        Files.writeString(open.resolve("Vagrantfile"), "");
        // By name: a run of Inspect that another test has begun could own what nobody signed.
        Ended cleanup = corral("cleanup", "--json", "0a1b2c3d", "1a1b2c3d");
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(rows(cleanup).get(0).path("problem").asText()).startsWith("Sandbox 0a1b2c3d can't be changed at ");
        assertThat(rows(cleanup).get(0).path("next_step").asText()).isNotEmpty();
        assertThat(rows(cleanup).get(1).path("result").asText()).isEqualTo("destroyed");
        assertThat(closed.resolve("Vagrantfile")).exists();
        assertThat(open).doesNotExist();
    }

    @Test
    void aFullDiskKeepsNothingFromMakingRoom() throws Exception {
        assertThat(new ProcessBuilder(
                                "mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "corral-test", cache.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        try {
            for (String id : List.of("0a1b2c3d", "1a1b2c3d")) {
                Files.writeString(
                        Files.createDirectories(cache.resolve(id).resolve("files"))
                                .getParent()
                                .resolve("Vagrantfile"),
                        "");
            }
            shell("cat /dev/zero > 0a1b2c3d/files/big 2>/dev/null; test $(stat -f -c %a .) = 0");
            Ended cleanup = CorralProcess.runAlone(variables, "cleanup", "--json", "0a1b2c3d", "1a1b2c3d");
            assertThat(cleanup.exitCode()).as(cleanup.toString()).isZero();
            assertThat(rows(cleanup))
                    .extracting(row -> row.path("result").asText())
                    .containsExactly("destroyed", "destroyed");
            assertThat(cache.resolve("0a1b2c3d")).doesNotExist();
            assertThat(cache.toFile().getUsableSpace()).isGreaterThan(900_000);
        } finally {
            // Not from within it.
            assertThat(new ProcessBuilder("umount", cache.toString())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @Test
    void anIndexThatIsHalfWrittenIsKeptAndSaidSo() throws Exception {
        Path index = Files.createDirectories(temp.resolve("home/.vagrant.d/data/machine-index"))
                .resolve("index");
        String half = "{\"version\":1,\"machines\":{\"0123456789abcdef0123456789abcdef\":{\"local_data_path\":\"/nowh";
        Files.writeString(index, half);
        old(index);
        Ended strays = corral("strays", "--json");
        assertThat(strays.exitCode()).isZero();
        assertThat(strays.err()).contains(index.toString());
        Ended prune = corral("prune");
        assertThat(prune.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(Files.readString(index)).isEqualTo(half);
        Ended undo = corral("prune", "--undo");
        assertThat(undo.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(undo.err()).contains("There is no backup");
    }

    @Test
    void vmsOfVirtualBoxAndDockerAreFoundByTheirNamesAndRemoved() throws Exception {
        Files.writeString(Files.createDirectories(cache.resolve(".corral")).resolve("made"), "9f3c2a1b\n0a1b2c3d\n");
        Path machines = Files.createDirectories(temp.resolve("machines"));
        Path folder = Files.createDirectories(temp.resolve("VirtualBox VMs/9f3c2a1b_default_1707200000000_12345"));
        Files.write(folder.resolve("disk.vmdk"), new byte[200_000]);
        Files.writeString(machines.resolve("list"), Files.readString(RECORDED.resolve("vbox-list.txt")));
        Files.writeString(
                machines.resolve("info"),
                Files.readString(RECORDED.resolve("vbox-info.txt")).replace("@FOLDER@", folder.toString()));
        path.add("VBoxManage", """
                cd %s
                case $1 in
                list) cat list ;;
                showvminfo) cat info ;;
                unregistervm) rm -r '%s'; : > list ;;
                esac
                """.formatted(machines, folder));
        Files.writeString(machines.resolve("containers"), CONTAINER + "\t0a1b2c3d_default_1707200000\trunning\n");
        path.add("docker", """
                cd %s
                case $1 in
                ps) cat containers; printf 'f%%063d\\tpostgres\\trunning\\n' 0 ;;
                inspect) printf '%s\\t12288\\tbridge \\nf%%063d\\t100\\tbridge \\n' 0 ;;
                rm) [ "$4" = %s ] && : > containers ;;
                esac
                """.formatted(machines, CONTAINER, CONTAINER));
        variables.put("DOCKER_HOST", "unix:///nowhere");

        Ended strays = corral("strays", "--all", "--json");
        Map<String, String> states = new HashMap<>();
        rows(strays)
                .forEach(row ->
                        states.put(row.path("name").asText(), row.path("state").asText()));
        assertThat(states)
                .as(strays.toString())
                .containsEntry("9f3c2a1b_default_1707200000000_12345", "orphan")
                .containsEntry("0a1b2c3d_default_1707200000", "orphan")
                .containsEntry("postgres", "foreign");

        Ended cleanup = corral("cleanup", "--json");
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isZero();
        assertThat(rows(cleanup)).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("result").asText()).isEqualTo("destroyed");
            assertThat(row.path("regained_bytes").asLong())
                    .as(row.toString())
                    .isEqualTo(row.path("bytes").asLong())
                    .isPositive();
        });
        assertThat(folder).doesNotExist();
        assertThat(Files.readString(machines.resolve("containers"), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(corral("cleanup").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }
}
