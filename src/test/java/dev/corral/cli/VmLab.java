package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.core.hypervisor.SystemVirsh;
import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The command line over real VMs, with a cache directory of its own. */
final class VmLab {
    /** Bytes that a VM may write between a look and its end. */
    private static final long GROWTH = 4 * 1024 * 1024;

    private final Path cache;
    private final Map<String, String> variables;

    /** Uses a cache directory below this folder. */
    VmLab(Path folder) {
        cache = folder.resolve("cache");
        variables = new HashMap<>(System.getenv());
        variables.keySet().removeIf(name -> name.startsWith("INSPECT_"));
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
    }

    /** The cache directory. */
    Path cache() {
        return cache;
    }

    /** The variables that commands run with. */
    Map<String, String> variables() {
        return variables;
    }

    /** From now on Vagrant has no plugins for this sandbox; it runs with the variables of the start, so that is where it learns it. */
    void withoutPlugins(String sandbox) throws IOException {
        Path manifest = StubWorld.files(cache.resolve(sandbox)).manifest();
        ObjectNode document = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
        document.withObject("/context/environment").put("VAGRANT_NO_PLUGINS", "1");
        new ObjectMapper().writeValue(manifest.toFile(), document);
    }

    /** A sample Vagrantfile of this checkout. */
    static String sample(String name) {
        return Path.of("sample-vagrantfiles", name, "Vagrantfile")
                .toAbsolutePath()
                .toString();
    }

    /** Runs a command to its end. */
    Ended corral(String... arguments) throws InterruptedException {
        return CorralProcess.run(variables, arguments);
    }

    /** Runs a command to its end with this input. */
    Ended corral(byte[] stdin, String... arguments) throws InterruptedException {
        return CorralProcess.start(variables, stdin, arguments).await();
    }

    /** Begins a command. */
    CorralProcess begin(String... arguments) {
        return CorralProcess.start(variables, new byte[0], arguments);
    }

    /** Starts a sample Vagrantfile; returns what {@code start --json} printed. */
    JsonNode start(String sample, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("start", "--json", "--vagrantfile", sample(sample)));
        arguments.addAll(List.of(more));
        Ended ended = corral(arguments.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return ended.json();
    }

    /** What {@code list vms --json} prints. */
    JsonNode vms() throws InterruptedException {
        Ended ended = corral("list", "vms", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return ended.json();
    }

    /** What {@code strays --all --json} prints, by name; of two of the same name the first. */
    Map<String, JsonNode> strays() throws InterruptedException {
        Ended ended = corral("strays", "--all", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return StreamSupport.stream(ended.json().spliterator(), false)
                .collect(Collectors.toMap(row -> row.path("name").asText(), row -> row, (first, second) -> first));
    }

    /** A folder for a PATH with nothing but these programs of the system. */
    static Path programs(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("sh"), Path.of("/bin/sh"));
        for (String name : names) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("/usr/bin", name));
        }
        return folder;
    }

    /** Puts a program of a test's own into a folder for a PATH. */
    static void program(Path folder, String name, String script) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder).resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * A cleanup's result promised something and gave just that back; a disk grows for as long as its VM runs.
     *
     * @param running whether the VM ran until its end
     */
    static void givesBackWhatWasPromised(JsonNode result, boolean running) {
        long promised = result.path("bytes").asLong();
        assertThat(promised).as(result.toString()).isPositive();
        assertThat(result.path("regained_bytes").asLong())
                .as(result.toString())
                .isBetween(promised, running ? promised + GROWTH : promised);
    }

    /** The names of the sandboxes' directories. */
    List<String> sandboxes() {
        return StubWorld.directories(cache);
    }

    /** The libvirt domains whose names begin with a sandbox of this cache directory, or with the one given. */
    List<String> domains(String sandbox) {
        return virsh("list --all --name")
                .lines()
                .filter(name -> name.startsWith(sandbox + "_"))
                .toList();
    }

    /** The output of a virsh command on the system's libvirt. */
    static String virsh(String command) {
        return SystemVirsh.run(command);
    }

    /** Destroys what is left and says whether anything could not be. */
    void leaveNothing() throws InterruptedException {
        List<String> known = sandboxes();
        for (String sandbox : known) {
            corral("destroy", "--force", sandbox);
        }
        assertThat(sandboxes()).isEmpty();
        assertThat(known).allSatisfy(sandbox -> assertThat(domains(sandbox)).isEmpty());
    }
}
