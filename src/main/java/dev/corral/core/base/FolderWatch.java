package dev.corral.core.base;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices changes in a set of directories, not below them, and tells of them from a thread of its own. Thread-safe. */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** What is noticed. */
    public enum Of {
        /** Names that appear or vanish, and not what is written to files, which running machines do all the time. */
        NAMES(StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE),
        /** Names that appear or vanish, and files that are written to. */
        CONTENTS(
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);

        private final WatchEvent.Kind<?>[] kinds;

        Of(WatchEvent.Kind<?>... kinds) {
            this.kinds = kinds;
        }
    }

    /**
     * Something has changed.
     *
     * @param directory where
     * @param entries   whether an entry of it has; false when only the directory itself has gone
     * @param lost      whether more has changed than could be told
     */
    public record Change(Path directory, boolean entries, boolean lost) {}

    /**
     * What became of the directories that shall be watched. One that is not there is in neither.
     *
     * @param added   watched from now on, and not before: what changed in between was noticed by nobody
     * @param refused there, and can't be watched: not readable, or the system allows no more
     */
    public record Coverage(Set<Path> added, Set<Path> refused) {}

    private final WatchService service;
    private final Of what;
    private final Consumer<Change> changed;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param name    the thread's name
     * @param what    what is noticed
     * @param changed told of each change, by the thread or by whoever calls {@link #drain}
     * @throws IOException if the system lends no watch
     */
    public FolderWatch(String name, Of what, Consumer<Change> changed) throws IOException {
        this.what = what;
        this.changed = changed;
        service = FileSystems.getDefault().newWatchService();
        Thread.ofVirtual().name(name).start(this::follow);
    }

    /** Watches exactly these directories, as far as they are there and may be read. */
    public synchronized Coverage cover(Collection<Path> directories) {
        Set<Path> wanted = new HashSet<>(directories);
        keys.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey()) && entry.getValue().isValid()) {
                return false;
            }
            entry.getValue().cancel();
            return true;
        });
        Coverage coverage = new Coverage(new HashSet<>(), new HashSet<>());
        wanted.stream()
                .filter(directory -> !keys.containsKey(directory) && Files.isDirectory(directory))
                .forEach(directory -> (register(directory) ? coverage.added() : coverage.refused()).add(directory));
        return coverage;
    }

    private boolean register(Path directory) {
        if (!Files.isReadable(directory)) {
            return false;
        }
        try {
            keys.put(directory, directory.register(service, what.kinds));
            return true;
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("{} can't be watched", directory, e);
            return false;
        }
    }

    /** Whether this directory is watched. */
    public synchronized boolean covers(Path directory) {
        return keys.containsKey(directory);
    }

    /** Tells at once of what the system has noticed so far. */
    public void drain() {
        try {
            for (WatchKey key = service.poll(); key != null; key = service.poll()) {
                tell(key);
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("the watch is closed");
        }
    }

    private void follow() {
        try {
            while (true) {
                tell(service.take());
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("the watch is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(WatchKey key) {
        List<WatchEvent<?>> events = key.pollEvents();
        boolean lost = events.stream().anyMatch(event -> event.kind() == StandardWatchEventKinds.OVERFLOW);
        changed.accept(new Change((Path) key.watchable(), !events.isEmpty(), lost));
        key.reset();
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.warn("a watch can't be closed", e);
        }
    }
}
