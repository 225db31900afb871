package dev.corral.core.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that keeps out other processes and other workflows of this one. The kernel frees a process's lock as
 * soon as the process closes the file anywhere, even through another channel, so a file that is held here is never
 * opened a second time.
 */
public final class FileGuard implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private FileGuard(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free; makes the file if needed.
     *
     * @throws IOException if the file can not be made or opened
     */
    public static Optional<FileGuard> tryTake(Path file) throws IOException {
        SafeFiles.touch(file);
        Path key = file.toRealPath();
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            OrdinaryFile.check(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new FileGuard(key, channel));
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(key);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(key);
        }
    }
}
