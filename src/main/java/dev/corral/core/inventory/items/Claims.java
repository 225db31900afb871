package dev.corral.core.inventory.items;

import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxNames;
import dev.corral.core.vagrant.index.IndexEntry;
import dev.corral.core.vagrant.index.IndexSnapshot;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what belongs to which sandbox that exists, and keeps the rest. Pure. */
final class Claims {
    private final Evidence evidence;
    private final HostAnswers answers;
    private final Map<String, SandboxView> byId = new HashMap<>();
    private final Map<Path, SandboxView> byDirectory = new HashMap<>();
    private final Map<String, SandboxView> byMachine = new HashMap<>();
    private final Map<String, SandboxView> byNote = new HashMap<>();
    // The same machine's hosts by the other names of its connection.
    private final Map<String, Set<Host>> again = new HashMap<>();
    private final IdentityHashMap<SurveyedMachine, SandboxView> likenesses = new IdentityHashMap<>();
    private final Set<String> known;
    private final Map<Path, Held> held = new HashMap<>();
    private final List<SurveyedMachine> freeMachines = new ArrayList<>();
    private final List<Volume> freeVolumes = new ArrayList<>();
    private final List<Volume> boxCopies = new ArrayList<>();
    private final List<Network> freeNetworks = new ArrayList<>();
    private final List<IndexEntry> freeEntries = new ArrayList<>();
    private final Set<String> usedFiles = new HashSet<>();
    private final Set<SurveyedMachine> claimed = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What belongs to one sandbox. */
    static final class Held {
        final List<SurveyedMachine> machines = new ArrayList<>();
        /** VMs that bear the name that one of its own was to have, and of which nothing says whose they are. */
        final List<SurveyedMachine> likenesses = new ArrayList<>();

        final List<Volume> volumes = new ArrayList<>();
        final List<Network> networks = new ArrayList<>();
        final List<IndexEntry> entries = new ArrayList<>();
    }

    Claims(Evidence evidence) {
        this.evidence = evidence;
        this.answers = evidence.survey().answers();
        Set<String> twice = new HashSet<>();
        for (SandboxView view : evidence.sandboxes()) {
            byDirectory.put(view.directory(), view);
            if (byId.put(view.id(), view) != null) {
                twice.add(view.id());
            }
            view.machines().stream().filter(machine -> !machine.id().isEmpty()).forEach(machine -> answers.hosts(
                            Manifest.hosts(view.manifest()), machine.provider())
                    .forEach(host -> byMachine.put(host.key(machine.id()), view)));
            noted(view).stream().filter(one -> !one.id().isEmpty()).forEach(one -> answers.hosts(
                            Manifest.hosts(view.manifest()), one.provider())
                    .forEach(host -> byNote.put(host.key(one.id()), view)));
        }
        evidence.survey().again().forEach(object -> again.computeIfAbsent(
                        object.provider() + "\u0000" + object.id(), id -> new HashSet<>())
                .add(object.host()));
        // A name that two directories bear says nothing.
        twice.forEach(byId::remove);
        known = new HashSet<>(evidence.made());
        known.addAll(byId.keySet());
        evidence.survey().machines().forEach(this::machine);
        evidence.survey().volumes().forEach(this::volume);
        Set<String> usedNetworks = new HashSet<>();
        evidence.survey().machines().forEach(machine -> machine.networks()
                .forEach(name -> usedNetworks.add(machine.object().where() + "\u0000" + name)));
        for (Network network : evidence.survey().networks()) {
            if (!usedNetworks.contains(network.where() + "\u0000" + network.name())) {
                SandboxNames.ofNetwork(network.name(), known).ifPresent(id -> claim(id, Host.libvirt(network.where()))
                        .ifPresentOrElse(sandbox -> held(sandbox).networks.add(network), () -> free(network, id)));
            }
        }
        for (IndexSnapshot index : evidence.indexes()) {
            for (IndexEntry entry : index.entries()) {
                SandboxView sandbox = byDirectory.get(entry.project());
                if (sandbox == null) {
                    freeEntries.add(entry);
                } else {
                    held(sandbox).entries.add(entry);
                }
            }
        }
    }

    private void free(Network network, String id) {
        if (shown(Host.libvirt(network.where()), Optional.of(id))) {
            freeNetworks.add(network);
        }
    }

    private void machine(SurveyedMachine machine) {
        machine.disks().forEach(disk -> usedFiles.add(disk.path()));
        Host host = machine.object().host();
        SandboxView sandbox = byId(byMachine, machine);
        if (sandbox == null) {
            sandbox = source(machine)
                    .map(byDirectory::get)
                    .filter(view -> reaches(view, host))
                    .orElse(null);
        }
        // A file may fix the id: then whoever says that it is another's is.
        if (sandbox == null && machine.source().isEmpty()) {
            sandbox = byId(byNote, machine);
        }
        // Without a note of where it comes from, the name is all there is.
        if (sandbox == null && machine.source().isEmpty()) {
            sandbox = SandboxNames.ofMachine(machine.object().name(), known)
                    .flatMap(id -> claim(id, host))
                    .orElse(null);
        }
        if (sandbox == null) {
            sandbox = likeness(machine);
        }
        if (sandbox != null) {
            held(sandbox).machines.add(machine);
            claimed.add(machine);
        } else if (shown(host, named(machine))) {
            freeMachines.add(machine);
        }
    }

    private @Nullable SandboxView byId(Map<String, SandboxView> views, SurveyedMachine machine) {
        String id = machine.object().id();
        return hosts(machine)
                .map(host -> views.get(host.key(id)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Stream<Host> hosts(SurveyedMachine machine) {
        return Stream.concat(
                Stream.of(machine.object().host()),
                again
                        .getOrDefault(
                                machine.object().provider()
                                        + "\u0000"
                                        + machine.object().id(),
                                Set.of())
                        .stream());
    }

    // By the name that its start resolved. With the sandbox's own id in it nobody else has it; else it may be
    // anybody's.
    private @Nullable SandboxView likeness(SurveyedMachine machine) {
        for (SandboxView view : evidence.sandboxes()) {
            if (noted(view).stream()
                    .anyMatch(one -> one.mayBe(machine) && hosts(machine).anyMatch(host -> leads(view, host)))) {
                if (SandboxNames.isSandbox(view.id()) && machine.object().name().contains(view.id())) {
                    return view;
                }
                held(view).likenesses.add(machine);
                likenesses.put(machine, view);
            }
        }
        return null;
    }

    /** The id of the sandbox one of whose VMs was to have the name of this one, of which nothing says whose it is. */
    Optional<String> likenessOf(SurveyedMachine machine) {
        return Optional.ofNullable(likenesses.get(machine)).map(SandboxView::id);
    }

    /** Whether it belongs to a sandbox that exists. */
    boolean claimed(SurveyedMachine machine) {
        return claimed.contains(machine);
    }

    private List<MachineIdentity> noted(SandboxView view) {
        return evidence.noted().getOrDefault(view.directory(), List.of());
    }

    private Optional<String> named(SurveyedMachine machine) {
        return source(machine)
                .map(project -> SandboxPaths.id(evidence.cache(), project)
                        .orElseGet(() -> String.valueOf(project.getFileName())))
                .or(() -> SandboxNames.ofMachine(machine.object().name(), known));
    }

    /** The project directory that a machine says it was made from. */
    static Optional<Path> source(SurveyedMachine machine) {
        try {
            return machine.source().isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(Path.of(machine.source()).normalize().getParent());
        } catch (InvalidPathException e) {
            // Anybody may write anything into a description.
            return Optional.empty();
        }
    }

    private void volume(Volume volume) {
        volume.backing().ifPresent(usedFiles::add);
        Host host = Host.libvirt(volume.where());
        if (volume.boxCopy()) {
            if (answers.own(host)) {
                boxCopies.add(volume);
            }
        } else {
            freeVolumes.add(volume);
        }
    }

    private Optional<SandboxView> claim(String id, Host host) {
        return Optional.ofNullable(byId.get(id)).filter(view -> reaches(view, host));
    }

    // At a host to which only others lead, a name or a path is no more than a coincidence.
    private boolean reaches(SandboxView view, Host host) {
        return answers.own(host) || leads(view, host);
    }

    private boolean leads(SandboxView view, Host host) {
        return answers.hosts(Manifest.hosts(view.manifest()), host.provider()).contains(host);
    }

    // Of hosts that are not this process's own, only what certainly was made here is shown: the rest is other people's.
    private boolean shown(Host host, Optional<String> sandbox) {
        return answers.own(host)
                || sandbox.filter(id -> madeHere(id) && !byId.containsKey(id)).isPresent();
    }

    private Held held(SandboxView view) {
        return held.computeIfAbsent(view.directory(), directory -> new Held());
    }

    /** What belongs to this sandbox. Volumes are those that no VM uses; call {@link #sortVolumes} before. */
    Held of(SandboxView view) {
        return held.getOrDefault(view.directory(), new Held());
    }

    /** Gives volumes that no VM uses to the sandbox that they are named after, and drops those in use. */
    void sortVolumes() {
        freeVolumes.removeIf(volume -> {
            if (usedFiles.contains(volume.path())) {
                return true;
            }
            Optional<SandboxView> sandbox =
                    SandboxNames.ofMachine(volume.name(), known).flatMap(id -> claim(id, Host.libvirt(volume.where())));
            sandbox.ifPresent(view -> held(view).volumes.add(volume));
            return sandbox.isPresent()
                    || !shown(Host.libvirt(volume.where()), SandboxNames.ofMachine(volume.name(), known));
        });
    }

    /** Machines that belong to no sandbox. */
    List<SurveyedMachine> freeMachines() {
        return freeMachines;
    }

    /** Volumes that no VM uses and that belong to no sandbox. */
    List<Volume> freeVolumes() {
        return freeVolumes;
    }

    /** All copies of boxes. */
    List<Volume> boxCopies() {
        return boxCopies;
    }

    /** Whether a VM or another volume reads or writes this file. */
    boolean used(String path) {
        return usedFiles.contains(path);
    }

    /** Networks named after a sandbox that is gone, and without a VM on them. */
    List<Network> freeNetworks() {
        return freeNetworks;
    }

    /** Index entries that belong to no sandbox that exists. */
    List<IndexEntry> freeEntries() {
        return freeEntries;
    }

    /** Ids of all sandboxes that exist or were ever made here. */
    Set<String> known() {
        return known;
    }

    /** Whether a sandbox of this id was ever made in this cache directory. */
    boolean madeHere(String id) {
        return evidence.made().contains(id);
    }
}
