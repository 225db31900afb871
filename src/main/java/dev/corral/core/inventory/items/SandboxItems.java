package dev.corral.core.inventory.items;

import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inspect.runs.InspectRun;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.InventoryItem.Machine;
import dev.corral.core.inventory.InventoryItem.Part;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import dev.corral.core.inventory.items.Claims.Held;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.vagrant.index.IndexEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an item of each sandbox. Pure. */
final class SandboxItems {
    private final Evidence evidence;
    private final Claims claims;
    private final SandboxStates states;
    private final Set<String> askable;

    /** @param askable providers whose hypervisors can be asked */
    SandboxItems(Evidence evidence, Claims claims, Set<String> askable) {
        this.askable = askable;
        this.evidence = evidence;
        this.claims = claims;
        this.states = new SandboxStates(evidence.runs(), evidence.now());
    }

    /**
     * All that the item of a sandbox is made of: equal ones make equal items.
     *
     * @param life   of its owner
     * @param pinned whether its pin holds at this moment
     * @param fault  why it is not to be trusted
     */
    record Inputs(
            SandboxView view,
            List<SurveyedMachine> machines,
            List<SurveyedMachine> likenesses,
            List<MachineIdentity> identities,
            List<Volume> volumes,
            List<Network> networks,
            List<IndexEntry> entries,
            Optional<Evidence.Worker> worker,
            boolean damaged,
            boolean newer,
            DirectorySize files,
            List<InspectRun> runs,
            HostAnswers answers,
            Optional<Life> life,
            boolean pinned,
            Optional<Fault> fault) {}

    /** What the item of a sandbox would be made of. */
    Inputs inputs(SandboxView view) {
        Held held = claims.of(view);
        return new Inputs(
                view,
                held.machines,
                held.likenesses,
                identities(view),
                held.volumes,
                held.networks,
                held.entries,
                Optional.ofNullable(evidence.busy().get(view.directory())),
                evidence.damaged().contains(view.directory()),
                newer(view),
                files(view),
                evidence.runs(),
                evidence.survey().answers(),
                view.manifest().map(manifest -> states.life(manifest.user(states::life))),
                view.manifest()
                        .flatMap(Manifest::pin)
                        .filter(pin -> pin.holds(evidence.now()))
                        .isPresent(),
                fault(view));
    }

    private List<MachineIdentity> identities(SandboxView view) {
        return evidence.noted().getOrDefault(view.directory(), List.of());
    }

    private Optional<Fault> fault(SandboxView view) {
        return Optional.ofNullable(evidence.faults().get(view.directory()));
    }

    private DirectorySize files(SandboxView view) {
        return evidence.bytes().getOrDefault(view.directory(), new DirectorySize(0, 0));
    }

    /** The item of a sandbox. */
    InventoryItem of(SandboxView view) {
        Held held = claims.of(view);
        List<Machine> machines = machines(view, held);
        boolean noted =
                view.machines().stream().anyMatch(machine -> !machine.id().isEmpty());
        SandboxStates.Verdict verdict = trusted(
                view,
                understood(
                        view,
                        told(
                                view,
                                held,
                                states.of(
                                        view,
                                        Optional.ofNullable(evidence.busy().get(view.directory())),
                                        evidence.damaged().contains(view.directory()),
                                        noted
                                                || !held.machines.isEmpty()
                                                || !held.volumes.isEmpty()
                                                || !held.networks.isEmpty()))));
        List<Part> parts = parts(view, held);
        Manifest.Origin origin = view.manifest().map(Manifest::origin).orElseGet(Manifest.Origin::none);
        Set<String> providers = machines.stream()
                .map(Machine::provider)
                .filter(provider -> !provider.isEmpty())
                .collect(Collectors.toSet());
        return new InventoryItem(
                "sandbox:" + Keys.of(view.directory()),
                ItemKind.SANDBOX,
                verdict.state(),
                verdict.reason(),
                view.id(),
                view.id(),
                machines,
                layers(view, held, noted, verdict),
                parts.stream().mapToLong(part -> Math.max(part.bytes(), 0)).sum(),
                parts,
                Optional.of(view.createdAt()),
                view.manifest().map(manifest -> manifest.user(states::life)),
                origin,
                providers.size() == 1 ? providers.iterator().next() : "",
                Optional.of(view.directory()),
                verdict.state() == ItemState.FOREIGN || fault(view).isPresent() || newer(view)
                        ? new Target.None()
                        : new Target.Sandbox(view.directory(), disks(held)));
    }

    // What others could have written says nothing that counts, so it is left alone whatever it says.
    private SandboxStates.Verdict trusted(SandboxView view, SandboxStates.Verdict verdict) {
        return fault(view)
                .map(fault -> fault.foreign()
                        ? new SandboxStates.Verdict(ItemState.FOREIGN, fault.sentence())
                        : verdict.state().reclaimable()
                                ? new SandboxStates.Verdict(
                                        ItemState.UNKNOWN, fault.sentence() + " " + fault.nextStep())
                                : verdict)
                .orElse(verdict);
    }

    // Whatever its files seem to say, only the Corral that wrote them knows whether somebody needs it.
    private SandboxStates.Verdict understood(SandboxView view, SandboxStates.Verdict verdict) {
        return newer(view) && verdict.state().reclaimable()
                ? new SandboxStates.Verdict(
                        ItemState.UNKNOWN, "A newer Corral made it, whose notes this one does not understand.")
                : verdict;
    }

    private boolean newer(SandboxView view) {
        return evidence.newer().contains(view.directory());
    }

    // Without its hypervisor's word nothing could be removed and confirmed, so nothing is begun.
    private SandboxStates.Verdict told(SandboxView view, Held held, SandboxStates.Verdict verdict) {
        if (verdict.state() != ItemState.STRAY && verdict.state() != ItemState.LEFTOVER) {
            return verdict;
        }
        // Vagrant forgets an id where it looks in a wrong place; what was noted when the VM was made still has to be
        // asked for.
        Optional<String> silent = Stream.concat(
                        view.machines().stream()
                                .filter(machine -> silent(view, held, machine.provider(), machine.id()))
                                .map(MachineView::provider),
                        identities(view).stream()
                                .filter(one -> silent(view, held, one.provider(), one.id()))
                                .map(MachineIdentity::provider))
                .findFirst();
        String why = verdict.reason().substring(0, verdict.reason().length() - 1);
        if (silent.isPresent()) {
            return new SandboxStates.Verdict(
                    ItemState.UNKNOWN, why + ", but " + silent.get() + " does not say whether its VM exists.");
        }
        return held.likenesses.isEmpty()
                ? verdict
                : new SandboxStates.Verdict(
                        ItemState.UNKNOWN,
                        why + ", but there is a VM called "
                                + PlainText.line(
                                        held.likenesses.getFirst().object().name(), 120)
                                + ", as one of its own was to be, and nothing says whose it is.");
    }

    private boolean silent(SandboxView view, Held held, String provider, String id) {
        return !id.isEmpty()
                && askable.contains(provider)
                && !evidence.survey().answers().tells(Manifest.hosts(view.manifest()), provider)
                && held.machines.stream().noneMatch(seen -> seen.object().id().equals(id));
    }

    // Those that Vagrant notes, and those that it lost sight of while it made them.
    private static List<Machine> machines(SandboxView view, Held held) {
        Map<String, Machine> machines = new LinkedHashMap<>();
        view.machines()
                .forEach(machine -> machines.put(
                        machine.id().isEmpty() ? machine.name() : machine.id(),
                        new Machine(
                                machine.name(),
                                machine.state(),
                                machine.provider(),
                                machine.id(),
                                view.plainName(machine.name()))));
        held.machines.forEach(machine -> machines.putIfAbsent(
                machine.object().id(),
                new Machine(
                        PlainText.line(machine.object().name(), 120),
                        machine.object().state(),
                        machine.object().provider(),
                        machine.object().id())));
        return new ArrayList<>(machines.values());
    }

    private List<Part> parts(SandboxView view, Held held) {
        List<Part> parts = new ArrayList<>();
        long disks = held.machines.stream().mapToLong(SurveyedMachine::ownBytes).sum() - saved(held);
        add(
                parts,
                "disks",
                disks
                        + held.volumes.stream()
                                .mapToLong(Volume::bytes)
                                .filter(bytes -> bytes > 0)
                                .sum());
        add(parts, "saved memory", saved(held));
        DirectorySize files = files(view);
        add(parts, "logs", files.logs());
        add(parts, "files", files.bytes() - files.logs());
        return parts;
    }

    private static List<String> disks(Held held) {
        List<String> disks = new ArrayList<>(held.machines.stream()
                .flatMap(machine -> machine.disks().stream())
                .filter(SurveyedMachine.Disk::own)
                .map(SurveyedMachine.Disk::path)
                .toList());
        held.volumes.forEach(volume -> disks.add(volume.path()));
        return disks;
    }

    private static long saved(Held held) {
        return held.machines.stream()
                .mapToLong(machine -> Math.max(machine.savedBytes(), 0))
                .sum();
    }

    private static void add(List<Part> parts, String what, long bytes) {
        if (bytes > 0) {
            parts.add(new Part(what, bytes));
        }
    }

    private static Set<Layer> layers(SandboxView view, Held held, boolean noted, SandboxStates.Verdict verdict) {
        Set<Layer> layers = EnumSet.of(Layer.CACHE);
        if (noted) {
            layers.add(Layer.VAGRANT);
        }
        if (!held.entries.isEmpty()) {
            layers.add(Layer.INDEX);
        }
        if (!held.machines.isEmpty() || !held.volumes.isEmpty()) {
            layers.add(Layer.HYPERVISOR);
        }
        if (verdict.state() == ItemState.LIVE
                && view.manifest()
                        .map(Manifest::owner)
                        .filter(owner -> owner.kind() == Owner.Kind.INSPECT)
                        .isPresent()) {
            layers.add(Layer.INSPECT);
        }
        return layers;
    }
}
