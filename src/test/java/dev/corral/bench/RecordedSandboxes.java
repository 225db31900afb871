package dev.corral.bench;

import dev.corral.core.base.Json;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.SandboxStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The files of many sandboxes, as starts leave them, with the machine index that belongs to them. */
final class RecordedSandboxes {
    private RecordedSandboxes() {}

    /** The n-th sandbox's id. */
    static String id(int number) {
        return "%08x".formatted(number * 2654435761L & 0xffffffffL);
    }

    /**
     * Writes them.
     *
     * @param count   how many
     * @param made    how many of them have a machine, the first ones
     * @param machine the id of the n-th machine at the provider
     * @param owner   the owner of the n-th sandbox
     */
    static void write(Path cache, Path home, int count, int made, IntFunction<String> machine, IntFunction<Owner> owner)
            throws Exception {
        Map<String, Object> entries = new HashMap<>();
        StringBuilder ids = new StringBuilder();
        for (int number = 0; number < count; number++) {
            String id = id(number);
            ids.append(id).append('\n');
            Path directory = Files.createDirectories(cache.resolve(id));
            Manifest manifest = new Manifest(
                    Manifest.SCHEMA_VERSION,
                    id,
                    Instant.now(),
                    owner.apply(number),
                    Manifest.Origin.sample("task", "/evals/task.py", "sample " + number),
                    "/evals/Vagrantfile",
                    new Manifest.StartContext(
                            Optional.empty(), Map.of("INSPECT_VM_SUFFIX", "-" + id, "VAGRANT_HOME", home.toString())),
                    List.of("default"),
                    Optional.of("default"),
                    List.of(),
                    Optional.empty());
            Path own = Files.createDirectories(SandboxStore.ours(cache).resolve(id));
            Files.write(own.resolve("corral.json"), Json.mapper().writeValueAsBytes(manifest));
            Files.writeString(directory.resolve("Vagrantfile"), BenchSandbox.VAGRANTFILE);
            Files.writeString(own.resolve("ssh-config"), "Host default\n  HostName 127.0.0.1\n");
            Files.writeString(own.resolve("journal.jsonl"), journal(owner.apply(number), "default"));
            Path log = Files.createDirectories(own.resolve("logs")).resolve("001-up.log");
            Files.writeString(log, "1795648091,default,state,running\n".repeat(300));
            Files.createFile(own.resolve("corral.lock"));
            if (number < made) {
                Path data = Files.createDirectories(directory.resolve(".vagrant/machines/default/libvirt"));
                Files.writeString(data.resolve("id"), machine.apply(number));
                Files.writeString(
                        data.resolve("box_meta"),
                        "{\"name\":\"corral/debian\",\"version\":\"1\",\"provider\":\"libvirt\"}");
                Files.writeString(data.resolve("private_key"), "key\n".repeat(100));
                entries.put(
                        (id + "default000000000000000000000000000").substring(0, 32),
                        Map.of(
                                "local_data_path",
                                directory.resolve(".vagrant").toString(),
                                "name",
                                "default",
                                "provider",
                                "libvirt",
                                "state",
                                "running",
                                "vagrantfile_name",
                                "",
                                "vagrantfile_path",
                                directory.toString(),
                                "extra_data",
                                Map.of()));
            }
        }
        Files.writeString(Files.createDirectories(cache.resolve(".corral")).resolve("made"), ids);
        Path index = Files.createDirectories(home.resolve("data/machine-index")).resolve("index");
        Json.mapper().writeValue(index.toFile(), Map.of("version", 1, "machines", entries));
        Files.writeString(home.resolve("setup_version"), "1.5");
    }

    /** The journal of a start of this machine that went well. */
    static String journal(Owner owner, String machine) {
        String process = "{\"pid\":" + owner.pid() + ",\"start_ticks\":" + owner.startTicks() + ",\"boot_id\":\""
                + owner.bootId() + "\"}";
        StringBuilder journal = new StringBuilder();
        String at = Instant.now().toString();
        journal.append("{\"at\":\"")
                .append(at)
                .append("\",\"event\":\"WORKFLOW_STARTED\",\"workflow\":\"1\",\"kind\":\"start\",\"process\":")
                .append(process)
                .append("}\n");
        for (String phase : List.of(
                "copy and check", "load Vagrantfile", "create machine", "boot", "wait for SSH", "set up guest")) {
            journal.append("{\"at\":\"")
                    .append(at)
                    .append("\",\"event\":\"PHASE\",\"workflow\":\"1\",\"machine\":\"")
                    .append(machine)
                    .append("\",\"phase\":\"")
                    .append(phase)
                    .append("\"}\n");
        }
        return journal.append("{\"at\":\"")
                .append(at)
                .append("\",\"event\":\"WORKFLOW_ENDED\",\"workflow\":\"1\"}\n")
                .toString();
    }
}
