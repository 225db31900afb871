package dev.corral.core.inventory.items;

import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inspect.runs.InspectRun;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.index.IndexEntry;
import dev.corral.core.vagrant.index.IndexSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts evidence together by hand, for tests of what follows from it. */
final class Pieces {
    static final Path CACHE = Path.of("/cache");
    static final Path HOME = Path.of("/home/.vagrant.d");
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    static final Instant OLD = NOW.minusSeconds(3600);
    private static final String POOL = "/images/";

    final List<SandboxView> sandboxes = new ArrayList<>();
    final List<Evidence.Folder> folders = new ArrayList<>();
    final List<SurveyedMachine> machines = new ArrayList<>();
    final List<Volume> volumes = new ArrayList<>();
    final List<Network> networks = new ArrayList<>();
    final List<IndexEntry> entries = new ArrayList<>();
    final List<InspectRun> runs = new ArrayList<>();
    final Set<Path> damaged = new HashSet<>();
    final Set<Path> newer = new HashSet<>();
    /** Where sandboxes that were not read may lie. */
    final List<Path> caches = new ArrayList<>(List.of(CACHE));

    boolean listed = true;
    final Set<String> made = new HashSet<>();
    final Set<String> boxes = new HashSet<>();
    final Set<String> answered = new HashSet<>(Set.of("libvirt"));
    /** Hosts that only sandboxes lead to, and those of them that answer. */
    final Map<HostContext, Set<Host>> hosts = new HashMap<>();

    final Set<Host> answering = new HashSet<>();
    final Map<Path, Evidence.Worker> busy = new HashMap<>();
    final Map<Path, Fault> faults = new HashMap<>();
    final Map<Path, DirectorySize> bytes = new HashMap<>();
    final Map<Path, List<MachineIdentity>> noted = new HashMap<>();
    final List<HypervisorObject> again = new ArrayList<>();

    List<InventoryItem> items() {
        return items(new KnownItems());
    }

    List<InventoryItem> items(KnownItems known) {
        Set<Host> own = Set.of(
                Host.libvirt("qemu:///system"),
                new Host("virtualbox", ""),
                new Host("docker", ""),
                new Host("qemu", ""));
        Map<HostContext, Set<Host>> reached = new HashMap<>(hosts);
        reached.put(HostContext.here(), own);
        reached.put(HostContext.of(Map.of(), List.of()), own);
        Set<Host> heard = new HashSet<>(answering);
        own.stream().filter(host -> answered.contains(host.provider())).forEach(heard::add);
        Survey survey = new Survey(
                NOW, machines, again, volumes, networks, new HostAnswers(reached, heard), Map.of(), List.of());
        return ItemReader.read(
                new Evidence(
                        CACHE,
                        sandboxes,
                        folders,
                        survey,
                        List.of(new IndexSnapshot(HOME, entries, Optional.empty())),
                        runs,
                        damaged,
                        newer,
                        new Unseen(caches, listed),
                        made,
                        boxes,
                        busy,
                        bytes,
                        noted,
                        faults,
                        NOW),
                Set.of("libvirt", "virtualbox", "docker", "qemu"),
                known);
    }

    InventoryItem item(String name) {
        return items().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + items()));
    }

    static Owner alive() {
        return Owners.self(Owner.Kind.CONSOLE);
    }

    // A process of an earlier boot of this machine: certainly ended.
    static Owner ended() {
        Owner self = alive();
        return new Owner(
                4321, 1, "11111111-2222-3333-4444-555555555555", self.pidNamespace(), self.host(), Owner.Kind.INSPECT);
    }

    static Owner unknowable() {
        return new Owner(4321, 1, "11111111-2222-3333-4444-555555555555", 0, "another-machine", Owner.Kind.INSPECT);
    }

    static Manifest manifest(String id, Owner owner, Optional<Manifest.Pin> pin) {
        return new Manifest(
                1,
                id,
                OLD,
                owner,
                Manifest.Origin.none(),
                "",
                new Manifest.StartContext(Optional.empty(), Map.of()),
                List.of(),
                Optional.empty(),
                List.of(),
                pin);
    }

    static SandboxView sandbox(
            String id,
            Optional<Manifest> manifest,
            SandboxState state,
            Optional<OperationView> operation,
            String... vms) {
        List<MachineView> views = new ArrayList<>();
        for (String vm : vms) {
            views.add(new MachineView(
                    id,
                    "default",
                    true,
                    MachineState.RUNNING,
                    "libvirt",
                    vm,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    -1,
                    CACHE.resolve(id)));
        }
        return new SandboxView(id, CACHE.resolve(id), manifest, state, "", Liveness.UNKNOWN, views, operation, OLD);
    }

    SandboxView owned(String id, Owner owner, String... vms) {
        SandboxView view = sandbox(
                id, Optional.of(manifest(id, owner, Optional.empty())), SandboxState.READY, Optional.empty(), vms);
        sandboxes.add(view);
        return view;
    }

    static OperationView operation(String kind, boolean alive, boolean over, String failure) {
        Optional<FailureView> failed = failure.isEmpty()
                ? Optional.empty()
                : Optional.of(new FailureView(Phase.read("", ""), failure, "", List.of(), 0, false));
        return new OperationView(
                "w",
                OperationKind.of(kind),
                new OperationTarget.Sandbox("w"),
                OLD,
                over ? Optional.of(OLD) : Optional.empty(),
                alive,
                List.of(),
                Optional.empty(),
                failed,
                List.of());
    }

    SurveyedMachine machine(String name, String uuid, String source, String... disks) {
        List<SurveyedMachine.Disk> list = new ArrayList<>();
        for (String disk : disks) {
            list.add(new SurveyedMachine.Disk(POOL + disk, 1000, true, false));
        }
        SurveyedMachine machine = new SurveyedMachine(
                new HypervisorObject("libvirt", uuid, name, MachineState.RUNNING, -1, "qemu:///system"),
                source,
                list,
                0,
                0,
                List.of(),
                Optional.empty());
        machines.add(machine);
        return machine;
    }

    void volume(String name, String backing, Instant modified) {
        volumes.add(new Volume(
                "qemu:///system",
                "default",
                name,
                POOL + name,
                1000,
                backing.isEmpty() ? Optional.empty() : Optional.of(POOL + backing),
                modified));
    }

    void network(String name) {
        networks.add(new Network("qemu:///system", name, "net-" + name, true));
    }

    void entry(String uuid, String name, String provider, String project) {
        entries.add(new IndexEntry(
                HOME,
                uuid,
                name,
                provider,
                Path.of(project),
                Path.of(project, ".vagrant"),
                "running",
                Optional.empty()));
    }

    void run(Instant startedAt) {
        runs.add(new InspectRun(new ProcessIdentity(77, 1, ""), startedAt, Optional.empty(), "inspect eval"));
    }

    void folder(String name, Evidence.Folder.Shape shape, Instant modified) {
        folders.add(new Evidence.Folder(CACHE.resolve(name), shape, 10, modified));
    }
}
