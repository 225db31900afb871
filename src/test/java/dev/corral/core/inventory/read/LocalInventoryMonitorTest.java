package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inventories of sandboxes that are only files: no Vagrant, no hypervisor. */
@Tag("unit")
@Timeout(60)
class LocalInventoryMonitorTest {
    private static final String MANIFEST = """
            {"schema_version":1,"id":"%1$s","created_at":"2026-02-06T10:00:00Z","origin":{"task":"t","sample":"s%1$s"},
             "owner":{"pid":%2$d,"start_ticks":%3$d,"boot_id":"","kind":"INSPECT"},"vagrantfile":"/x/Vagrantfile",
             "context":{"environment":{"INSPECT_VM_SUFFIX":"-%1$s"}},"machines":["a","b"],"primary":"b"}
            """;

    @TempDir
    Path temp;

    private LocalInventoryMonitor monitor;

    @BeforeEach
    void open() {
        // A PATH without tools: nothing of this machine's hypervisors can be asked.
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        monitor = new LocalInventoryMonitor(
                environment, new SandboxStore(temp.resolve("cache")), new Hypervisors(environment));
    }

    @Test
    void anAbsentCacheDirectoryHoldsNothing() {
        assertThat(monitor.refresh().sandboxes()).isEmpty();
        assertThat(monitor.refresh().problems()).isEmpty();
    }

    @Test
    void aThousandSandboxesAreListed() throws IOException {
        for (int number = 0; number < 1000; number++) {
            String id = "%08x".formatted(number);
            machine(sandbox(id, MANIFEST.formatted(id, 0x7fffffff, 1)), "b", "stub", "id-" + id);
        }
        Inventory inventory = monitor.refresh();
        assertThat(inventory.sandboxes()).hasSize(1000).allSatisfy(view -> {
            assertThat(view.liveness()).isEqualTo(Liveness.STRAY);
            assertThat(view.state()).isEqualTo(SandboxState.INTERRUPTED);
            assertThat(view.machines()).extracting(MachineView::name).containsExactly("b", "a");
        });
        assertThat(inventory.sandboxes()).extracting(SandboxView::id).isSorted();
        assertThat(inventory.sandbox("000003e7").flatMap(SandboxView::primary).map(MachineView::id))
                .contains("id-000003e7");
        Files.delete(temp.resolve("cache/00000000/corral.json"));
        // What Vagrant noted of its machine is still there, so it is still the handle of a VM.
        assertThat(monitor.refresh().sandboxes()).hasSize(1000);
        Files.move(temp.resolve("cache/00000000"), temp.resolve("elsewhere"));
        assertThat(monitor.refresh().sandbox("00000001")).isPresent();
        assertThat(monitor.refresh().sandboxes()).hasSize(999);
    }

    @Test
    void whatNobodyCanTellIsUnknownAndNeverAStray() throws IOException {
        machine(sandbox("00000001", "{\"schema_version\":1,\"id\":"), "m", "libvirt", "uuid-1");
        machine(sandbox("00000002", "null"), "m", "virtualbox", "uuid-2");
        sandbox("00000003", MANIFEST.formatted("00000003", 1, 0));
        Inventory inventory = monitor.refresh();
        assertThat(inventory.sandboxes()).hasSize(3).allSatisfy(view -> assertThat(view.liveness())
                .isEqualTo(Liveness.UNKNOWN));
        assertThat(inventory.sandbox("00000001").orElseThrow().machines())
                .extracting(MachineView::state)
                .containsExactly(MachineState.UNKNOWN);
        assertThat(inventory.problems())
                .anyMatch(problem -> problem.contains("libvirt"))
                .anyMatch(problem -> problem.contains("virtualbox"));
    }

    @Test
    void aDamagedJournalHidesNothing() throws IOException {
        Path directory = sandbox("00000001", MANIFEST.formatted("00000001", 0x7fffffff, 1));
        Files.writeString(directory.resolve("journal.jsonl"), """
                {"at":"2026-02-06T10:00:00Z","event":"WORKFLOW_STARTED","workflow":"w","kind":"start",\
                "process":{"pid":2147483647,"start_ticks":1}}
                null
                {"at":"2026-02-06T10:00:01Z","event":"PHASE","workflow":"w"}
                {"at":"2026-02-06T10:00:01Z","event":"MACHINE_ADDRESS","workflow":"w","machine":"a"}
                {"at":"2026-02-06T10:00:01Z","event":"COMMAND_STARTED","workflow":"w"}
                {"at":"2026-02-06T10:00:02Z","event":"WORKFLOW_FAI""");
        SandboxView view = monitor.refresh().sandboxes().getFirst();
        assertThat(view.state()).isEqualTo(SandboxState.INTERRUPTED);
        assertThat(view.detail()).isEqualTo("its start was cut off");
    }

    @Test
    void tellsWhatChangesAlsoWhenAListenerFails() throws Exception {
        List<Inventory> told = new CopyOnWriteArrayList<>();
        try (Subscription broken = monitor.subscribe(inventory -> {
                    throw new IllegalStateException("a listener's bug");
                });
                Subscription subscription = monitor.subscribe(told::add)) {
            sandbox("00000001", MANIFEST.formatted("00000001", 1, 1));
            StubWorld.until(() -> !told.isEmpty() && told.getLast().sandboxes().size() == 1);
            Path second = sandbox("00000002", MANIFEST.formatted("00000002", 1, 1));
            StubWorld.until(() -> told.getLast().sandboxes().size() == 2);
            Files.delete(second.resolve("corral.json"));
            Files.delete(second);
            StubWorld.until(() -> told.getLast().sandboxes().size() == 1);
        } finally {
            monitor.close();
        }
    }

    @Test
    @Tag("any_user")
    void oneFolderThatMayNotBeReadHidesNoOther() throws Exception {
        sandbox("00000001", MANIFEST.formatted("00000001", 1, 1));
        Path closed = sandbox("00000002", MANIFEST.formatted("00000002", 1, 1));
        Path listed = sandbox("00000003", MANIFEST.formatted("00000003", 1, 1));
        Path suffix = Files.createDirectories(temp.resolve("cache/night"));
        Path broken = sandbox("00000004", MANIFEST.formatted("00000004", 1, 1));
        Files.createDirectories(broken.resolve(".vagrant/machines/m/stub/id"));
        if (Files.getAttribute(temp, "unix:uid").equals(0)) {
            // Root may read all but the machine whose id is a folder.
            Inventory inventory = monitor.refresh();
            assertThat(inventory.problems()).anyMatch(problem -> problem.startsWith("Sandbox 00000004 can't be read"));
            assertThat(inventory.sandboxes())
                    .extracting(SandboxView::id)
                    .containsExactly("00000001", "00000002", "00000003");
            return;
        }
        Set<Path> all = Set.of(closed, listed, suffix);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(listed, PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(suffix, PosixFilePermissions.fromString("-wx------"));
        List<Inventory> told = new CopyOnWriteArrayList<>();
        try (Subscription subscription = monitor.subscribe(told::add)) {
            Inventory inventory = monitor.refresh();
            assertThat(inventory.sandboxes()).extracting(SandboxView::id).containsExactly("00000001");
            assertThat(all).allSatisfy(folder -> assertThat(inventory.problems())
                    .anyMatch(problem -> problem.startsWith(folder + " can't be read")));
            assertThat(all).allSatisfy(folder -> assertThat(inventory.items())
                    .filteredOn(item -> item.directory().equals(Optional.of(folder)))
                    .singleElement()
                    .satisfies(item -> assertThat(item.state()).isEqualTo(ItemState.UNKNOWN)));
            assertThat(new SandboxStore(temp.resolve("cache")).find("00000001").id())
                    .isEqualTo("00000001");
            sandbox("00000005", MANIFEST.formatted("00000005", 1, 1));
            StubWorld.until(
                    () -> !told.isEmpty() && told.getLast().sandbox("00000005").isPresent());
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
            StubWorld.until(() -> told.getLast().sandbox("00000002").isPresent());
        } finally {
            for (Path folder : all) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            monitor.close();
        }
    }

    @Test
    @Tag("any_user")
    void aWatchThatFailsSaysSoAndBeginsAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        monitor = new LocalInventoryMonitor(
                environment, new SandboxStore(temp.resolve("cache")), new Hypervisors(environment), store -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("a planted bug");
                    }
                    return new DirectoryWatch(store);
                });
        List<Inventory> told = new CopyOnWriteArrayList<>();
        try (Subscription subscription = monitor.subscribe(told::add)) {
            StubWorld.until(() -> !told.isEmpty());
            assertThat(told.getFirst().problems())
                    .anyMatch(problem -> problem.contains("a planted bug") && problem.contains("tried again in 1 s"));
            assertThat(monitor.current().problems()).anyMatch(problem -> problem.contains("a planted bug"));
            StubWorld.until(() -> told.getLast().problems().stream().noneMatch(problem -> problem.contains("planted")));
            sandbox("00000001", MANIFEST.formatted("00000001", 1, 1));
            StubWorld.until(() -> told.getLast().sandboxes().size() == 1);
        } finally {
            monitor.close();
        }
    }

    @Test
    void hypervisorsAreAskedWhenAMachineIsNotedAndNotForALineOfAJournal() throws Exception {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        SandboxFiles files = store.create("s");
        Files.writeString(files.manifest(), MANIFEST.formatted(files.id(), 1, 1));
        AtomicInteger asked = new AtomicInteger();
        List<Inventory> told = new CopyOnWriteArrayList<>();
        try (LocalInventoryMonitor watching = new LocalInventoryMonitor(
                        environment, store, new Hypervisors(environment, counting(asked), Path.of("/proc")));
                Subscription subscription = watching.subscribe(told::add)) {
            StubWorld.until(() -> !told.isEmpty());
            settle(asked, told);
            int before = asked.get();
            assertThat(before).isPositive();
            int news = told.size();
            Files.writeString(
                    files.journal(),
                    "{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"WORKFLOW_STARTED\",\"workflow\":\"1\",\"kind\":\"start\"}\n");
            StubWorld.until(() -> told.size() > news);
            settle(asked, told);
            assertThat(asked).hasValue(before);
            MachineIdentity.write(files, List.of(new MachineIdentity("a", "libvirt", "", "s_a", true, "uuid-1")));
            StubWorld.until(() -> asked.get() > before);
            settle(asked, told);
            int noted = asked.get();
            // In folders that were not there to be watched.
            machine(files.directory(), "a", "libvirt", "uuid-2");
            StubWorld.until(() -> asked.get() > noted);
        }
    }

    @Test
    void aLookThatFailedTakesNoNewsAway() throws Exception {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        SandboxFiles files = store.create("s");
        Files.writeString(files.manifest(), MANIFEST.formatted(files.id(), 1, 1));
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean();
        List<Inventory> told = new CopyOnWriteArrayList<>();
        HypervisorTools tools = counting(asked, () -> {
            if (broken.get()) {
                throw new IllegalStateException("a planted bug");
            }
        });
        try (LocalInventoryMonitor watching = new LocalInventoryMonitor(
                        environment, store, new Hypervisors(environment, tools, Path.of("/proc")));
                Subscription subscription = watching.subscribe(told::add)) {
            StubWorld.until(() -> !told.isEmpty());
            settle(asked, told);
            broken.set(true);
            assertThatThrownBy(watching::refresh).hasStackTraceContaining("a planted bug");
            broken.set(false);
            int before = asked.get();
            // Long before hypervisors that tell of changes by themselves are asked again.
            StubWorld.until(Duration.ofSeconds(20), () -> asked.get() > before);
        }
    }

    @Test
    void aMachineThatIsMadeWhileHypervisorsAnswerExists() throws Exception {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        RecordedTools before = RecordedMachines.libvirt(0, 0, "/nowhere", number -> "none");
        RecordedTools after = RecordedMachines.libvirt(1, 0, "/nowhere", number -> "none");
        AtomicInteger old = new AtomicInteger(Integer.MAX_VALUE);
        HypervisorTools tools = new HypervisorTools() {
            @Override
            public boolean has(String program) {
                return after.has(program);
            }

            @Override
            public ProcessResult run(List<String> command, Duration limit) throws IOException {
                return old.getAndDecrement() > 0 ? before.run(command, limit) : after.run(command, limit);
            }

            @Override
            public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
                return after.follow(command, out);
            }
        };
        Path sandbox = sandbox("00000001", MANIFEST.formatted("00000001", 1, 1));
        machine(sandbox, "b", "libvirt", RecordedMachines.uuid(7));
        try (LocalInventoryMonitor looking = new LocalInventoryMonitor(
                environment,
                new SandboxStore(temp.resolve("cache")),
                new Hypervisors(environment, tools, Path.of("/proc")))) {
            looking.refresh();
            int asked = before.ran().size();
            assertThat(state(looking)).isEqualTo(MachineState.GONE);
            old.set(before.ran().size() - asked);
            assertThat(old.get()).isPositive();
            machine(sandbox, "b", "libvirt", RecordedMachines.uuid(0));
            assertThat(state(looking)).isEqualTo(MachineState.RUNNING);
        }
    }

    private static MachineState state(LocalInventoryMonitor looking) {
        return looking.refresh().sandboxes().getFirst().primary().orElseThrow().state();
    }

    private static void settle(AtomicInteger asked, List<Inventory> told) throws InterruptedException {
        int before;
        do {
            before = asked.get() + told.size();
            Thread.sleep(2500);
        } while (asked.get() + told.size() != before);
    }

    /** A libvirt without machines, whose streams of events are open and tell nothing. */
    private static HypervisorTools counting(AtomicInteger asked) {
        return counting(asked, () -> {});
    }

    private static HypervisorTools counting(AtomicInteger asked, Runnable before) {
        RecordedTools recorded = RecordedMachines.libvirt(0, 0, "/nowhere", number -> "none");
        return new HypervisorTools() {
            @Override
            public boolean has(String program) {
                return recorded.has(program);
            }

            @Override
            public ProcessResult run(List<String> command, Duration limit) throws IOException {
                before.run();
                asked.incrementAndGet();
                return recorded.run(command, limit);
            }

            @Override
            public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
                return Processes.startTied(
                        List.of("sh", "-c", "echo qemu:///system; exec sleep 1000"), System.getenv(), out);
            }
        };
    }

    private Path sandbox(String id, String manifest) throws IOException {
        Path directory = Files.createDirectories(temp.resolve("cache").resolve(id));
        Files.writeString(directory.resolve("corral.json"), manifest);
        return directory;
    }

    private static void machine(Path sandbox, String name, String provider, String id) throws IOException {
        Files.writeString(
                Files.createDirectories(sandbox.resolve(".vagrant/machines")
                                .resolve(name)
                                .resolve(provider))
                        .resolve("id"),
                id);
    }
}
