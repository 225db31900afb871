package dev.corral.core.hypervisor;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices names that appear or vanish in directories, those of storage pools for instance. Not what is written to files:
 * running machines write all the time. Thread-safe.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final WatchService service;
    private final Runnable changed;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    FolderWatch(Runnable changed) throws IOException {
        this.changed = changed;
        service = FileSystems.getDefault().newWatchService();
        Thread.ofVirtual().name("corral-folders").start(this::follow);
    }

    /** Watches exactly these directories, as far as they are there and may be read. */
    synchronized void cover(Collection<Path> directories) {
        Set<Path> wanted = new HashSet<>(directories);
        keys.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey()) && entry.getValue().isValid()) {
                return false;
            }
            entry.getValue().cancel();
            return true;
        });
        for (Path directory : wanted) {
            if (!keys.containsKey(directory) && Files.isReadable(directory) && Files.isDirectory(directory)) {
                try {
                    keys.put(
                            directory,
                            directory.register(
                                    service,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_DELETE));
                } catch (IOException | ClosedWatchServiceException e) {
                    LOG.debug("{} can't be watched", directory, e);
                }
            }
        }
    }

    private void follow() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                changed.run();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("the watch is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
