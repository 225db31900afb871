package dev.corral.core.inventory;

import dev.corral.core.inventory.Evidence.Worker;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.VagrantActivity;
import dev.corral.core.vagrant.VagrantProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out who works in which sandbox right now, without touching its locks: from the kernel's list of locks and from the
 * directories that processes work in. Not thread-safe.
 */
final class Workers {
    private static final Path LOCKS = Path.of("/proc/locks");
    // Only our own runs of Vagrant are told to talk to programs.
    private static final String OURS = "--machine-readable";
    private static final int MANY = 100;

    private final Map<Path, Long> inodes = new HashMap<>();
    private final Map<Path, Path> realPaths = new HashMap<>();

    /** Who works where. */
    Map<Path, Worker> find(List<SandboxFiles> sandboxes, ProcessTable table) {
        Map<Path, Worker> workers = new HashMap<>();
        if (inodes.size() > 2 * sandboxes.size() + MANY) {
            // Most of them are of sandboxes that are gone.
            inodes.clear();
            realPaths.clear();
        }
        VagrantActivity vagrants = VagrantActivity.look(table);
        Map<Long, Long> locks = locks();
        Set<ProcessIdentity> ours = table.rows().stream().filter(row -> row.command().contains(OURS))
                .map(ProcessTable.Row::process).collect(Collectors.toSet());
        for (SandboxFiles files : sandboxes) {
            Long holder = locks.isEmpty() ? null : locks.get(inode(files.lock()));
            Long user = locks.isEmpty() ? null : locks.get(inode(files.use()));
            if (holder != null || user != null) {
                workers.put(files.directory(), holder != null ? new Worker(holder, "a command of Corral's", false)
                        : new Worker(user, "somebody in a shell or with a command in a VM", false));
                continue;
            }
            for (VagrantProcesses.Command command : vagrants.none() ? List.<VagrantProcesses.Command>of() : vagrants.inReal(real(files.directory()))) {
                // Whoever started ours would hold the lock: it was killed, and this one goes on by itself.
                Worker worker = new Worker(command.process().pid(), "Vagrant", ours.contains(command.process()));
                workers.merge(files.directory(), worker, (first, second) -> first.left() ? second : first);
            }
        }
        return workers;
    }

    // A link above the cache directory stays what it is; sandboxes themselves are never links.
    private Path real(Path directory) {
        return realPaths.computeIfAbsent(directory, path -> {
            try {
                return path.toRealPath();
            } catch (IOException e) {
                // Gone meanwhile: nobody works there.
                return null;
            }
        });
    }

    private long inode(Path lock) {
        return inodes.computeIfAbsent(lock, file -> {
            try {
                return (Long) Files.getAttribute(file, "unix:ino");
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                // Nobody has locked it yet.
                return null;
            }
        }) instanceof Long number ? number : -1;
    }

    // Inode and holder of each lock; inodes of other file systems may be among them, which at worst keeps something.
    private static Map<Long, Long> locks() {
        Map<Long, Long> locks = new HashMap<>();
        try {
            for (String line : Files.readAllLines(LOCKS)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 5 && fields[1].equals("POSIX")) {
                    locks.put(Long.parseLong(fields[5].substring(fields[5].lastIndexOf(':') + 1)), Math.max(Long.parseLong(fields[4]), 0));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // A system that does not tell locks: what is under way is in the journals too.
            return locks;
        }
        return locks;
    }
}
