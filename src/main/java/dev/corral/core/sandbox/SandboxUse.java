package dev.corral.core.sandbox;

import dev.corral.core.base.KernelLocks;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.base.Subscription;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others that somebody works in a VM of a sandbox: a shared lock on a file of its own, which the kernel frees when the
 * process ends, however it ends. It keeps a cleanup away also from a sandbox whose owner is gone. Thread-safe.
 */
public final class SandboxUse {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxUse.class);
    private static final Map<Path, Held> HELD = new HashMap<>();

    private SandboxUse() {}

    private static final class Held {
        private final FileChannel channel;
        private int users;

        Held(FileChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Begins to use a sandbox; ends when closed. Where the file can not be made (a full disk, a directory that may not be written)
     * the work in the VM goes on all the same.
     */
    public static Subscription begin(SandboxFiles files) {
        Path file = files.use();
        try {
            enter(file);
        } catch (IOException e) {
            LOG.warn("others can't be told that {} is in use", files.id(), e);
            return () -> {};
        }
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                leave(file);
            }
        };
    }

    /** Whether somebody works in a VM of the sandbox right now, this process included, as far as the system tells. */
    public static boolean underWay(SandboxFiles files) {
        long inode = KernelLocks.inode(files.use());
        return inode >= 0 && KernelLocks.holders().containsKey(inode);
    }

    // A process's lock goes with the first of its channels that is closed, so all users share one.
    private static void enter(Path file) throws IOException {
        synchronized (HELD) {
            Held held = HELD.get(file);
            if (held == null) {
                if (!Files.isDirectory(Objects.requireNonNull(file.getParent()))) {
                    throw new IOException("there is no " + file.getParent());
                }
                SafeFiles.touch(file);
                OrdinaryFile.check(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
                if (lock == null) {
                    channel.close();
                    throw new IOException(file + " is locked by another program");
                }
                held = new Held(channel);
                HELD.put(file, held);
            }
            held.users++;
        }
    }

    private static void leave(Path file) {
        synchronized (HELD) {
            Held held = HELD.get(file);
            if (held != null && --held.users == 0) {
                HELD.remove(file);
                try {
                    held.channel.close();
                } catch (IOException e) {
                    LOG.warn("{} can't be closed", file, e);
                }
            }
        }
    }
}
