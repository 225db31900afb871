package dev.corral.core.hypervisor.qemu;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.DiskUsage;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.Hypervisor;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyParts;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.SurveyedMachine.Disk;
import dev.corral.core.hypervisor.libvirt.LibvirtMachines;
import dev.corral.core.hypervisor.qemu.QemuProcesses.Open;
import dev.corral.core.hypervisor.qemu.QemuProcesses.Qemu;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Machines of the vagrant-qemu plugin. They are registered nowhere: a running one is a QEMU process whose command line
 * names its disk below {@code .vagrant}, and one that is off is that disk alone, which this can not see.
 */
public final class PlainQemu implements Hypervisor {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LONGEST_CHAIN = 32;

    private final Environment environment;
    private final QemuProcesses processes;

    public PlainQemu(Environment environment, Path proc) {
        this.environment = environment;
        processes = new QemuProcesses(proc);
    }

    @Override
    public Host host() {
        return Host.QEMU;
    }

    @Override
    public boolean present() {
        return processes.readable();
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        return processes.all().stream()
                .filter(qemu -> !qemu.id().isEmpty())
                .map(qemu -> object(qemu, -1))
                .toList();
    }

    // One that is no machine of vagrant-qemu has no id but its process.
    private static HypervisorObject object(Qemu qemu, long bytes) {
        String id = qemu.id().isEmpty() ? "process-" + qemu.identity().pid() : qemu.id();
        return new HypervisorObject(
                "qemu", id, qemu.machine().isEmpty() ? id : qemu.machine(), MachineState.RUNNING, bytes, qemu.folder());
    }

    @Override
    public void survey(SurveyParts parts) throws IOException {
        List<Qemu> all = processes.all();
        Map<Qemu, Map<String, Open>> open = new LinkedHashMap<>();
        List<Path> links = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        Map<Qemu, List<String>> below = new LinkedHashMap<>();
        for (Qemu qemu : all) {
            Map<String, Open> held = processes.open(qemu.identity().pid());
            open.put(qemu, held);
            below.put(qemu, below(qemu, held));
            qemu.files().forEach(file -> Optional.ofNullable(held.get(file))
                    .ifPresentOrElse(one -> links.add(one.link()), () -> LibvirtMachines.file(file)
                            .ifPresent(files::add)));
            Objects.requireNonNull(below.get(qemu))
                    .forEach(file -> LibvirtMachines.file(file).ifPresent(files::add));
        }
        Map<Path, Long> behind = DiskUsage.behind(links);
        Map<Path, Long> sizes = DiskUsage.each(files);
        for (Qemu qemu : all) {
            List<Disk> disks = new ArrayList<>();
            for (String file : qemu.files()) {
                Open held = Objects.requireNonNull(open.get(qemu)).get(file);
                boolean own = !qemu.folder().isEmpty() && file.startsWith(qemu.folder() + "/");
                long bytes = held == null ? size(sizes, file) : behind.getOrDefault(held.link(), -1L);
                // Only what the process has open tells: a name may mean another file in a container.
                disks.add(new Disk(file, bytes, own, held != null && held.deleted()));
            }
            Objects.requireNonNull(below.get(qemu))
                    .forEach(file -> disks.add(new Disk(file, size(sizes, file), false, false)));
            long bytes = disks.stream().noneMatch(disk -> disk.own() && disk.bytes() >= 0)
                    ? -1
                    : disks.stream()
                            .filter(Disk::own)
                            .mapToLong(disk -> Math.max(disk.bytes(), 0))
                            .sum();
            parts.machines.add(new SurveyedMachine(
                    object(qemu, bytes),
                    qemu.project().isEmpty() ? "" : qemu.project() + "/Vagrantfile",
                    disks,
                    0,
                    0,
                    List.of(),
                    Optional.of(qemu.identity())));
        }
    }

    private static long size(Map<Path, Long> sizes, String file) {
        return LibvirtMachines.file(file)
                .map(path -> sizes.getOrDefault(path, -1L))
                .orElse(-1L);
    }

    private static List<String> below(Qemu qemu, Map<String, Open> open) {
        List<String> chain = new ArrayList<>();
        for (String file : qemu.files()) {
            Optional<Path> image =
                    Optional.ofNullable(open.get(file)).map(Open::link).or(() -> LibvirtMachines.file(file));
            while (image.isPresent() && chain.size() < LONGEST_CHAIN) {
                Optional<String> backing = backing(image.get(), file);
                backing.filter(name -> !chain.contains(name)).ifPresent(chain::add);
                image = backing.flatMap(LibvirtMachines::file);
            }
        }
        return chain;
    }

    private static Optional<String> backing(Path image, String file) {
        try {
            // Read through the kernel's link, a relative name has to be resolved beside the file itself.
            return Qcow2.backing(image)
                    .map(name -> image.startsWith("/proc")
                                    && name.startsWith(Objects.requireNonNull(image.getParent())
                                            .toString())
                            ? Path.of(file)
                                    .resolveSibling(Objects.requireNonNull(image.getParent())
                                            .relativize(Path.of(name)))
                                    .normalize()
                                    .toString()
                            : name);
        } catch (IOException e) {
            // Another user's: then the box below stays unknown, and nothing of it is promised.
            return Optional.empty();
        }
    }

    @Override
    public boolean remove(HypervisorObject object) throws IOException {
        if (object.where().isEmpty()) {
            throw new IOException("The machine " + object.name() + " stays: it is none of Vagrant's");
        }
        boolean ended = false;
        for (Qemu qemu : processes.all()) {
            if (!qemu.id().isEmpty()
                    && qemu.id().equals(object.id())
                    && qemu.folder().equals(object.where())) {
                Processes.end(qemu.identity(), GRACE);
                if (qemu.identity().life() != ProcessIdentity.Life.ENDED) {
                    throw new IOException("The machine " + object.name() + " is not removed: its process "
                            + qemu.identity().pid() + " does not end");
                }
                ended = true;
            }
        }
        return ended;
    }

    @Override
    public List<List<String>> streams() {
        return List.of();
    }

    // The plugin makes and removes a folder for each machine that it starts.
    @Override
    public Set<Path> directories() {
        Path home = environment.get("VAGRANT_HOME").map(Path::of).orElseGet(() -> environment
                .home()
                .resolve(".vagrant.d"));
        return Set.of(home.resolve("tmp/vagrant-qemu"), home.resolve("tmp"));
    }
}
