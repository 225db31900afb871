package dev.corral.core.inventory.read;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inspect.runs.InspectRun;
import dev.corral.core.inspect.runs.InspectRuns;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.items.DirectorySize;
import dev.corral.core.inventory.items.Evidence;
import dev.corral.core.inventory.items.Evidence.Worker;
import dev.corral.core.inventory.items.ItemReader;
import dev.corral.core.inventory.items.KnownItems;
import dev.corral.core.inventory.items.Unseen;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.VagrantHome;
import dev.corral.core.vagrant.index.IndexSnapshot;
import dev.corral.core.vagrant.index.MachineIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the layers of an inventory that are not files of a sandbox: Vagrant's indexes and boxes, processes, the other folders of
 * the cache. Each is read again only when it has changed, as far as that can be told. Not thread-safe.
 */
final class OtherLayers {
    private static final Logger LOG = LoggerFactory.getLogger(OtherLayers.class);
    private static final Duration TABLE_AGE = Duration.ofMillis(1500);

    private final Environment environment;
    private final SandboxStore store;
    private final Hypervisors hypervisors;
    private final InspectRuns inspect;
    private final Workers workers = new Workers();
    private final KnownItems known = new KnownItems();
    private final Map<Path, Stamped<IndexSnapshot>> indexes = new HashMap<>();
    private ProcessTable table = new ProcessTable(List.of());
    private Instant tableAt = Instant.EPOCH;
    private List<InspectRun> runs = List.of();
    private Stamped<Set<String>> made = new Stamped<>("", Set.of());
    private Map<Path, Worker> busy = Map.of();
    private Set<Path> homes = Set.of();
    private List<Path> otherDirectories = List.of();
    private List<Evidence.Folder> folders = List.of();

    private record Stamped<T>(String stamp, T value) {}

    OtherLayers(Environment environment, SandboxStore store, Hypervisors hypervisors) {
        this.environment = environment;
        this.store = store;
        this.hypervisors = hypervisors;
        this.inspect = new InspectRuns(environment);
    }

    /**
     * What is looked at anew.
     *
     * @param exact   everything, whatever its age
     * @param listed  the folders, because some may have come or gone
     * @param touched the sandboxes' directories in which something changed
     * @param others  the directories of the cache that are no sandbox, as they were listed last
     * @param whole   whether the cache could be listed the last time
     */
    record Refresh(boolean exact, boolean listed, Set<Path> touched, List<Path> others, boolean whole) {
        Unseen unseen(Path cache) {
            List<Path> caches = new ArrayList<>(List.of(cache));
            caches.addAll(others);
            return new Unseen(caches, whole);
        }
    }

    /**
     * Items of everything.
     *
     * @param sandboxes  the sandboxes as they were read
     * @param files      the same as directories
     * @param unreadable directories whose files could not be read
     * @param damaged    sandboxes whose manifest is there and can not be understood
     * @param newer      sandboxes whose manifest a newer Corral wrote
     * @param bytes      what the files of each sandbox take
     * @param noted      by what their machines are known
     * @param faults     why sandboxes are not to be trusted
     * @param look       what is looked at anew
     * @param problems   gets what could not be read, in plain sentences
     */
    List<InventoryItem> items(
            List<SandboxView> sandboxes,
            List<SandboxFiles> files,
            Set<Path> unreadable,
            Set<Path> damaged,
            Set<Path> newer,
            Map<Path, DirectorySize> bytes,
            Map<Path, List<MachineIdentity>> noted,
            Map<Path, Fault> faults,
            Survey survey,
            Refresh look,
            List<String> problems) {
        processes(look.exact);
        homes = homes(sandboxes);
        List<IndexSnapshot> snapshots = homes.stream().map(this::index).toList();
        snapshots.forEach(snapshot -> snapshot.problem().ifPresent(problems::add));
        problems.addAll(survey.problems());
        try {
            if (look.exact || look.listed || !unreadable.isEmpty()) {
                folders = CacheFolders.read(store, files, unreadable);
                otherDirectories = look.others;
            }
        } catch (IOException e) {
            problems.add("The sandbox cache directory " + store.cache() + " can't be read: " + e.getMessage());
        }
        busy = workers.find(files, table, look.touched::contains, look.exact);
        return ItemReader.read(
                new Evidence(
                        store.cache(),
                        sandboxes,
                        folders,
                        survey,
                        snapshots,
                        runs,
                        damaged,
                        newer,
                        look.unseen(store.cache()),
                        made(problems),
                        boxes(withUsual(homes)),
                        busy,
                        bytes,
                        noted,
                        faults,
                        Instant.now()),
                hypervisors.known(),
                known);
    }

    /** Whether processes, locks and indexes are as they were when the items were made last. */
    boolean still() {
        List<InspectRun> before = runs;
        processes(false);
        return runs.equals(before)
                && workers.again(table).equals(busy)
                && homes.stream()
                        .allMatch(home -> indexes.containsKey(home)
                                && indexes.get(home).stamp.equals(MachineIndex.stamp(home)));
    }

    @SuppressWarnings("ReferenceEquality") // A table with nothing new is the same object.
    private void processes(boolean exact) {
        if (exact || Duration.between(tableAt, Instant.now()).compareTo(TABLE_AGE) > 0) {
            ProcessTable before = table;
            table = exact ? ProcessTable.read() : table.again(tableAt);
            tableAt = Instant.now();
            // A run leaves its note while it is young, and young processes make another table.
            runs = table == before ? runs : inspect.live(table);
        }
    }

    private Set<Path> homes(List<SandboxView> sandboxes) {
        Set<Path> found = new LinkedHashSet<>(Set.of(VagrantHome.of(environment, Map.of())));
        // Thousands of sandboxes have few homes.
        Set<String> noted = new HashSet<>();
        for (SandboxView view : sandboxes) {
            view.manifest()
                    .map(manifest -> manifest.context().environment().get("VAGRANT_HOME"))
                    .ifPresent(noted::add);
        }
        for (String home : noted) {
            try {
                found.add(Path.of(home));
            } catch (InvalidPathException e) {
                // A manifest that somebody edited: its sandbox is listed all the same.
                LOG.debug("no path: {}", home, e);
            }
        }
        return found;
    }

    // Copies in a pool are shared: what is installed in the usual home is in use there, though this process has another
    // one.
    private Set<Path> withUsual(Set<Path> homes) {
        Set<Path> all = new LinkedHashSet<>(homes);
        all.add(VagrantHome.usual(environment));
        return all;
    }

    private IndexSnapshot index(Path home) {
        String stamp = MachineIndex.stamp(home);
        Stamped<IndexSnapshot> known = indexes.get(home);
        if (known == null || !known.stamp.equals(stamp)) {
            known = new Stamped<>(stamp, MachineIndex.read(home));
            indexes.put(home, known);
        }
        return known.value;
    }

    private Set<String> made(List<String> problems) {
        try {
            StringBuilder stamp = new StringBuilder();
            List<SandboxStore> stores = new ArrayList<>(List.of(store));
            for (Path other : otherDirectories) {
                stores.add(new SandboxStore(other));
            }
            for (SandboxStore one : stores) {
                stamp.append(
                                Files.exists(one.made().file())
                                        ? Files.getLastModifiedTime(one.made().file())
                                                .toString()
                                        : "-")
                        .append(' ');
            }
            if (!made.stamp.contentEquals(stamp)) {
                Set<String> ids = new HashSet<>();
                for (SandboxStore one : stores) {
                    ids.addAll(one.made().ids());
                }
                made = new Stamped<>(stamp.toString(), Set.copyOf(ids));
            }
        } catch (IOException e) {
            problems.add(
                    "The list of sandboxes that were made in " + store.cache() + " can't be read: " + e.getMessage());
        }
        return made.value;
    }

    // Beginnings of the names that vagrant-libvirt gives the copies of installed boxes. Also of the home that this user
    // has anyway:
    // the pool is the machine's, and not that of whoever set another home.
    private Set<String> boxes(Set<Path> known) {
        Set<String> copies = new HashSet<>();
        Set<Path> all = new LinkedHashSet<>(known);
        all.add(environment.home().resolve(".vagrant.d"));
        for (Path home : all) {
            for (Path box : directories(home.resolve("boxes"))) {
                for (Path version : directories(box)) {
                    copies.add(box.getFileName() + "_vagrant_box_image_" + version.getFileName());
                }
            }
        }
        return copies;
    }

    private static List<Path> directories(Path parent) {
        try {
            return SafeFiles.directories(parent);
        } catch (IOException e) {
            // Another user's: then whatever stands in the pool is not ours to judge by it.
            return List.of();
        }
    }
}
