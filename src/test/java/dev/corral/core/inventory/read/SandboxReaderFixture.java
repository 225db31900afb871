package dev.corral.core.inventory.read;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** One sandbox on paper: manifest, journal, what Vagrant notes, and what a hypervisor says. */
abstract class SandboxReaderFixture {
    static final Path DIRECTORY = Path.of("/cache/s-0a1b2c3d");
    static final Instant MADE = Instant.parse("2026-11-26T11:00:00Z");
    static final Instant FOUND = Instant.parse("2026-11-26T10:00:00Z");
    // A process of an earlier boot: certainly ended.
    static final ProcessIdentity GONE = new ProcessIdentity(4321, 1, "11111111-2222-3333-4444-555555555555");
    static final ProcessIdentity UNKNOWABLE = new ProcessIdentity(0, 0, "");
    static final Host LIBVIRT = Host.libvirt("qemu:///system");

    final List<JournalEntry> journal = new ArrayList<>();
    final Map<LocalMachine, Optional<String>> local = new LinkedHashMap<>();
    final Map<String, HypervisorObject> objects = new HashMap<>();
    final Set<Host> answered = new HashSet<>(Set.of(LIBVIRT, new Host("qemu", "")));
    final List<String> machines = new ArrayList<>();
    ProcessIdentity owner = ProcessIdentity.self();
    Optional<Manifest.Pin> pin = Optional.empty();
    Optional<String> primary = Optional.empty();
    boolean manifest;
    SandboxReader reader;

    @BeforeEach
    void withManifest() {
        manifest = true;
    }

    SandboxView view() {
        return view(operation -> Optional.empty());
    }

    SandboxView view(Function<OperationView, Optional<Duration>> usual) {
        HostContext here = HostContext.of(Map.of(), List.of());
        reader = new SandboxReader(
                new Hypervisors(new Environment(Map.of("PATH", "/nowhere"))),
                new HypervisorSnapshot(
                        FOUND,
                        objects,
                        new HostAnswers(Map.of(here, Set.of(LIBVIRT, new Host("qemu", ""))), answered),
                        List.of(),
                        ""));
        return reader.view(
                new SandboxReader.Layers(
                        DIRECTORY,
                        manifest ? Optional.of(manifest()) : Optional.empty(),
                        JournalReader.read(DIRECTORY, journal),
                        local,
                        FOUND,
                        here),
                usual);
    }

    Manifest manifest() {
        return new Manifest(
                2,
                "s-0a1b2c3d",
                MADE,
                new Owner(
                        owner.pid(),
                        owner.startTicks(),
                        owner.bootId(),
                        owner.pidNamespace(),
                        owner.host(),
                        Owner.Kind.INSPECT),
                Manifest.Origin.none(),
                "/x/Vagrantfile",
                new Manifest.StartContext(Optional.empty(), Map.of()),
                machines,
                primary,
                List.of(),
                pin);
    }

    void noted(String name, String provider, String id) {
        local.put(
                new LocalMachine(
                        name,
                        provider,
                        id,
                        DIRECTORY.resolve(".vagrant/machines").resolve(name)),
                Optional.of("corral/debian"));
    }

    void runs(String id, MachineState state) {
        objects.put(LIBVIRT.key(id), new HypervisorObject("libvirt", id, "x_" + id, state, 4096, "qemu:///system"));
    }

    void begun(OperationKind kind, ProcessIdentity by) {
        JournalEntry self = JournalEntry.started("w" + journal.size(), kind, new OperationTarget.Sandbox("s-0a1b2c3d"));
        journal.add(new JournalEntry(
                MADE,
                self.event(),
                self.workflow(),
                self.kind(),
                null,
                null,
                null,
                null,
                by,
                null,
                null,
                null,
                null,
                null,
                self.target(),
                null));
    }

    void add(JournalEntry entry) {
        journal.add(entry);
    }

    String workflow() {
        return journal.reversed().stream()
                .filter(entry -> entry.event() == Event.WORKFLOW_STARTED)
                .findFirst()
                .orElseThrow()
                .workflow();
    }

    void ended(boolean failed) {
        add(
                failed
                        ? JournalEntry.failed(
                                workflow(),
                                new FailureView(
                                        Phase.of(PhaseKind.BOOT, "db"), "It did not boot.", "", List.of(), 0, false))
                        : JournalEntry.of(Event.WORKFLOW_ENDED, workflow()));
    }

    static MachineView machine(SandboxView view, String name) {
        return view.machines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
