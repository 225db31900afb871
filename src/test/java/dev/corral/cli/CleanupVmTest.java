package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
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

/** Strays of real VMs, ours and the original plugin's, to their end; the tests share the VMs and run in order. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CleanupVmTest {
    private static final String ORIGINAL = hex();
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
        Map<String, JsonNode> strays = lab.strays();
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
        JsonNode row = lab.strays().get(ours);
        assertThat(row.path("state").asText()).isEqualTo("kept");
        assertThat(row.path("reason").asText())
                .startsWith("Kept by a cleanup since ")
                .contains(", until ");
        assertThat(lab.corral("unpin", ours).exitCode()).isZero();
        assertThat(lab.strays().get(ours).path("state").asText()).isEqualTo("stray");
    }

    @Test
    @Order(3)
    void aHypervisorThatIsSilentLosesNothing() throws Exception {
        Map<String, String> variables = new HashMap<>(lab.variables());
        // A virsh that answers nothing, and no Vagrant at all.
        Path programs = VmLab.programs(temp.resolve("programs"), "env", "find", "stat");
        VmLab.program(programs, "virsh", "#!/bin/sh\necho 'error: failed to connect to the hypervisor' >&2\nexit 1\n");
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
        assertThat(lab.strays().get(ours).path("state").asText()).isEqualTo("destroy_failed");
    }

    @Test
    @Order(4)
    void snapshotsAndSavedMemoryGoWithTheVmAndGiveBackWhatWasPromised() throws Exception {
        VmLab.virsh("start " + ours + "_default");
        VmLab.virsh("snapshot-create-as " + ours + "_default clean");
        VmLab.virsh("managedsave " + ours + "_default");
        JsonNode copy = lab.strays().values().stream()
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
        // Of neither anything was kept, as with an older Corral: else it would be put back.
        Files.deleteIfExists(
                lab.cache().resolve(".corral/sandboxes").resolve(ours).resolve("kept.json"));
        Files.deleteIfExists(
                lab.cache().resolve("night/.corral/sandboxes").resolve(NESTED).resolve("kept.json"));
        JsonNode row = lab.strays().get(ours);
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
                    VmLab.givesBackWhatWasPromised(
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

    @Test
    @Order(5)
    void aVmWhoseDirectoryIsGoneIsAnOrphan() throws Exception {
        Path directory = lab.cache().resolve(ORIGINAL);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Map<String, JsonNode> strays = lab.strays();
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
        VmLab.givesBackWhatWasPromised(ended.json().get(0), true);
        assertThat(lab.domains(ORIGINAL)).isEmpty();
        assertThat(VmLab.virsh("vol-list default")).doesNotContain(ORIGINAL);
        assertThat(vagrant("global-status"))
                .as("its entry went with it")
                .doesNotContain(ghost.path("name").asText());
        assertThat(lab.strays()).doesNotContainKey(ghost.path("name").asText());
    }

    @Test
    @Order(6)
    void aGhostLeavesTheIndexAndComesBackWhenAsked() throws Exception {
        String key = ghost.path("key").asText();
        String id = ghost.path("name").asText();
        // Its VM took it along; without the VM it is a ghost.
        assertThat(lab.corral("prune", "--undo").exitCode()).isZero();
        assertThat(lab.strays().get(id).path("state").asText()).isEqualTo("ghost");
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
}
