package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.core.base.Json;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sandboxes at two connections of libvirt at once: real ones, of libvirt's driver for tests, whose machines are in a file. The system's own
 * is led to the first of them, so that the machine's real VMs have no part in this.
 */
@Tag("unit")
@Timeout(240)
class TwoConnectionsTest {
    private static final String NEAR = "aaaa1111";
    private static final String FAR = "bbbb2222";
    private static final String SYSTEM = "qemu:///system";

    @TempDir
    Path temp;

    private Path cache;
    private OwnPath path;
    private Path near;
    private Path far;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        Path virsh = Path.of("/usr/bin/virsh");
        assumeTrue(Files.isExecutable(virsh), "virsh is not installed");
        cache = Files.createDirectories(temp.resolve("cache"));
        near = temp.resolve("near.xml");
        far = temp.resolve("far.xml");
        path = new OwnPath(temp.resolve("bin"));
        path.add("virsh", """
                n=$#
                while [ $n -gt 0 ]; do
                  word=$1; shift; n=$((n - 1))
                  [ "$word" = qemu:///system ] && word=test://%s
                  set -- "$@" "$word"
                done
                exec %s "$@"
                """.formatted(near, virsh));
        variables.put("PATH", path.toString());
        variables.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
        sandbox(NEAR, SYSTEM);
        sandbox(FAR, "test://" + far);
        node(near, NEAR);
        node(far, FAR);
        Path index = Files.createDirectories(temp.resolve("home/.vagrant.d/data/machine-index"));
        Files.writeString(
                index.resolve("index"),
                "{\"version\":1,\"machines\":{\"" + "c".repeat(32)
                        + "\":{\"name\":\"web\",\"provider\":\"libvirt\",\"local_data_path\":\"/nowhere/old/.vagrant\","
                        + "\"vagrantfile_path\":\"/nowhere/old\",\"state\":\"running\",\"updated_at\":null,"
                        + "\"vagrantfile_name\":null,\"extra_data\":{}}}}");
    }

    @AfterEach
    void close() throws IOException {
        path.close();
    }

    private static String uuid(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    // Of a run of Inspect before this machine was started: certainly ended.
    private void sandbox(String id, String connection) throws IOException {
        Owner self = Owners.self(Owner.Kind.INSPECT);
        Owner ended = new Owner(
                4321, 1, "11111111-2222-3333-4444-555555555555", self.pidNamespace(), self.host(), Owner.Kind.INSPECT);
        Path directory = Files.createDirectories(cache.resolve(id));
        Files.writeString(directory.resolve("Vagrantfile"), "");
        Files.writeString(
                Files.createDirectories(directory.resolve(".vagrant/machines/web/libvirt"))
                        .resolve("id"),
                uuid(id));
        Files.write(
                directory.resolve("corral.json"),
                Json.mapper()
                        .writeValueAsBytes(new Manifest(
                                2,
                                id,
                                Instant.now().minusSeconds(3600),
                                ended,
                                Manifest.Origin.none(),
                                "",
                                new Manifest.StartContext(
                                        Optional.empty(),
                                        Map.of(),
                                        Optional.empty(),
                                        List.of(),
                                        List.of(connection),
                                        List.of()),
                                List.of("web"),
                                Optional.of("web"),
                                List.of(),
                                Optional.empty())));
    }

    // Without a sandbox's machine there is another's, so that the file means a world of its own.
    private static void node(Path file, String id) throws IOException {
        Files.writeString(
                file,
                "<node><domain type='test'><name>" + (id.isEmpty() ? "office" : "lab-" + file.getFileName() + "-" + id)
                        + "</name><uuid>" + uuid(id.isEmpty() ? file.toString() : id)
                        + "</uuid><memory>8192</memory><os><type>hvm</type></os></domain>"
                        + "<network><name>default</name><uuid>" + uuid("net" + file)
                        + "</uuid><bridge name='virbr9'/></network></node>");
    }

    private Map<String, String> states() throws InterruptedException {
        Ended ended = CorralProcess.run(variables, "strays", "--all", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return StreamSupport.stream(ended.json().spliterator(), false)
                .collect(Collectors.toMap(
                        row -> row.path("name").asText(),
                        row -> row.path("state").asText(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private List<String> offered() throws InterruptedException {
        Ended ended = CorralProcess.run(variables, "cleanup", "--dry-run", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return StreamSupport.stream(ended.json().spliterator(), false)
                .map(row -> row.path("sandbox").asText())
                .sorted()
                .toList();
    }

    @Test
    void eachSpeaksForItsOwnSandboxesAndSilenceOffersNothing() throws Exception {
        String ghost = "c".repeat(7);
        assertThat(states())
                .containsEntry(NEAR, "stray")
                .containsEntry(FAR, "stray")
                .containsEntry(ghost, "ghost")
                .hasSize(3);
        assertThat(offered()).containsExactly(NEAR, FAR, ghost);

        Files.delete(far);
        assertThat(states())
                .containsEntry(NEAR, "stray")
                .containsEntry(FAR, "unknown")
                .containsEntry(ghost, "unknown");
        assertThat(offered()).containsExactly(NEAR);
        Ended doctor = CorralProcess.run(variables, "doctor", "--json");
        assertThat(StreamSupport.stream(doctor.json().spliterator(), false)
                        .filter(row -> row.path("check").asText().equals("hypervisor"))
                        .map(JsonNode::toString))
                .as(doctor.toString())
                .hasSize(2)
                .anySatisfy(row -> assertThat(row).contains("These answer: libvirt (qemu:///system)"))
                .anySatisfy(row -> assertThat(row)
                        .contains("libvirt (test://" + far + ") does not answer")
                        .contains("Sandbox " + FAR + " is there."));

        node(far, FAR);
        Files.delete(near);
        assertThat(states())
                .containsEntry(NEAR, "unknown")
                .containsEntry(FAR, "stray")
                .containsEntry(ghost, "unknown");
        assertThat(offered()).containsExactly(FAR);

        // A machine that its own connection does not have is gone, though another has one of that id.
        node(near, FAR);
        node(far, "");
        Map<String, JsonNode> machines = machines();
        assertThat(machines.get(FAR).toString()).contains("\"gone\"");
        assertThat(machines.get(NEAR).toString()).contains("\"gone\"");
        node(near, NEAR);
        node(far, FAR);
        assertThat(machines().get(FAR).toString()).contains("\"running\"");
    }

    private Map<String, JsonNode> machines() throws InterruptedException {
        Ended ended = CorralProcess.run(variables, "list", "vms", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return StreamSupport.stream(ended.json().spliterator(), false)
                .collect(Collectors.toMap(row -> row.path("sandbox").asText(), row -> row));
    }
}
