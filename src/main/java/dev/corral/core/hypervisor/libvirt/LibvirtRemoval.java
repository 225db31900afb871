package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.DiskUsage;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.hypervisor.qemu.Qcow2;
import dev.corral.core.hypervisor.qemu.QemuProcesses;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Takes domains, volumes and networks away. Each time everything is asked anew first, in all worlds of libvirt, since what
 * was looked at before may be used by now; and asked again afterwards, since an exit code proves nothing.
 */
public final class LibvirtRemoval {
    private static final Set<String> KEPT_NETWORKS = Set.of("default", "vagrant-libvirt");
    private static final int LONGEST_NAME = 120;
    private static final Pattern NOT_THERE = Pattern.compile(
            "failed to get (?:domain|vol|network)|not found" + "|no (?:domain|storage vol|network) with matching");
    // Drivers and versions differ in what an undefine may be told.
    private static final List<List<String>> FLAGS = List.of(
            List.of("--managed-save", "--snapshots-metadata", "--checkpoints-metadata", "--nvram"),
            List.of("--managed-save", "--snapshots-metadata", "--nvram"),
            List.of("--managed-save", "--snapshots-metadata"),
            List.of());
    private static final Pattern UNKNOWN_FLAG =
            Pattern.compile("unsupported flags|doesn't support option|not supported");

    private final HypervisorTools tools;
    private final LibvirtConnections connections;
    private final Supplier<Set<String>> worlds;

    /** @param worlds all connections that this process knows of */
    LibvirtRemoval(HypervisorTools tools, LibvirtConnections connections, Supplier<Set<String>> worlds) {
        this.tools = tools;
        this.connections = connections;
        this.worlds = worlds;
    }

    boolean remove(HypervisorObject object) throws IOException {
        Virsh virsh = new Virsh(tools, object.where());
        String name = "The machine " + named(object.name());
        Uses uses = new Uses(object.where());
        Optional<LibvirtDomain> domain = uses.domain(object.id());
        if (domain.isPresent() && refreshed(virsh, uses.view, domain.get())) {
            uses = new Uses(object.where());
            domain = uses.domain(object.id());
        }
        if (domain.isEmpty()) {
            return false;
        }
        List<Volume> volumes = new ArrayList<>();
        for (Volume volume : uses.machines.ownVolumes(domain.get())) {
            // Somebody in another world of libvirt, or without libvirt, may use it as well.
            if (uses.by(volume, Set.of(object.id())).isEmpty()) {
                volumes.add(volume);
            }
        }
        boolean defined = listed(virsh, "list --all --persistent --uuid", object.id());
        // Fails for one that is off, which is as well.
        ProcessResult ended = virsh.change("destroy", object.id());
        ProcessResult undefined = undefine(virsh, object.id());
        if (listed(virsh, "list --all --uuid", object.id())) {
            throw new IOException(name + " is not removed; libvirt says: " + Virsh.said(undefined.err()));
        }
        List<String> left = new ArrayList<>();
        for (Volume volume : volumes) {
            // Only now: until its end, the machine itself had it open.
            Optional<String> holder = uses.holder(volume);
            (holder.isPresent() ? holder : delete(virsh, volume))
                    .ifPresent(reason -> left.add(named(volume.path()) + " (" + reason + ")"));
        }
        if (!left.isEmpty()) {
            throw new IOException(name + " is gone, but not all of its disks are: " + String.join(", ", left));
        }
        // One that was never defined is gone with its end. Of two who undefine it at once, one is told that it did.
        return undefined.ok() || !defined && ended.ok();
    }

    // Overlays of snapshots lie in a pool's directory before the pool has noticed them.
    private static boolean refreshed(Virsh virsh, LibvirtView view, LibvirtDomain domain) throws IOException {
        boolean any = false;
        LibvirtView.Index index = view.index();
        for (LibvirtXml.Pool pool : view.pools()) {
            boolean unseen = domain.disks().stream()
                    .map(disk -> disk.source().path())
                    .anyMatch(path -> !pool.target().isEmpty()
                            && path.startsWith(pool.target() + "/")
                            && path.indexOf('/', pool.target().length() + 1) < 0
                            && index.at(path) == null);
            any |= unseen && virsh.change("pool-refresh", pool.uuid()).ok();
        }
        return any;
    }

    private static ProcessResult undefine(Virsh virsh, String uuid) throws IOException {
        for (Iterator<List<String>> flags = FLAGS.iterator(); ; ) {
            List<String> words = new ArrayList<>(List.of("undefine", uuid));
            words.addAll(flags.next());
            ProcessResult result = virsh.change(words.toArray(String[]::new));
            if (result.ok() || !UNKNOWN_FLAG.matcher(result.err()).find() || !flags.hasNext()) {
                return result;
            }
        }
    }

    public boolean removeVolume(Volume volume) throws IOException {
        Uses uses = new Uses(volume.where());
        Optional<Volume> now = uses.view.volumes().stream()
                .filter(other -> other.pool().equals(volume.pool())
                        && other.name().equals(volume.name())
                        && other.path().equals(volume.path()))
                .findFirst();
        if (now.isEmpty()) {
            return false;
        }
        String name = (volume.boxCopy() ? "The box copy " : "The volume ") + named(volume.name());
        Optional<String> user = uses.by(now.get(), Set.of()).or(() -> uses.holder(now.get()));
        if (user.isPresent()) {
            throw new IOException(name + " stays: " + user.get());
        }
        if (volume.boxCopy() && !uses.unseen.isEmpty()) {
            throw new IOException(
                    name + " stays: what " + named(uses.unseen.getFirst()) + " stands on can not be seen");
        }
        Optional<String> reason = delete(new Virsh(tools, volume.where()), now.get());
        if (reason.isPresent()) {
            throw new IOException(name + " is not removed; libvirt says: " + reason.get());
        }
        return true;
    }

    public boolean removeNetwork(Network network) throws IOException {
        String name = "The network " + named(network.name());
        if (KEPT_NETWORKS.contains(network.name())) {
            throw new IOException(name + " stays: it is everybody's");
        }
        Virsh virsh = new Virsh(tools, network.where());
        LibvirtView view = LibvirtSurvey.read(virsh, true);
        Optional<LibvirtXml.Net> now = view.networks().stream()
                .filter(other -> other.uuid().equals(network.uuid()))
                .findFirst();
        if (now.isEmpty()) {
            return false;
        }
        if (KEPT_NETWORKS.contains(now.get().name())) {
            throw new IOException(name + " stays: it is everybody's");
        }
        for (List<LibvirtDomain> domains : List.of(view.domains(), view.later())) {
            for (LibvirtDomain domain : domains) {
                if (domain.networks().contains(now.get().name())
                        || domain.bridges().contains(now.get().bridge())) {
                    throw new IOException(name + " stays: the machine " + named(domain.name()) + " is on it");
                }
            }
        }
        // One that is down, or that lives only until it is brought down, makes one of the two fail.
        ProcessResult ended = virsh.change("net-destroy", network.uuid());
        ProcessResult undefined = virsh.change("net-undefine", network.uuid());
        if (listed(virsh, "net-list --all --uuid", network.uuid())) {
            throw new IOException(
                    name + " is not removed; libvirt says: " + Virsh.said((undefined.ok() ? ended : undefined).err()));
        }
        return undefined.ok() || ended.ok();
    }

    private static boolean listed(Virsh virsh, String listing, String uuid) throws IOException {
        return Virsh.uuids(virsh.ask(List.of(listing), true).getFirst()).contains(uuid);
    }

    // Empty when it is gone, else the reason.
    private static Optional<String> delete(Virsh virsh, Volume volume) throws IOException {
        ProcessResult result = virsh.change("vol-delete", "--vol", volume.path());
        ProcessResult left = virsh.change("vol-path", "--vol", volume.path());
        boolean there = left.ok() || !NOT_THERE.matcher(left.err()).find();
        if (!there && LibvirtConnections.local(virsh.uri())) {
            there = LibvirtMachines.file(volume.path()).map(DiskUsage::presence).orElse(DiskUsage.Presence.UNKNOWN)
                    == DiskUsage.Presence.THERE;
        }
        return there ? Optional.of(Virsh.said(result.ok() ? left.err() : result.err())) : Optional.empty();
    }

    private static String named(String name) {
        return PlainText.line(name, LONGEST_NAME);
    }

    /** Who uses which file, over all worlds of libvirt and the QEMU processes beside it. */
    private final class Uses {
        private final Map<String, List<LibvirtDomain>> users = new HashMap<>();
        private final Map<String, String> standing = new HashMap<>();
        private final List<String> unseen = new ArrayList<>();
        private final LibvirtView view;
        private final LibvirtMachines machines;

        Uses(String where) throws IOException {
            Set<String> uris = new HashSet<>(worlds.get());
            uris.add(where);
            // What machines elsewhere use are other files, whatever they are called.
            uris.removeIf(
                    uri -> !uri.equals(where) && !(LibvirtConnections.local(uri) && LibvirtConnections.local(where)));
            LibvirtView own = null;
            LibvirtMachines ownMachines = null;
            for (String uri : uris) {
                LibvirtView other = LibvirtSurvey.read(new Virsh(tools, uri), true);
                LibvirtMachines resolved = new LibvirtMachines(connections, other);
                if (uri.equals(where)) {
                    own = other;
                    ownMachines = resolved;
                }
                note(other, resolved);
            }
            view = Objects.requireNonNull(own);
            machines = Objects.requireNonNull(ownMachines);
        }

        private void note(LibvirtView other, LibvirtMachines resolved) {
            LibvirtView.Index index = other.index();
            for (Volume volume : other.volumes()) {
                volume.backing().ifPresent(file -> standing.put(canonical(file), volume.name()));
            }
            for (List<LibvirtDomain> domains : List.of(other.domains(), other.later())) {
                for (LibvirtDomain domain : domains) {
                    Set<String> paths = resolved.paths(domain);
                    for (LibvirtDomain.Disk disk : domain.disks()) {
                        String path = index.path(disk.source());
                        if (!path.isEmpty() && !disk.complete() && index.at(path) == null) {
                            paths.addAll(below(path));
                        }
                    }
                    paths.forEach(path -> users.computeIfAbsent(canonical(path), file -> new ArrayList<>())
                            .add(domain));
                }
            }
        }

        // A disk in no pool, of a machine that is off: only the image itself tells what it stands on.
        private Set<String> below(String path) {
            Set<String> chain = new HashSet<>();
            try {
                Optional<Path> file = LibvirtMachines.file(path);
                while (file.isPresent() && DiskUsage.presence(file.get()) != DiskUsage.Presence.GONE) {
                    Optional<String> backing = Qcow2.backing(file.get());
                    file = backing.filter(chain::add).flatMap(LibvirtMachines::file);
                }
            } catch (IOException e) {
                unseen.add(path);
            }
            return chain;
        }

        Optional<LibvirtDomain> domain(String uuid) {
            return view.domains().stream()
                    .filter(domain -> domain.uuid().equals(uuid))
                    .findFirst();
        }

        /** Who uses a volume, in a sentence. */
        Optional<String> by(Volume volume, Set<String> except) {
            String file = canonical(volume.path());
            Optional<LibvirtDomain> domain = users.getOrDefault(file, List.of()).stream()
                    .filter(user -> !except.contains(user.uuid()))
                    .findFirst();
            if (domain.isPresent()) {
                return Optional.of("the machine " + named(domain.get().name()) + " uses it");
            }
            return Optional.ofNullable(standing.get(file)).map(other -> "the volume " + named(other) + " stands on it");
        }

        /** Which process of QEMU has a volume open, whoever runs it, in a sentence. */
        Optional<String> holder(Volume volume) {
            String file = canonical(volume.path());
            return LibvirtConnections.local(view.uri())
                    ? QemuProcesses.onThisMachine().holders(file).stream()
                            .findFirst()
                            .map(pid -> "process " + pid + " has it open")
                    : Optional.empty();
        }

        // One file may be named in several ways, through a link to the pool's directory for instance.
        private static String canonical(String path) {
            Optional<Path> file = LibvirtMachines.file(path);
            try {
                return file.isPresent() ? file.get().toRealPath().toString() : path;
            } catch (IOException e) {
                return file.get().normalize().toString();
            }
        }
    }
}
