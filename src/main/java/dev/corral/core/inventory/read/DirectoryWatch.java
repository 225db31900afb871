package dev.corral.core.inventory.read;

import dev.corral.core.base.FolderWatch;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Notices changes of the cache directory, of each sandbox, and of the machines that Vagrant notes in it, so that only
 * what changed is read again. Thread-safe.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofMillis(80);

    private final SandboxStore store;
    private final FolderWatch folders;
    private final Semaphore news = new Semaphore(0);
    // What is watched, each with the sandbox that it is part of; null for what the list of sandboxes depends on.
    private Map<Path, Path> sandboxes = new HashMap<>();
    private Set<Path> covered = Set.of();
    private final Set<Path> changed = new HashSet<>();
    private boolean listChanged = true;
    private boolean machinesChanged;

    DirectoryWatch(SandboxStore store) throws IOException {
        this.store = store;
        folders = new FolderWatch("corral-sandboxes", FolderWatch.Of.CONTENTS, this::note);
    }

    /**
     * Watches exactly the directories of this inventory, and those around them.
     *
     * @param places where its sandboxes lie, as they were when it was taken
     */
    synchronized void cover(Inventory inventory, Places places) {
        Map<Path, Path> wanted = new LinkedHashMap<>();
        wanted.put(Files.isDirectory(store.cache()) ? store.cache() : nearest(store.cache()), null);
        wanted.put(store.endedDirectory(), null);
        wanted.put(store.trash().getParent(), null);
        wanted.put(store.trash(), null);
        Map<Path, SandboxView> views = new HashMap<>();
        inventory.sandboxes().forEach(view -> views.put(view.directory(), view));
        for (SandboxFiles files : places.sandboxes()) {
            Path root = files.directory();
            SandboxView sandbox = views.get(root);
            if (sandbox == null) {
                // It can't be read, and so it is read every time.
                continue;
            }
            Path machines = root.resolve(".vagrant").resolve("machines");
            wanted.putIfAbsent(files.cache(), null);
            if (files.apart()) {
                wanted.putIfAbsent(files.own().getParent(), null);
                wanted.putIfAbsent(files.folder(), null);
                wanted.put(files.own(), root);
            }
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
        places.others().forEach(directory -> wanted.putIfAbsent(directory, null));
        FolderWatch.Coverage coverage = folders.cover(wanted.keySet());
        Set<Path> unwatched = new HashSet<>();
        wanted.forEach((directory, sandbox) -> {
            boolean refused = coverage.refused().contains(directory);
            // It may have changed between the reading and the beginning of the watch, or was watched before it became a
            // sandbox.
            boolean unseen = refused
                    || coverage.added().contains(directory)
                    || sandbox != null && folders.covers(directory) && !sandbox.equals(sandboxes.get(directory));
            if (unseen && sandbox == null) {
                listChanged = true;
            } else if (refused) {
                // Then it is read every time.
                unwatched.add(sandbox);
            } else if (unseen) {
                changed.add(sandbox);
            }
        });
        sandboxes = wanted;
        covered = places.sandboxes().stream()
                .map(SandboxFiles::directory)
                .filter(directory -> views.containsKey(directory) && !unwatched.contains(directory))
                .collect(Collectors.toUnmodifiableSet());
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
        news.release();
    }

    /** Waits for a change or a call to {@link #wake}, at most so long; after one until its burst has settled. */
    void await(Duration atMost) throws InterruptedException {
        if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            // Changes come in bursts; one look serves them all.
            Thread.sleep(SETTLE);
            news.drainPermits();
        }
    }

    /** What has changed since the last call. */
    synchronized Changes take() {
        folders.drain();
        Changes changes = new Changes(listChanged, machinesChanged, Set.copyOf(changed), covered);
        listChanged = !folders.covers(store.cache());
        machinesChanged = false;
        changed.clear();
        return changes;
    }

    private synchronized void note(FolderWatch.Change change) {
        Path sandbox = sandboxes.get(change.directory());
        // What is ours lies elsewhere, and is written to all the time that something is under way.
        machinesChanged |= change.entries()
                && sandbox != null
                && !sandbox.equals(change.directory())
                && change.directory().startsWith(sandbox);
        listChanged |= change.entries() && sandbox == null || change.lost();
        if (sandbox != null) {
            changed.add(sandbox);
        }
        news.release();
    }

    @Override
    public void close() {
        folders.close();
    }
}
