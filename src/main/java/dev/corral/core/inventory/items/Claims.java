package dev.corral.core.inventory.items;

import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.SandboxNames;
import dev.corral.core.vagrant.index.IndexEntry;
import dev.corral.core.vagrant.index.IndexSnapshot;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out what belongs to which sandbox that exists, and keeps the rest. Pure. */
final class Claims {
    private final Evidence evidence;
    private final Map<String, SandboxView> byId = new HashMap<>();
    private final Map<Path, SandboxView> byDirectory = new HashMap<>();
    private final Map<String, SandboxView> byMachine = new HashMap<>();
    private final Set<String> known;
    private final Map<Path, Held> held = new HashMap<>();
    private final List<SurveyedMachine> freeMachines = new ArrayList<>();
    private final List<Volume> freeVolumes = new ArrayList<>();
    private final List<Volume> boxCopies = new ArrayList<>();
    private final List<Network> freeNetworks = new ArrayList<>();
    private final List<IndexEntry> freeEntries = new ArrayList<>();
    private final Set<String> usedFiles = new HashSet<>();

    /** What belongs to one sandbox. */
    static final class Held {
        final List<SurveyedMachine> machines = new ArrayList<>();
        final List<Volume> volumes = new ArrayList<>();
        final List<Network> networks = new ArrayList<>();
        final List<IndexEntry> entries = new ArrayList<>();
    }

    Claims(Evidence evidence) {
        this.evidence = evidence;
        Set<String> twice = new HashSet<>();
        for (SandboxView view : evidence.sandboxes()) {
            byDirectory.put(view.directory(), view);
            if (byId.put(view.id(), view) != null) {
                twice.add(view.id());
            }
            view.machines().stream()
                    .filter(machine -> !machine.id().isEmpty())
                    .forEach(machine -> byMachine.put(machine.provider() + "\u0000" + machine.id(), view));
        }
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
                SandboxNames.ofNetwork(network.name(), known).ifPresent(id -> claim(id)
                        .ifPresentOrElse(
                                sandbox -> held(sandbox).networks.add(network), () -> freeNetworks.add(network)));
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

    private void machine(SurveyedMachine machine) {
        machine.disks().forEach(disk -> usedFiles.add(disk.path()));
        SandboxView sandbox = byMachine.get(
                machine.object().provider() + "\u0000" + machine.object().id());
        if (sandbox == null) {
            sandbox = source(machine).map(byDirectory::get).orElse(null);
        }
        // Without a note of where it comes from, the name is all there is.
        if (sandbox == null && machine.source().isEmpty()) {
            sandbox = SandboxNames.ofMachine(machine.object().name(), known)
                    .flatMap(id -> claim(id))
                    .orElse(null);
        }
        if (sandbox == null) {
            freeMachines.add(machine);
        } else {
            held(sandbox).machines.add(machine);
        }
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
        if (volume.boxCopy()) {
            boxCopies.add(volume);
        } else {
            freeVolumes.add(volume);
        }
    }

    private Optional<SandboxView> claim(String id) {
        return Optional.ofNullable(byId.get(id));
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
                    SandboxNames.ofMachine(volume.name(), known).flatMap(id -> claim(id));
            sandbox.ifPresent(view -> held(view).volumes.add(volume));
            return sandbox.isPresent();
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
