package dev.corral.core.inventory.read;

import dev.corral.core.base.Environment;
import dev.corral.core.base.FileLook;
import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.items.DirectorySize;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.EndedSandboxes;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes inventories: reads the files of every sandbox, anew only where they changed. Not thread-safe. */
final class InventoryReader {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryReader.class);
    // Pins end, and what was young grows old.
    private static final Duration RUNS_OUT = Duration.ofSeconds(30);
    // By so much times of files may be coarse.
    private static final Duration TICK = Duration.ofSeconds(2);

    private final SandboxStore store;
    private final Hypervisors hypervisors;
    private final Map<Path, SandboxFacts> cache = new HashMap<>();
    private final OperationTimes times;
    private final OtherLayers others;
    private final KnownViews views = new KnownViews();
    private final Set<Path> unreadable = new HashSet<>();
    private final Set<Path> touched = new HashSet<>();
    private final Map<Path, Optional<Fault>> faults = new HashMap<>();
    private Optional<Fault> cacheFault = Optional.empty();
    // Directories of the cache that can't be looked into; no notice comes of them either.
    private List<Path> closed = List.of();
    private List<SandboxFiles> list = List.of();
    private List<Path> otherDirectories = List.of();
    private boolean listed = true;
    // Whether the cache could be listed; what was listed before may be old otherwise.
    private boolean whole = true;
    private boolean noted;
    // The directories that are watched, once it was found that all sandboxes are among them.
    private @Nullable Set<Path> watched;
    private Set<ProcessIdentity> alive = Set.of();
    private Instant readAt = Instant.EPOCH;

    InventoryReader(Environment environment, SandboxStore store, Hypervisors hypervisors) {
        this.others = new OtherLayers(environment, store, hypervisors);
        this.store = store;
        this.hypervisors = hypervisors;
        this.times = new OperationTimes(store.historyFile());
    }

    /**
     * Reads the files that changed.
     *
     * @param changes what the file system told
     * @param exact   whether to look at every sandbox's files all the same: notices of changes come a moment late
     * @return what could not be read, in plain sentences
     */
    List<String> update(Changes changes, boolean exact) {
        List<String> problems = new ArrayList<>();
        noted = false;
        FileLook look = new FileLook();
        try {
            if (exact || changes.list() || !closed.isEmpty() || !whole) {
                whole = false;
                SandboxStore.Listing listing = store.look(look);
                list = listing.sandboxes();
                closed = listing.unreadable();
                otherDirectories = listing.others();
                listed = true;
                whole = true;
                watched = null;
            }
        } catch (IOException e) {
            problems.add("The sandbox cache directory " + store.cache() + " can't be read: " + e.getMessage());
        }
        move(changes);
        if (!unreadable.isEmpty()) {
            // Of one that is gone nothing is left to be read.
            unreadable.retainAll(list.stream().map(SandboxFiles::directory).toList());
        }
        closed.forEach(directory -> problems.add(directory + " can't be read: permission denied."));
        cacheFault = store.fault();
        cacheFault.ifPresent(fault -> problems.add(fault.sentence() + " " + fault.nextStep()));
        // Thousands of small files are a matter of processor time.
        list.parallelStream()
                .map(files -> look(files, changes, exact, look))
                .filter(Looked::anything)
                .toList()
                .forEach(looked -> keep(looked, problems));
        return problems;
    }

    // A start makes room above Vagrant's root once it knows what the Vagrantfile reads there: then the sandbox lies
    // deeper from one moment to
    // the next, and no list of sandboxes changes by it.
    private void move(Changes changes) {
        List<SandboxFiles> now = list.stream()
                .map(files ->
                        files.apart() && files.directory().equals(files.folder()) && changes.touches(files.directory())
                                ? store.again(files)
                                : files)
                .toList();
        if (!now.equals(list)) {
            list = now;
            listed = true;
            watched = null;
        }
    }

    /** Whether machines were noted or dropped, as the last {@link #update} found: then only their hypervisors know what became of them. */
    boolean otherMachines() {
        return noted;
    }

    /**
     * Whether a machine that the last {@link #update} found was noted while its hypervisor answered, and so is missing from what that said.
     *
     * @param begun when it was asked
     */
    boolean madeMeanwhile(Survey survey, Instant begun) {
        if (!noted) {
            return false;
        }
        Set<String> told = Stream.concat(
                        survey.machines().stream().map(SurveyedMachine::object), survey.again().stream())
                .map(object -> object.provider() + " " + object.id())
                .collect(Collectors.toSet());
        Instant moment = begun.minus(TICK);
        return touched.stream()
                .map(cache::get)
                .anyMatch(known -> known != null && known.notedAfter(moment, told, survey.answers()));
    }

    /** Where the sandboxes lie, and what else could hold some. */
    Places places() {
        return new Places(list, otherDirectories);
    }

    /**
     * Whether an inventory taken now would be the one that was taken last, files and hypervisors apart: neither has a process ended
     * or begun that matters, nor has so much time passed that something may have run out.
     */
    boolean still(Changes changes) {
        return unreadable.isEmpty()
                && closed.isEmpty()
                && whole
                && Duration.between(readAt, Instant.now()).compareTo(RUNS_OUT) < 0
                && watched(changes)
                && alive.stream().allMatch(process -> process.life() == ProcessIdentity.Life.ALIVE)
                && others.still();
    }

    private boolean watched(Changes changes) {
        if (changes.covered() != watched) {
            if (list.stream().anyMatch(files -> changes.touches(files.directory()))) {
                return false;
            }
            watched = changes.covered();
        }
        return true;
    }

    /**
     * An inventory of the files as they were read last, with what the hypervisors said last.
     *
     * @param unread what could not be read of the files, in plain sentences
     * @param exact  whether processes are looked at anew
     */
    Inventory read(Survey survey, List<String> unread, boolean exact) {
        HypervisorSnapshot snapshot = hypervisors.snapshot(survey, providers());
        List<String> problems = new ArrayList<>(snapshot.problems());
        problems.addAll(unread);
        SandboxReader reader = new SandboxReader(hypervisors, snapshot);
        views.begin(snapshot);
        List<SandboxView> sandboxes = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (SandboxFiles files : list) {
            SandboxFacts known = cache.get(files.directory());
            if (known != null) {
                seen.add(files.directory());
                sandboxes.add(views.view(
                        known.layers(),
                        () -> reader.view(known.layers(), operation -> usual(operation, known.layers()))));
            }
        }
        List<SandboxView> ended = new ArrayList<>();
        try {
            for (SandboxFiles files : EndedSandboxes.list(store.endedDirectory())) {
                seen.add(files.directory());
                keep(read(files, cache.get(files.directory()), null), problems);
                SandboxFacts known = cache.get(files.directory());
                if (known != null) {
                    ended.add(EndedView.of(reader.view(known.layers(), operation -> Optional.empty()), known.layers()));
                }
            }
        } catch (IOException e) {
            problems.add("The stories of ended starts can't be read: " + e.getMessage());
        }
        cache.keySet().retainAll(seen);
        faults.keySet().retainAll(seen);
        Map<Path, Fault> distrusted = new HashMap<>();
        faults.forEach((directory, fault) -> fault.ifPresent(known -> {
            distrusted.put(directory, known);
            problems.add(known.sentence() + " " + known.nextStep());
        }));
        Map<Path, DirectorySize> bytes = new HashMap<>();
        Map<Path, List<MachineIdentity>> identities = new HashMap<>();
        Set<Path> damaged = new HashSet<>();
        Set<Path> newer = new HashSet<>();
        cache.forEach((directory, known) -> {
            bytes.put(directory, known.bytes());
            identities.put(directory, known.noted());
            if (known.newer()) {
                newer.add(directory);
            } else if (known.damaged()) {
                damaged.add(directory);
            }
        });
        List<InventoryItem> items = others.items(
                sandboxes,
                list,
                unreadable,
                damaged,
                newer,
                bytes,
                identities,
                distrusted,
                survey,
                new OtherLayers.Refresh(exact, listed, Set.copyOf(touched), List.copyOf(otherDirectories), whole),
                problems);
        listed = false;
        touched.clear();
        readAt = Instant.now();
        Map<Path, ItemState> states = new HashMap<>();
        items.stream()
                .filter(item -> item.kind() == ItemKind.SANDBOX)
                .forEach(item -> states.put(item.directory().orElseThrow(), item.state()));
        sandboxes.replaceAll(
                view -> views.finished(view, Liveness.of(states.getOrDefault(view.directory(), ItemState.UNKNOWN))));
        views.end(seen, reader.lives());
        alive = views.alive();
        sandboxes.sort(Comparator.comparing(SandboxView::createdAt).thenComparing(SandboxView::id));
        return new Inventory(
                Instant.now(),
                store.cache(),
                List.copyOf(sandboxes),
                List.copyOf(ended),
                items,
                snapshot.summary(),
                problems.stream().distinct().toList());
    }

    /** The providers of all machines that Vagrant notes, by the hosts that they are at: those that are worth asking. */
    Map<HostContext, Set<String>> providers() {
        Map<HostContext, Set<String>> providers = new HashMap<>();
        cache.forEach((directory, known) -> {
            // What is left of starts that have ended holds no machine.
            if (!directory.startsWith(store.endedDirectory())) {
                Set<String> names = providers.computeIfAbsent(known.layers().hosts(), context -> new HashSet<>());
                known.layers().local().keySet().forEach(machine -> names.add(machine.provider()));
                known.noted().stream().filter(one -> !one.id().isEmpty()).forEach(one -> names.add(one.provider()));
            }
        });
        return providers;
    }

    private Optional<Duration> usual(OperationView operation, SandboxReader.Layers layers) {
        if (layers.manifest().isEmpty()) {
            return Optional.empty();
        }
        try {
            return times.usual(operation.kind(), layers.manifest().get().vagrantfile());
        } catch (IOException e) {
            // Only an estimate is lost; the start itself does not depend on it.
            return Optional.empty();
        }
    }

    /** Why a sandbox is not to be trusted, if it is not. */
    private record Trust(Optional<Fault> fault) {}

    /**
     * What a look at a sandbox found; nothing where nothing had to be looked at.
     *
     * @param facts   its files, read anew
     * @param failure why they could not be read
     * @param trust   whether it is to be trusted; null where that was not asked
     */
    private record Looked(
            SandboxFiles files,
            @Nullable SandboxFacts facts,
            @Nullable IOException failure,
            @Nullable Trust trust) {
        boolean read() {
            return facts != null || failure != null;
        }

        boolean anything() {
            return read() || trust != null;
        }
    }

    private Looked look(SandboxFiles files, Changes changes, boolean exact, FileLook look) {
        Path directory = files.directory();
        SandboxFacts known = cache.get(directory);
        boolean changed = changes.touches(directory);
        Trust trust = exact || changed || !faults.containsKey(directory)
                ? new Trust(cacheFault.or(() -> store.fault(files, look)))
                : null;
        return known == null || changed || exact && !known.isOf(files, look)
                ? read(files, known, trust)
                : new Looked(files, null, null, trust);
    }

    private static Looked read(SandboxFiles files, @Nullable SandboxFacts old, @Nullable Trust trust) {
        try {
            return new Looked(files, SandboxFacts.read(files, old), null, trust);
        } catch (IOException e) {
            return new Looked(files, null, e, trust);
        } catch (RuntimeException e) {
            // Whatever lies in one sandbox, it must not hide the others.
            LOG.error("the files of {} can't be understood", files.directory(), e);
            return new Looked(files, null, new IOException(e.toString(), e), trust);
        }
    }

    // What can not be read is dropped from the cache: stale news would be a lie.
    private void keep(Looked looked, List<String> problems) {
        Path directory = looked.files.directory();
        if (looked.trust != null) {
            faults.put(directory, looked.trust.fault);
        }
        if (!looked.read()) {
            return;
        }
        unreadable.remove(directory);
        touched.add(directory);
        SandboxFacts before = looked.facts == null ? cache.remove(directory) : cache.put(directory, looked.facts);
        noted |= !machines(before).equals(machines(looked.facts));
        if (looked.failure != null && Files.exists(looked.files.own())) {
            unreadable.add(directory);
            problems.add("Sandbox " + looked.files.id() + " can't be read: " + looked.failure.getMessage());
        }
    }

    private static Set<String> machines(@Nullable SandboxFacts facts) {
        return facts == null ? Set.of() : facts.machines();
    }
}
