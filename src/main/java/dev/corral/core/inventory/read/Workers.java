package dev.corral.core.inventory.read;

import dev.corral.core.base.KernelLocks;
import dev.corral.core.inventory.items.Evidence.Worker;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.VagrantProcesses;
import java.io.IOException;
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
     *
     * @param real     Vagrant's root without links, by which processes that work in it are known
     * @param resolved whether that could be found out; else it is as it was named, and is looked for again
     */
    private record Known(long inode, long use, Path real, boolean resolved) {}

    /**
     * Who works where.
     *
     * @param touched whether something came or went in this sandbox's folders since the last time
     * @param exact   whether locks that were never taken are looked for all the same: hypervisors take their time to answer, and what
     *                somebody began meanwhile has not been told
     */
    Map<Path, Worker> find(List<SandboxFiles> sandboxes, ProcessTable table, Predicate<Path> touched, boolean exact) {
        known.keySet().retainAll(sandboxes.stream().map(SandboxFiles::directory).collect(Collectors.toSet()));
        byInode.clear();
        byUse.clear();
        byRealPath.clear();
        for (SandboxFiles files : sandboxes) {
            Known one = known.get(files.directory());
            if (one == null
                    || !one.resolved
                    || touched.test(files.directory())
                    || exact && (one.inode < 0 || one.use < 0)) {
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
        // At worst an inode of another file system keeps something.
        Map<Long, Long> locks = KernelLocks.holders();
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
        long inode = KernelLocks.inode(files.lock());
        long use = KernelLocks.inode(files.use());
        if (before != null && before.resolved) {
            return new Known(inode, use, before.real, true);
        }
        try {
            return new Known(inode, use, files.directory().toRealPath(), true);
        } catch (IOException e) {
            // Vagrant's root is gone or not made yet; whoever holds a lock holds it all the same.
            return new Known(inode, use, files.directory(), false);
        }
    }
}
