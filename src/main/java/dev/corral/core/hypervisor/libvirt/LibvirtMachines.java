package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.hypervisor.DiskUsage;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.SurveyedMachine.Disk;
import dev.corral.core.hypervisor.Volume;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what a connection told into machines with all that hangs on them. */
public final class LibvirtMachines {
    private final LibvirtConnections connections;
    private final LibvirtView view;
    private final LibvirtView.Index index;
    private final Map<String, Integer> users = new HashMap<>();
    private Map<Path, Long> measured = Map.of();

    LibvirtMachines(LibvirtConnections connections, LibvirtView view) {
        this.connections = connections;
        this.view = view;
        index = view.index();
        for (LibvirtDomain domain : view.domains()) {
            paths(domain).forEach(path -> users.merge(path, 1, Integer::sum));
        }
        for (Volume volume : view.volumes()) {
            // What another volume stands on belongs to no machine alone, however few use it now.
            volume.backing().ifPresent(path -> users.merge(path, 2, Integer::sum));
        }
    }

    /**
     * All machines.
     *
     * @throws IOException if files beside the pools can not be measured
     */
    List<SurveyedMachine> all() throws IOException {
        measured = LibvirtConnections.local(view.uri()) ? DiskUsage.each(unmeasured()) : Map.of();
        return view.domains().stream().map(this::machine).toList();
    }

    private SurveyedMachine machine(LibvirtDomain domain) {
        List<Disk> disks = disks(domain);
        long own = disks.stream().anyMatch(disk -> disk.own() && disk.bytes() >= 0)
                ? disks.stream()
                        .filter(Disk::own)
                        .mapToLong(disk -> Math.max(disk.bytes(), 0))
                        .sum()
                : -1;
        HypervisorObject object = new HypervisorObject(
                "libvirt",
                domain.uuid(),
                domain.name(),
                view.states().getOrDefault(domain.uuid(), MachineState.UNKNOWN),
                own,
                view.uri());
        long saved = !view.saved().contains(domain.uuid())
                ? 0
                : connections
                        .savedMemory(view.uri(), domain.name())
                        .map(file -> measured.getOrDefault(file, -1L))
                        .orElse(-1L);
        return new SurveyedMachine(
                object,
                domain.vagrantfile(),
                disks,
                view.snapshots().getOrDefault(domain.uuid(), 0),
                saved,
                domain.networks(),
                Optional.empty());
    }

    private List<Disk> disks(LibvirtDomain domain) {
        Map<String, Disk> disks = new LinkedHashMap<>();
        for (LibvirtDomain.Disk disk : domain.disks()) {
            String path = index.path(disk.source());
            if (path.isEmpty()) {
                continue;
            }
            disks.put(path, new Disk(path, bytes(path), own(disk), false));
            chain(disk).forEach(below -> disks.putIfAbsent(below, new Disk(below, bytes(below), false, false)));
        }
        if (!domain.nvram().isEmpty()) {
            disks.putIfAbsent(domain.nvram(), new Disk(domain.nvram(), bytes(domain.nvram()), true, false));
        }
        return List.copyOf(disks.values());
    }

    /** Volumes that go with a domain: what it alone writes to, in a pool, and what nothing stands on. */
    List<Volume> ownVolumes(LibvirtDomain domain) {
        return domain.disks().stream()
                .filter(this::own)
                .map(disk -> index.at(index.path(disk.source())))
                .distinct()
                .toList();
    }

    private boolean own(LibvirtDomain.Disk disk) {
        Volume volume = index.at(index.path(disk.source()));
        return disk.writes() && volume != null && !volume.boxCopy() && users.getOrDefault(volume.path(), 0) <= 1;
    }

    /** All files that a domain has to do with. */
    Set<String> paths(LibvirtDomain domain) {
        Set<String> paths = new LinkedHashSet<>(domain.reads());
        for (LibvirtDomain.Disk disk : domain.disks()) {
            paths.add(index.path(disk.source()));
            paths.addAll(chain(disk));
        }
        paths.add(domain.nvram());
        paths.remove("");
        return paths;
    }

    /** What lies below a disk: as libvirt tells it while the domain runs, else as the pools tell it. */
    Set<String> chain(LibvirtDomain.Disk disk) {
        Set<String> chain = new LinkedHashSet<>();
        disk.chain().stream().map(index::path).filter(path -> !path.isEmpty()).forEach(chain::add);
        if (!disk.complete()) {
            Volume volume = index.at(index.path(disk.source()));
            while (volume != null
                    && volume.backing().isPresent()
                    && chain.add(volume.backing().get())) {
                volume = index.at(volume.backing().get());
            }
        }
        return chain;
    }

    private long bytes(String path) {
        Volume volume = index.at(path);
        if (volume != null) {
            return volume.bytes();
        }
        return file(path).map(file -> measured.getOrDefault(file, -1L)).orElse(-1L);
    }

    private List<Path> unmeasured() {
        List<Path> files = new ArrayList<>();
        for (LibvirtDomain domain : view.domains()) {
            paths(domain).stream()
                    .filter(path -> index.at(path) == null && !domain.reads().contains(path))
                    .map(LibvirtMachines::file)
                    .flatMap(Optional::stream)
                    .forEach(files::add);
            if (view.saved().contains(domain.uuid())) {
                connections.savedMemory(view.uri(), domain.name()).ifPresent(files::add);
            }
        }
        return files;
    }

    /** A path that a hypervisor names as one of this machine; empty for what is none, a device that is not there for instance. */
    public static Optional<Path> file(String path) {
        try {
            return path.startsWith("/") ? Optional.of(Path.of(path)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
