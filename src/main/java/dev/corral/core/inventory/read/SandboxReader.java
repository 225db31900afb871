package dev.corral.core.inventory.read;

import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins the layers of one sandbox: manifest, journal, Vagrant's files, hypervisor. Pure: it reads no file itself. */
final class SandboxReader {
    private final Hypervisors hypervisors;
    private final HypervisorSnapshot snapshot;
    // Many sandboxes have the same owner; whether it lives is looked up once.
    private final Map<ProcessIdentity, Life> lives = new HashMap<>();

    SandboxReader(Hypervisors hypervisors, HypervisorSnapshot snapshot) {
        this.hypervisors = hypervisors;
        this.snapshot = snapshot;
    }

    /**
     * The files of one sandbox, read.
     *
     * @param directory the directory
     * @param manifest  the manifest
     * @param told      what the journal tells
     * @param local     the machines that Vagrant notes, with their boxes
     * @param createdAt when the directory was made
     * @param hosts     which hypervisors its Vagrant talks to
     */
    record Layers(
            Path directory,
            Optional<Manifest> manifest,
            JournalReader.JournalSummary told,
            Map<LocalMachine, Optional<String>> local,
            Instant createdAt,
            HostContext hosts) {}

    /** The sandbox as it is now; {@code usual} tells how long an operation usually takes. */
    SandboxView view(Layers layers, Function<OperationView, Optional<Duration>> usual) {
        Optional<OperationView> operation = layers.told.operation().map(told -> known(told, usual));
        List<OperationView> operations = layers.told.operations().stream()
                .map(told -> known(told, usual))
                .toList();
        boolean alive = operation.map(OperationView::alive).orElse(false);
        boolean underWay = operation.isPresent() && operation.get().endedAt().isEmpty();
        List<MachineView> machines = machines(layers, operation, underWay && alive);
        SandboxState state = state(layers, operation, underWay, alive, machines);
        return new SandboxView(
                layers.directory.getFileName().toString(),
                layers.directory,
                layers.manifest,
                state,
                detail(state, operation, layers),
                liveness(layers, underWay && alive),
                machines,
                operation,
                operations,
                layers.manifest.map(Manifest::createdAt).orElse(layers.createdAt));
    }

    // Whether the process of what has ended lives changes nothing of it, and is not worth a look.
    private OperationView known(JournalReader.Told told, Function<OperationView, Optional<Duration>> usual) {
        boolean over = told.view().endedAt().isPresent();
        boolean alive = (!over || told.view().kind().decidesState())
                && told.process().map(process -> life(process) == Life.ALIVE).orElse(false);
        return told.view().known(alive, over ? Optional.empty() : usual.apply(told.view()));
    }

    private Liveness liveness(Layers layers, boolean working) {
        if (layers.manifest.isEmpty()) {
            return Liveness.UNKNOWN;
        }
        if (layers.manifest.get().pin().filter(pin -> pin.holds(Instant.now())).isPresent()) {
            return Liveness.PINNED;
        }
        if (working) {
            return Liveness.LIVE;
        }
        return switch (life(
                layers.manifest.get().user(owner -> life(owner.process())).process())) {
            case ALIVE -> Liveness.LIVE;
            case ENDED -> Liveness.STRAY;
            case UNKNOWN -> Liveness.UNKNOWN;
        };
    }

    /** The processes that were asked for, and whether they live: what they own and do changes when they end, and no file tells. */
    Map<ProcessIdentity, Life> lives() {
        return lives;
    }

    private Life life(ProcessIdentity process) {
        return lives.computeIfAbsent(process, ProcessIdentity::life);
    }

    private static SandboxState state(
            Layers layers,
            Optional<OperationView> operation,
            boolean underWay,
            boolean alive,
            List<MachineView> machines) {
        if (operation.isEmpty()) {
            return layers.manifest.isPresent() ? SandboxState.INTERRUPTED : byMachines(machines, SandboxState.UNKNOWN);
        }
        boolean start = operation.get().kind() == OperationKind.START;
        if (underWay) {
            return !alive
                    ? SandboxState.INTERRUPTED
                    : layers.told.queued().isPresent()
                            ? SandboxState.QUEUED
                            : start ? SandboxState.STARTING : SandboxState.DESTROYING;
        }
        if (operation.get().failure().isPresent()) {
            return start ? SandboxState.FAILED : SandboxState.DESTROY_FAILED;
        }
        return byMachines(machines, SandboxState.STOPPED);
    }

    private static SandboxState byMachines(List<MachineView> machines, SandboxState none) {
        if (machines.isEmpty()) {
            return none;
        }
        long running = machines.stream()
                .filter(machine -> machine.state() == MachineState.RUNNING)
                .count();
        long off = machines.stream()
                .filter(machine ->
                        machine.state() == MachineState.STOPPED || machine.state() == MachineState.NOT_CREATED)
                .count();
        return running == machines.size()
                ? SandboxState.READY
                : off == machines.size()
                        ? SandboxState.STOPPED
                        : machines.stream().anyMatch(machine -> machine.state() == MachineState.UNKNOWN)
                                ? SandboxState.UNKNOWN
                                : SandboxState.DEGRADED;
    }

    private static String detail(SandboxState state, Optional<OperationView> operation, Layers layers) {
        return switch (state) {
            case QUEUED -> layers.told.queued().map(JournalEntry::inQueue).orElse("");
            case STARTING, DESTROYING ->
                operation
                        .flatMap(OperationView::currentPhase)
                        .map(PhaseSpan::name)
                        .orElse("");
            case FAILED, DESTROY_FAILED ->
                operation
                        .flatMap(OperationView::failure)
                        .map(failure -> failure.cancelled() ? "cancelled" : failure.sentence())
                        .orElse("");
            case INTERRUPTED ->
                operation
                        .map(known -> "its " + known.kind().words() + " was cut off")
                        .orElse("its start was cut off");
            case UNKNOWN -> layers.manifest.isEmpty() ? "not made by Corral" : "the hypervisor gave no answer";
            default -> "";
        };
    }

    private List<MachineView> machines(Layers layers, Optional<OperationView> operation, boolean working) {
        Map<String, LocalMachine> byName = new LinkedHashMap<>();
        layers.manifest.ifPresent(manifest -> manifest.machines().forEach(name -> byName.put(name, null)));
        // The same machine may have been made with two providers; the one with an id is the one that exists.
        boolean starting = working && operation.get().kind() == OperationKind.START;
        // A folder without an id is what Vagrant leaves of a name that it only spoke of, unless a VM is being made
        // under it.
        boolean namesUnknown = byName.isEmpty() || starting;
        layers.local.keySet().stream()
                .filter(local -> !local.id().isEmpty() || namesUnknown || byName.containsKey(local.name()))
                .sorted(Comparator.comparing(local -> local.id().isEmpty() ? 0 : 1))
                .forEach(local -> byName.put(local.name(), local));
        Optional<String> primary = layers.manifest.flatMap(Manifest::primary);
        List<MachineView> machines = new ArrayList<>();
        byName.forEach((name, local) -> machines.add(machine(
                layers,
                operation,
                working,
                name,
                local,
                primary.map(name::equals).orElse(byName.size() == 1))));
        machines.sort(Comparator.comparing(machine -> machine.primary() ? 0 : 1));
        return List.copyOf(machines);
    }

    private MachineView machine(
            Layers layers,
            Optional<OperationView> operation,
            boolean working,
            String name,
            @Nullable LocalMachine local,
            boolean primary) {
        String id = local == null ? "" : local.id();
        String provider = local == null ? "" : local.provider();
        Optional<HypervisorObject> object = id.isEmpty() ? Optional.empty() : snapshot.find(layers.hosts, provider, id);
        MachineState state = hypervisorState(layers, provider, id, object);
        boolean starting = working && operation.get().kind() == OperationKind.START;
        if (working && operation.get().kind() == OperationKind.DESTROY) {
            state = id.isEmpty() ? MachineState.NOT_CREATED : MachineState.DESTROYING;
        } else if (starting) {
            Phase phase = layers.told.phases().get(name);
            state = phase != null && phase.answers() ? MachineState.PROVISIONING : MachineState.STARTING;
        } else if (operation
                        .flatMap(OperationView::failure)
                        .filter(failure -> failure.machine().equals(name) && !failure.cancelled())
                        .isPresent()
                && state != MachineState.RUNNING) {
            state = MachineState.FAILED;
        }
        boolean up = state == MachineState.RUNNING || starting;
        return new MachineView(
                layers.directory.getFileName().toString(),
                name,
                primary,
                state,
                provider,
                id,
                local == null ? Optional.empty() : layers.local.getOrDefault(local, Optional.empty()),
                up ? Optional.ofNullable(layers.told.addresses().get(name)) : Optional.empty(),
                up ? Optional.ofNullable(layers.told.booted().get(name)) : Optional.empty(),
                object.map(HypervisorObject::diskBytes).orElse(-1L),
                layers.directory);
    }

    private MachineState hypervisorState(Layers layers, String provider, String id, Optional<HypervisorObject> object) {
        if (id.isEmpty()) {
            return MachineState.NOT_CREATED;
        }
        if (object.isPresent()) {
            return object.get().state();
        }
        if (snapshot.tells(layers.hosts, provider)) {
            // vagrant-qemu's machines are registered nowhere: without a process they are off, not gone.
            return provider.equals("qemu") ? MachineState.STOPPED : MachineState.GONE;
        }
        // Of a provider that nobody can ask, Vagrant's id and a start that went well are all there is to go by.
        return !hypervisors.known().contains(provider) && layers.told.startSucceeded()
                ? MachineState.RUNNING
                : MachineState.UNKNOWN;
    }
}
