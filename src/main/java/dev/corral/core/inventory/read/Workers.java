package dev.corral.core.inventory.read;

import dev.corral.core.inventory.items.Evidence.Worker;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.VagrantProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who works in which sandbox right now, without touching its locks: from the kernel's list of locks and from the
 * directories that processes work in. Not thread-safe.
 */
final class Workers {
    private static final Path LOCKS = Path.of("/proc/locks");
    // Only our own runs of Vagrant are told to talk to programs.
    private static final String OURS = "--machine-readable";
    // It only asks, and nobody loses anything when its machine goes meanwhile; an exec whose process was killed leaves
    // one behind.
    private static final String ASKS = "ssh-config";

    private final Map<Path, Known> known = new HashMap<>();
    private final Map<Long, Path> byInode = new HashMap<>();
    private final Map<Long, Path> byUse = new HashMap<>();
    private final Map<Path, Path> byRealPath = new HashMap<>();

    /**
     * How a sandbox appears to the kernel; the inodes of its lock and of the file of its users are -1 while nobody has ever
     * locked them.
     */
    private record Known(long inode, long use, Path real) {}

    /**
     * Who works where.
     *
     * @param touched whether something came or went in this sandbox's folders since the last time
     */
    Map<Path, Worker> find(List<SandboxFiles> sandboxes, ProcessTable table, Predicate<Path> touched) {
        known.keySet().retainAll(sandboxes.stream().map(SandboxFiles::directory).collect(Collectors.toSet()));
        byInode.clear();
        byUse.clear();
        byRealPath.clear();
        for (SandboxFiles files : sandboxes) {
            Known one = known.get(files.directory());
            if (one == null || touched.test(files.directory())) {
                one = look(files, one);
                known.put(files.directory(), one);
            }
            if (one.inode >= 0) {
                byInode.put(one.inode, files.directory());
            }
            if (one.use >= 0) {
                byUse.put(one.use, files.directory());
            }
            byRealPath.put(one.real, files.directory());
        }
        return again(table);
    }

    /** Who works now in the sandboxes that {@link #find} was asked for last. What that costs does not depend on how many they are. */
    Map<Path, Worker> again(ProcessTable table) {
        Map<Path, Worker> workers = new HashMap<>();
        Set<ProcessIdentity> ours = table.rows().stream()
                .filter(row -> row.command().contains(OURS))
                .map(ProcessTable.Row::process)
                .collect(Collectors.toSet());
        VagrantProcesses.byDirectory(table).forEach((real, commands) -> {
            Path sandbox = byRealPath.get(real);
            if (sandbox != null) {
                for (VagrantProcesses.Command command : commands) {
                    if (command.command().equals(ASKS)) {
                        continue;
                    }
                    // Whoever started ours would hold the lock: it was killed, and this one goes on by itself.
                    Worker worker = new Worker(command.process().pid(), "Vagrant", ours.contains(command.process()));
                    workers.merge(sandbox, worker, (first, second) -> first.left() ? second : first);
                }
            }
        });
        Map<Long, Long> locks = locks();
        locks.forEach((inode, holder) -> {
            Path sandbox = byUse.get(inode);
            if (sandbox != null) {
                workers.put(sandbox, new Worker(holder, "somebody with a shell or a command in a VM", false));
            }
        });
        locks.forEach((inode, holder) -> {
            Path sandbox = byInode.get(inode);
            if (sandbox != null) {
                workers.put(sandbox, new Worker(holder, "a command of Corral's", false));
            }
        });
        return workers;
    }

    private static Known look(SandboxFiles files, @Nullable Known before) {
        try {
            return new Known(
                    inode(files.lock()),
                    inode(files.use()),
                    before == null ? files.directory().toRealPath() : before.real);
        } catch (IOException e) {
            // Gone meanwhile.
            return new Known(-1, -1, files.directory());
        }
    }

    private static long inode(Path lock) {
        // Most of a thousand have never been worked in, and a failure costs more than the question.
        if (!lock.toFile().exists()) {
            return -1;
        }
        try {
            return (Long) Files.getAttribute(lock, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Nobody has locked it yet.
            return -1;
        }
    }

    // Inode and holder of each lock; inodes of other file systems may be among them, which at worst keeps something.
    private static Map<Long, Long> locks() {
        Map<Long, Long> locks = new HashMap<>();
        try {
            for (String line : Files.readAllLines(LOCKS)) {
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
}
