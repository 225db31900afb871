package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.inventory.read.LocalInventoryMonitor;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of a thousand sandboxes: Corral's inventory, and {@code vagrant global-status} of as many index entries. */
final class ListBench {
    private static final int COUNT = 1000;

    private ListBench() {}

    static Map<String, Double> run() throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Path home = Files.createDirectories(folder.resolve("vagrant-home"));
        fill(cache, home);
        Environment environment =
                new Environment(Map.of("PATH", "/nowhere", "HOME", folder.toString(), "VAGRANT_HOME", home.toString()));
        try (LocalCorral corral = BenchSandbox.corral(cache);
                LocalInventoryMonitor told = new LocalInventoryMonitor(
                        environment,
                        new SandboxStore(cache),
                        new Hypervisors(
                                environment,
                                new QuietTools(RecordedMachines.libvirt(0, 1, cache.toString(), RecordedSandboxes::id)),
                                Path.of("/proc")))) {
            if (corral.inventory().refresh().sandboxes().size() != COUNT) {
                throw new IllegalStateException("the inventory does not have " + COUNT + " sandboxes");
            }
            // As in the window, which watches; the list is put together anew each time. global-status asks no
            // hypervisor either.
            corral.inventory().subscribe(inventory -> {});
            told.subscribe(inventory -> {});
            Thread.sleep(3000);
            return new Timing()
                    .way("corral", told::refresh)
                    .way("corral, hypervisors asked anew", () -> corral.inventory()
                            .refresh())
                    .way(
                            "vagrant global-status",
                            () -> Commands.run(
                                    Path.of("/"), Map.of("VAGRANT_HOME", home.toString()), "vagrant", "global-status"))
                    .run(15, 9);
        }
    }

    private static void fill(Path cache, Path home) throws Exception {
        Owner owner = Owners.self(Owner.Kind.INSPECT);
        Map<String, Object> machines = new HashMap<>();
        for (int number = 0; number < COUNT; number++) {
            String id = "%08x".formatted(number * 2654435761L & 0xffffffffL);
            Path directory = Files.createDirectories(cache.resolve(id));
            Manifest manifest = new Manifest(
                    Manifest.SCHEMA_VERSION,
                    id,
                    Instant.now(),
                    owner,
                    Manifest.Origin.sample("task", "/evals/task.py", "sample " + number),
                    "/evals/Vagrantfile",
                    new Manifest.StartContext(Optional.empty(), Map.of("INSPECT_VM_SUFFIX", "-" + id)),
                    List.of("attacker", "victim"),
                    Optional.of("attacker"),
                    List.of(),
                    Optional.empty());
            Path own = Files.createDirectories(SandboxStore.ours(cache).resolve(id));
            Files.write(own.resolve("corral.json"), Json.mapper().writeValueAsBytes(manifest));
            Files.writeString(directory.resolve("Vagrantfile"), BenchSandbox.VAGRANTFILE);
            // A start leaves it.
            Files.writeString(own.resolve("ssh-config"), "Host attacker\n  HostName 127.0.0.1\n");
            Files.writeString(own.resolve("journal.jsonl"), RecordedSandboxes.journal(owner, "attacker"));
            for (String machine : List.of("attacker", "victim")) {
                Path data = Files.createDirectories(
                        directory.resolve(".vagrant/machines").resolve(machine).resolve("stub"));
                Files.writeString(data.resolve("id"), id + machine);
                machines.put(
                        (id + machine + "00000000000000000000000000000000").substring(0, 32),
                        Map.of(
                                "local_data_path",
                                directory.resolve(".vagrant").toString(),
                                "name",
                                machine,
                                "provider",
                                "stub",
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
        Path index = Files.createDirectories(home.resolve("data/machine-index")).resolve("index");
        Json.mapper().writeValue(index.toFile(), Map.of("version", 1, "machines", machines));
        Files.writeString(home.resolve("setup_version"), "1.5");
    }
}
