package dev.corral.core.inventory;

import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.sandbox.EndedSandboxes;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.StartTimes;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes inventories: reads the files of every sandbox, anew only where they changed. Not thread-safe. */
final class InventoryReader {
    private final SandboxStore store;
    private final Hypervisors hypervisors;
    private final Map<Path, Cached> cache = new HashMap<>();
    private final StartTimes times;

    /** A file as it was read: its time and size tell whether it has changed. */
    private record Stamp(long modified, long size, Object key) {
        static final Stamp ABSENT = new Stamp(-1, -1, null);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                return ABSENT;
            }
        }
    }

    private record Cached(Stamp manifestStamp, Optional<Manifest> manifest, Stamp journalStamp, JournalReader.Told told, Instant createdAt) {}

    InventoryReader(SandboxStore store, Hypervisors hypervisors) {
        this.store = store;
        this.hypervisors = hypervisors;
        this.times = new StartTimes(store.historyFile());
    }

    /** An inventory of the files, with what the hypervisors said last. */
    Inventory read(HypervisorSnapshot snapshot) {
        List<String> problems = new ArrayList<>(snapshot.problems());
        SandboxReader reader = new SandboxReader(hypervisors, snapshot);
        List<SandboxView> sandboxes = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        try {
            for (SandboxFiles files : store.list()) {
                seen.add(files.directory());
                layers(files, problems).ifPresent(layers -> sandboxes.add(reader.view(layers, usual(layers))));
            }
        } catch (IOException e) {
            problems.add("The sandbox cache directory " + store.cache() + " can't be read: " + e.getMessage());
        }
        List<SandboxView> ended = new ArrayList<>();
        try {
            for (SandboxFiles files : EndedSandboxes.list(store.endedDirectory())) {
                seen.add(files.directory());
                layers(files, problems).ifPresent(layers -> ended.add(endedView(reader.view(layers, Optional.empty()), layers)));
            }
        } catch (IOException e) {
            problems.add("The stories of ended starts can't be read: " + e.getMessage());
        }
        cache.keySet().retainAll(seen);
        sandboxes.sort(Comparator.comparing(SandboxView::createdAt).thenComparing(SandboxView::id));
        return new Inventory(Instant.now(), store.cache(), List.copyOf(sandboxes), List.copyOf(ended), snapshot.summary(),
                List.copyOf(problems));
    }

    /** The providers of all machines that Vagrant notes: those whose hypervisors are worth asking. */
    Set<String> providers() throws IOException {
        Set<String> providers = new HashSet<>();
        for (SandboxFiles files : store.list()) {
            for (LocalMachine machine : LocalState.machines(files.directory())) {
                providers.add(machine.provider());
            }
        }
        return providers;
    }

    // The cleaning up after a failed start is the newest operation in the journal, but the start is what people ask for.
    private static SandboxView endedView(SandboxView view, SandboxReader.Layers layers) {
        FailureView failure = layers.told().startFailure().orElse(null);
        Optional<OperationView> operation = view.operation().map(known -> new OperationView(known.workflow(), "start", known.startedAt(),
                known.endedAt(), false, known.phases(), Optional.empty(), Optional.ofNullable(failure), logs(view.directory())));
        return new SandboxView(view.id(), view.directory(), view.manifest(), SandboxState.FAILED,
                failure == null ? "" : failure.cancelled() ? "cancelled" : failure.sentence(), Liveness.UNKNOWN, List.of(), operation, view.createdAt());
    }

    private static List<Path> logs(Path directory) {
        try (var logs = Files.list(directory.resolve("logs"))) {
            return logs.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private Optional<Duration> usual(SandboxReader.Layers layers) {
        boolean underWay = layers.told().operation().map(operation -> operation.endedAt().isEmpty() && operation.kind().equals("start")).orElse(false);
        if (!underWay || layers.manifest().isEmpty()) {
            return Optional.empty();
        }
        try {
            return times.usual(layers.manifest().get().vagrantfile());
        } catch (IOException e) {
            // Only an estimate is lost; the start itself does not depend on it.
            return Optional.empty();
        }
    }

    private Optional<SandboxReader.Layers> layers(SandboxFiles files, List<String> problems) {
        try {
            Cached known = cached(files);
            Map<LocalMachine, Optional<String>> local = new LinkedHashMap<>();
            for (LocalMachine machine : LocalState.machines(files.directory())) {
                local.put(machine, machine.box());
            }
            return Optional.of(new SandboxReader.Layers(files.directory(), known.manifest, known.told, local, known.createdAt));
        } catch (IOException e) {
            if (Files.exists(files.directory())) {
                problems.add("Sandbox " + files.id() + " can't be read: " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    private Cached cached(SandboxFiles files) throws IOException {
        Cached old = cache.get(files.directory());
        Stamp manifestStamp = Stamp.of(files.manifest());
        Stamp journalStamp = Stamp.of(files.journal());
        if (old != null && old.manifestStamp.equals(manifestStamp) && old.journalStamp.equals(journalStamp)) {
            return old;
        }
        Optional<Manifest> manifest = old != null && old.manifestStamp.equals(manifestStamp) ? old.manifest : SandboxStore.manifest(files);
        JournalReader.Told told = old != null && old.journalStamp.equals(journalStamp) ? old.told
                : JournalReader.read(files.directory(), new Journal(files.journal()).read());
        Instant createdAt = old != null ? old.createdAt
                : Files.readAttributes(files.directory(), BasicFileAttributes.class).creationTime().toInstant();
        Cached fresh = new Cached(manifestStamp, manifest, journalStamp, told, createdAt);
        cache.put(files.directory(), fresh);
        return fresh;
    }
}
