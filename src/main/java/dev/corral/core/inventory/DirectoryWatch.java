package dev.corral.core.inventory;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Notices changes of the cache directory, of each sandbox, and of the machines that Vagrant notes in it. */
final class DirectoryWatch implements AutoCloseable {
    private final SandboxStore store;
    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private boolean machinesChanged;

    DirectoryWatch(SandboxStore store) throws IOException {
        this.store = store;
        this.service = FileSystems.getDefault().newWatchService();
    }

    /** Watches exactly the directories of this inventory, and those around them. */
    void cover(Inventory inventory) throws IOException {
        Set<Path> wanted = new HashSet<>();
        wanted.add(Files.isDirectory(store.cache()) ? store.cache() : nearest(store.cache()));
        wanted.add(store.endedDirectory());
        for (SandboxView sandbox : inventory.sandboxes()) {
            wanted.add(sandbox.directory());
            wanted.add(sandbox.directory().getParent());
            Path machines = sandbox.directory().resolve(".vagrant/machines");
            wanted.add(machines.getParent());
            wanted.add(machines);
            sandbox.machines().stream().filter(machine -> !machine.provider().isEmpty())
                    .forEach(machine -> wanted.add(machines.resolve(machine.name()).resolve(machine.provider())));
        }
        keys.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey()) && entry.getValue().isValid()) {
                return false;
            }
            entry.getValue().cancel();
            return true;
        });
        for (Path directory : wanted) {
            if (!keys.containsKey(directory) && Files.isDirectory(directory)) {
                keys.put(directory, directory.register(service, StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY));
            }
        }
    }

    private static Path nearest(Path directory) {
        Path parent = directory;
        while (parent.getParent() != null && !Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        return parent;
    }

    /** Waits for a change, at most so long; true if there was one. */
    boolean await(Duration atMost) throws InterruptedException {
        try {
            WatchKey key = service.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (key == null) {
                return false;
            }
            note(key);
            return true;
        } catch (ClosedWatchServiceException e) {
            throw new InterruptedException("the watch was closed");
        }
    }

    /** Takes all changes that wait; true if machines came or went since the last call. */
    boolean drain() {
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            note(key);
        }
        boolean changed = machinesChanged;
        machinesChanged = false;
        return changed;
    }

    private void note(WatchKey key) {
        boolean machines = key.watchable() instanceof Path path && path.toString().contains("/.vagrant");
        for (WatchEvent<?> event : key.pollEvents()) {
            machinesChanged |= machines || event.kind() != StandardWatchEventKinds.ENTRY_MODIFY;
        }
        key.reset();
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
