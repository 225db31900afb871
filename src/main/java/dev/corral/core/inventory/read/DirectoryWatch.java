package dev.corral.core.inventory.read;

import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices changes of the cache directory, of each sandbox, and of the machines that Vagrant notes in it, so that only
 * what changed is read again. Thread-safe.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

    // A watch service can't be woken from outside, so it is left this often for a moment.
    private static final Duration SLICE = Duration.ofMillis(200);

    private final SandboxStore store;
    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Map<WatchKey, Path> sandboxes = new HashMap<>();
    private Set<Path> covered = Set.of();
    private final Set<Path> changed = new HashSet<>();
    private boolean listChanged = true;
    private boolean machinesChanged;
    private volatile boolean woken;

    DirectoryWatch(SandboxStore store) throws IOException {
        this.store = store;
        this.service = FileSystems.getDefault().newWatchService();
    }

    /** Watches exactly the directories of this inventory, and those around them. */
    synchronized void cover(Inventory inventory) throws IOException {
        Map<Path, Path> wanted = new LinkedHashMap<>();
        wanted.put(Files.isDirectory(store.cache()) ? store.cache() : nearest(store.cache()), null);
        wanted.put(store.endedDirectory(), null);
        wanted.put(store.trash().getParent(), null);
        wanted.put(store.trash(), null);
        for (SandboxView sandbox : inventory.sandboxes()) {
            Path root = sandbox.directory();
            Path machines = root.resolve(".vagrant").resolve("machines");
            wanted.putIfAbsent(root.getParent(), null);
            wanted.put(root, root);
            wanted.put(machines.getParent(), root);
            wanted.put(machines, root);
            for (MachineView machine : sandbox.machines()) {
                wanted.put(machines.resolve(machine.name()), root);
                if (!machine.provider().isEmpty()) {
                    wanted.put(machines.resolve(machine.name()).resolve(machine.provider()), root);
                }
            }
        }
        store.otherDirectories().forEach(directory -> wanted.putIfAbsent(directory, null));
        keys.entrySet().removeIf(entry -> {
            if (wanted.containsKey(entry.getKey()) && entry.getValue().isValid()) {
                return false;
            }
            entry.getValue().cancel();
            sandboxes.remove(entry.getValue());
            return true;
        });
        Set<Path> unwatched = new HashSet<>();
        wanted.forEach((directory, sandbox) -> register(directory, sandbox, unwatched));
        covered = inventory.sandboxes().stream()
                .map(SandboxView::directory)
                .filter(directory -> !unwatched.contains(directory))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void register(Path directory, Path sandbox, Set<Path> unwatched) {
        WatchKey known = keys.get(directory);
        if (known != null && sandbox != null && !sandbox.equals(sandboxes.put(known, sandbox))) {
            // It was watched before it became a sandbox.
            changed.add(sandbox);
        }
        if (known != null || !Files.isDirectory(directory)) {
            return;
        }
        try {
            WatchKey key = directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            keys.put(directory, key);
            if (sandbox == null) {
                listChanged = true;
            } else {
                sandboxes.put(key, sandbox);
                // It may have changed between the reading and the beginning of the watch.
                changed.add(sandbox);
            }
        } catch (IOException e) {
            // Gone meanwhile, or the system allows no more watches: then it is read every time.
            LOG.debug("{} can't be watched", directory, e);
            unwatched.add(sandbox);
            listChanged |= sandbox == null;
        }
    }

    private static Path nearest(Path directory) {
        Path parent = directory;
        while (parent.getParent() != null && !Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        return parent;
    }

    /** Lets {@link #await} return soon. */
    void wake() {
        woken = true;
    }

    /** Waits for a change or a call to {@link #wake}, at most so long; true if there was one. */
    boolean await(Duration atMost) throws InterruptedException {
        try {
            Instant end = Instant.now().plus(atMost);
            while (Instant.now().isBefore(end)) {
                WatchKey key = service.poll(SLICE.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    note(key);
                }
                if (key != null || woken) {
                    woken = false;
                    return true;
                }
            }
            return false;
        } catch (ClosedWatchServiceException e) {
            throw new InterruptedException("the watch was closed");
        }
    }

    /** What has changed since the last call. */
    synchronized Changes take() {
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            note(key);
        }
        Changes changes = new Changes(listChanged, machinesChanged, Set.copyOf(changed), covered);
        listChanged = !keys.containsKey(store.cache());
        machinesChanged = false;
        changed.clear();
        return changes;
    }

    private synchronized void note(WatchKey key) {
        Path sandbox = sandboxes.get(key);
        boolean machines = sandbox != null && !sandbox.equals(key.watchable());
        for (WatchEvent<?> event : key.pollEvents()) {
            machinesChanged |= machines;
            listChanged |= sandbox == null || event.kind() == StandardWatchEventKinds.OVERFLOW;
        }
        if (sandbox != null) {
            changed.add(sandbox);
        }
        key.reset();
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
