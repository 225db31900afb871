package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strays of real VMs, ours and the original plugin's, to their end; the tests share the VMs and run in order. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CleanupVmTest {
    private static final String ORIGINAL = hex();
    /** Bytes that a VM may write between a look and its end. */
    private static final long GROWTH = 4 * 1024 * 1024;

    private static final String NESTED = "memory-" + hex();

    @TempDir
    static Path temp;

    private static VmLab lab;
    private static String ours;
    private static JsonNode ghost;

    @BeforeAll
    static void start() throws Exception {
        lab = new VmLab(temp);
        // As the original does it: a directory, a Vagrantfile, and machine names that carry the suffix.
        List<CompletableFuture<Integer>> ups = Stream.of(
                        lab.cache().resolve(ORIGINAL),
                        lab.cache().resolve("night").resolve(NESTED))
                .map(directory -> CompletableFuture.supplyAsync(() -> up(directory), Thread::startVirtualThread))
                .toList();
        ours = lab.start("basic").path("sandbox").asText();
        for (CompletableFuture<Integer> up : ups) {
            assertThat(up.join()).isZero();
        }
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        lab.corral("destroy", "--force", NESTED);
        // The folder of a cache suffix stays, for the next run with it.
        Files.delete(lab.cache().resolve("night"));
        lab.leaveNothing();
        for (String name : List.of(ours, ORIGINAL, NESTED)) {
            for (String domain : lab.domains(name)) {
                VmLab.virsh("destroy " + domain);
                VmLab.virsh("undefine " + domain + " --managed-save --snapshots-metadata --remove-all-storage");
            }
        }
    }

    private static String hex() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static int up(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("Vagrantfile"), """
                    Vagrant.configure("2") do |config|
                      config.vm.box = "corral/debian"
                      config.vm.synced_folder ".", "/vagrant", disabled: true
                      config.vm.define "target#{ENV['INSPECT_VM_SUFFIX']}"
                    end
                    """);
            ProcessBuilder builder = new ProcessBuilder("vagrant", "up")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            temp.resolve("up-" + directory.getFileName()).toFile());
            builder.environment().put("INSPECT_VM_SUFFIX", "-" + directory.getFileName());
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Map<String, JsonNode> strays() throws InterruptedException {
        Ended ended = lab.corral("strays", "--all", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return StreamSupport.stream(ended.json().spliterator(), false)
                .collect(Collectors.toMap(row -> row.path("name").asText(), row -> row, (first, second) -> first));
    }

    private static String vagrant(String command) throws Exception {
        Process process = new ProcessBuilder("vagrant", command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    @Order(1)
    void eachIsSeenWithItsState() throws Exception {
        Map<String, JsonNode> strays = strays();
        assertThat(strays.get(ours).path("state").asText()).isEqualTo("kept");
        for (String original : List.of(ORIGINAL, NESTED)) {
            // Another test's run of Inspect may be older than they are, and then it might own them.
            assertThat(strays.get(original).path("state").asText())
                    .as(strays.get(original).toString())
                    .isIn("stray", "unknown");
            assertThat(strays.get(original).path("machines").get(0).path("name").asText())
                    .isEqualTo("target-" + original);
            assertThat(strays.get(original)
                            .path("machines")
                            .get(0)
                            .path("state")
                            .asText())
                    .isEqualTo("running");
            assertThat(strays.get(original).path("bytes").asLong())
                    .as("an overlay with what the boot wrote")
                    .isGreaterThan(100_000);
        }
    }

    @Test
    @Order(2)
    void whatIsShutDownIsKeptUntilItsDate() throws Exception {
        assertThat(lab.corral("unpin", ours).exitCode()).isZero();
        Ended refused = lab.corral("cleanup", "--keep-for", "1h", "--json", ORIGINAL);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.PARTLY);
        Ended ended = lab.corral("cleanup", "--keep-for", "1h", "--json", ours);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.json().get(0).path("result").asText()).isEqualTo("shut_down");
        assertThat(VmLab.virsh("domstate " + ours + "_default").strip()).isEqualTo("shut off");
        JsonNode row = strays().get(ours);
        assertThat(row.path("state").asText()).isEqualTo("kept");
        assertThat(row.path("reason").asText())
                .startsWith("Kept by a cleanup since ")
                .contains(", until ");
        assertThat(lab.corral("unpin", ours).exitCode()).isZero();
        assertThat(strays().get(ours).path("state").asText()).isEqualTo("stray");
    }

    @Test
    @Order(3)
    void aHypervisorThatIsSilentLosesNothing() throws Exception {
        Map<String, String> variables = new HashMap<>(lab.variables());
        // A virsh that answers nothing, and no Vagrant at all.
        Path programs = Files.createDirectories(temp.resolve("programs"));
        Files.writeString(
                programs.resolve("virsh"),
                "#!/bin/sh\necho 'error: failed to connect to the hypervisor' >&2\nexit 1\n");
        Files.setPosixFilePermissions(programs.resolve("virsh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String program : List.of("env", "find", "stat", "sh")) {
            Files.createSymbolicLink(
                    programs.resolve(program), Path.of(program.equals("sh") ? "/bin/sh" : "/usr/bin/" + program));
        }
        variables.put("PATH", programs.toString());
        Ended strays = CorralProcess.run(variables, "strays", "--json");
        assertThat(strays.json()).anySatisfy(row -> {
            assertThat(row.path("name").asText()).isEqualTo(ours);
            assertThat(row.path("state").asText()).isEqualTo("unknown");
            assertThat(row.path("reason").asText()).contains("libvirt does not say whether its VM exists");
        });
        Ended ended = CorralProcess.run(variables, "cleanup", "--json", ours);
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(ended.json().get(0).path("result").asText()).isEqualTo("failed");
        assertThat(lab.domains(ours)).hasSize(1);
        assertThat(strays().get(ours).path("state").asText()).isEqualTo("destroy_failed");
    }

    @Test
    @Order(4)
    void snapshotsAndSavedMemoryGoWithTheVmAndGiveBackWhatWasPromised() throws Exception {
        VmLab.virsh("start " + ours + "_default");
        VmLab.virsh("snapshot-create-as " + ours + "_default clean");
        VmLab.virsh("managedsave " + ours + "_default");
        JsonNode copy = strays().values().stream()
                .filter(known -> known.path("kind").asText().equals("box_copy")
                        && known.path("state").asText().equals("live"))
                .findFirst()
                .orElseThrow();
        assertThat(lab.corral("cleanup", copy.path("key").asText()).exitCode())
                .as("disks stand on it")
                .isEqualTo(ExitCode.PARTLY);
        // Vagrant can't read the one, and does not know the machine's name of the other.
        Files.writeString(lab.cache().resolve(ours).resolve("Vagrantfile"), "Vagrant.configure(\"2\") do |");
        String nested =
                Files.readString(lab.cache().resolve("night").resolve(NESTED).resolve("Vagrantfile"));
        Files.writeString(
                lab.cache().resolve("night").resolve(NESTED).resolve("Vagrantfile"),
                nested.replace("INSPECT_VM_SUFFIX", "ANOTHER_VARIABLE"));
        JsonNode row = strays().get(ours);
        assertThat(row.path("parts"))
                .as(row.toString())
                .anySatisfy(part -> assertThat(part.path("what").asText()).isEqualTo("saved memory"));
        List<CorralProcess> both =
                List.of(lab.begin("cleanup", "--json", ours, NESTED), lab.begin("cleanup", "--json", ours, NESTED));
        int destroyed = 0;
        for (CorralProcess cleaner : both) {
            Ended ended = cleaner.await();
            assertThat(ended.exitCode()).as(ended.toString()).isIn(ExitCode.DONE, ExitCode.NOT_FOUND, ExitCode.PARTLY);
            for (JsonNode result : ended.json()) {
                assertThat(result.path("result").asText()).as(ended.toString()).isIn("destroyed", "gone", "not_found");
                if (result.path("result").asText().equals("destroyed")) {
                    destroyed++;
                    givesBackWhatWasPromised(
                            result, !result.path("sandbox").asText().equals(ours));
                }
            }
        }
        assertThat(destroyed).isEqualTo(2);
        assertThat(lab.domains(ours)).isEmpty();
        assertThat(lab.domains(NESTED)).isEmpty();
        assertThat(VmLab.virsh("vol-list default"))
                .doesNotContain(ours)
                .doesNotContain(NESTED)
                .contains("_vagrant_box_image_");
        assertThat(lab.cache().resolve("night").resolve(NESTED)).doesNotExist();
    }

    // A disk grows for as long as its VM runs; what is saved or off gives back just that.
    private static void givesBackWhatWasPromised(JsonNode result, boolean running) {
        long promised = result.path("bytes").asLong();
        assertThat(promised).as(result.toString()).isPositive();
        assertThat(result.path("regained_bytes").asLong())
                .as(result.toString())
                .isBetween(promised, running ? promised + GROWTH : promised);
    }

    @Test
    @Order(5)
    void aVmWhoseDirectoryIsGoneIsAnOrphan() throws Exception {
        Path directory = lab.cache().resolve(ORIGINAL);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Map<String, JsonNode> strays = strays();
        String domain = ORIGINAL + "_target-" + ORIGINAL;
        assertThat(strays.get(domain).path("state").asText()).isEqualTo("orphan");
        ghost = strays.values().stream()
                .filter(row -> row.path("kind").asText().equals("index_entry")
                        && row.path("directory").asText().equals(directory.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(ghost.path("state").asText()).as("its VM lives").isEqualTo("unknown");
        assertThat(lab.corral("prune", ghost.path("key").asText()).exitCode()).isEqualTo(ExitCode.PARTLY);
        Ended ended = lab.corral("cleanup", "--json", domain);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        givesBackWhatWasPromised(ended.json().get(0), true);
        assertThat(lab.domains(ORIGINAL)).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(ORIGINAL);
        assertThat(vagrant("global-status"))
                .as("its entry went with it")
                .doesNotContain(ghost.path("name").asText());
        assertThat(strays()).doesNotContainKey(ghost.path("name").asText());
    }

    @Test
    @Order(6)
    void aGhostLeavesTheIndexAndComesBackWhenAsked() throws Exception {
        String key = ghost.path("key").asText();
        String id = ghost.path("name").asText();
        // Its VM took it along; without the VM it is a ghost.
        assertThat(lab.corral("prune", "--undo").exitCode()).isZero();
        assertThat(strays().get(id).path("state").asText()).isEqualTo("ghost");
        Ended dry = lab.corral("prune", "--dry-run", "--json", key);
        assertThat(dry.json().get(0).path("result").asText()).isEqualTo("would_be_removed");
        assertThat(vagrant("global-status")).contains(id);
        assertThat(lab.corral("prune", key).exitCode()).isZero();
        assertThat(vagrant("global-status")).doesNotContain(id);
        Ended undo = lab.corral("prune", "--undo", "--json");
        assertThat(undo.exitCode()).as(undo.toString()).isZero();
        assertThat(undo.json().path("restored").asInt()).isPositive();
        assertThat(vagrant("global-status")).contains(id);
        assertThat(lab.corral("prune", key).exitCode()).isZero();
        assertThat(lab.corral("prune", key).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    @Order(7)
    void aDiskOfASandboxThatIsGoneIsALeftover() throws Exception {
        String disk = ours + "_second.img";
        VmLab.virsh("vol-create-as default " + disk + " 8M --allocation 8M");
        try {
            Path file = Path.of(VmLab.virsh("vol-path --pool default " + disk).strip());
            assertThat(strays().get(disk).path("state").asText())
                    .as("it may belong to a start")
                    .isEqualTo("unknown");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1200)));
            JsonNode row = strays().get(disk);
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
    @Order(8)
    void aNetworkOfASandboxThatIsGoneIsALeftover() throws Exception {
        // As vagrant-libvirt names the private networks of a project: the directory's name and a number.
        String network = ours + "0";
        Path xml = Files.writeString(
                temp.resolve("network.xml"),
                "<network><name>" + network + "</name><bridge name='cb" + ours + "'/></network>");
        VmLab.virsh("net-define " + xml);
        try {
            VmLab.virsh("net-start " + network);
            JsonNode row = strays().get(network);
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
    @Order(9)
    void aCopyOfABoxThatIsGoneIsALeftover() throws Exception {
        String copy = "lab-VAGRANTSLASH-gone" + ours + "_vagrant_box_image_0_box.img";
        VmLab.virsh("vol-create-as default " + copy + " 8M --allocation 8M");
        try {
            Path file = Path.of(VmLab.virsh("vol-path --pool default " + copy).strip());
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1200)));
            JsonNode row = strays().get(copy);
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

    @Test
    @Order(10)
    void withoutTheProvidersPluginAndWithoutVagrantVmsGoAtTheHypervisor() throws Exception {
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
        lab.withoutPlugins(sandboxes.getFirst());
        destroyedAtTheHypervisor(lab.variables(), sandboxes.getFirst());

        Map<String, String> variables = new HashMap<>(lab.variables());
        Path programs = Files.createDirectories(temp.resolve("without-vagrant"));
        for (String program : List.of("virsh", "env", "find", "stat")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
        }
        Files.createSymbolicLink(programs.resolve("sh"), Path.of("/bin/sh"));
        variables.put("PATH", programs.toString());
        destroyedAtTheHypervisor(variables, sandboxes.getLast());
    }

    @Test
    @Order(11)
    void aHypervisorThatStopsInTheMiddleKeepsTheHandle() throws Exception {
        String sandbox = lab.start("basic").path("sandbox").asText();
        assertThat(lab.corral("unpin", sandbox).exitCode()).isZero();
        lab.withoutPlugins(sandbox);
        // One that answers until the VM is powered off, and then no more.
        Path programs = Files.createDirectories(temp.resolve("stops"));
        Files.writeString(programs.resolve("virsh"), """
                #!/bin/sh
                case "$*" in *undefine*) touch "%1$s/stopped" ;; esac
                [ ! -e "%1$s/stopped" ] || { echo 'error: failed to connect to the hypervisor' >&2; exit 1; }
                exec /usr/bin/virsh "$@"
                """.formatted(programs));
        Files.setPosixFilePermissions(programs.resolve("virsh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> variables = new HashMap<>(lab.variables());
        variables.merge("PATH", "", (path, none) -> programs + ":" + path);
        Ended ended = CorralProcess.run(variables, "cleanup", "--json", sandbox);
        assertThat(programs.resolve("stopped")).exists();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(ended.json().get(0).path("result").asText())
                .as(ended.toString())
                .isEqualTo("failed");
        assertThat(lab.domains(sandbox)).hasSize(1);
        assertThat(strays().get(sandbox).path("state").asText()).isEqualTo("destroy_failed");
        assertThat(lab.corral("cleanup", sandbox).exitCode()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(lab.cache().resolve(sandbox)).doesNotExist();
    }

    private static void destroyedAtTheHypervisor(Map<String, String> variables, String sandbox)
            throws InterruptedException {
        assertThat(strays().get(sandbox).path("state").asText()).isEqualTo("stray");
        Ended ended = CorralProcess.run(variables, "cleanup", "--json", sandbox);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        JsonNode result = ended.json().get(0);
        assertThat(result.path("result").asText()).as(ended.toString()).isEqualTo("destroyed");
        givesBackWhatWasPromised(result, true);
        assertThat(lab.domains(sandbox)).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(sandbox);
        assertThat(lab.cache().resolve(sandbox)).doesNotExist();
    }
}
