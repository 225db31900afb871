package dev.corral.core.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Who holds which lock on a file, as the kernel tells it: no lock is touched by asking. Where it tells nothing nothing is held. */
public final class KernelLocks {
    private static final Path LOCKS = Path.of("/proc/locks");

    private KernelLocks() {}

    /**
     * Process id of each lock's holder by the inode of its file, 0 where it can't be told. Inodes of other file systems may be among them.
     */
    public static Map<Long, Long> holders() {
        Map<Long, Long> locks = new HashMap<>();
        try {
            for (String line : Files.readAllLines(LOCKS, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 5 && fields[1].equals("POSIX")) {
                    locks.put(
                            Long.parseLong(fields[5].substring(fields[5].lastIndexOf(':') + 1)),
                            Math.max(Long.parseLong(fields[4]), 0));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // A system that does not tell locks: what is under way is in the journals too.
            return locks;
        }
        return locks;
    }

    /** The inode of a file; -1 if there is none, or the system has no such thing. */
    public static long inode(Path file) {
        // Most have never been made, and a failure costs more than the question.
        if (!file.toFile().exists()) {
            return -1;
        }
        try {
            return (Long) Files.getAttribute(file, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Gone meanwhile.
            return -1;
        }
    }
}
