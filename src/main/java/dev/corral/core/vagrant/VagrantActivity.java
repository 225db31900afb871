package dev.corral.core.vagrant;

import dev.corral.core.process.ProcessTable;
import dev.corral.core.vagrant.VagrantProcesses.Command;
import dev.corral.core.vagrant.index.IndexEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Vagrant works at one moment: the directories of its processes, and its action locks, which also tell of commands
 * that were started elsewhere with a machine's id. One walk of {@code /proc} answers for all directories. Immutable.
 * Where there is no {@code /proc} it sees nothing.
 */
public final class VagrantActivity {
    private static final Path LOCKS = Path.of("/proc/locks");

    private final Map<Path, List<Command>> commands;
    // The process that holds each, by the file's inode.
    private final Map<String, Long> lockedFiles;

    private VagrantActivity(Map<Path, List<Command>> commands, Map<String, Long> lockedFiles) {
        this.commands = commands;
        this.lockedFiles = lockedFiles;
    }

    /** Looks, with a table of processes that was read just now. */
    public static VagrantActivity look(ProcessTable table) {
        return new VagrantActivity(VagrantProcesses.byDirectory(table), lockedFiles());
    }

    /** Looks. */
    public static VagrantActivity look() {
        return look(ProcessTable.read());
    }

    /** The Vagrant commands that work in a directory; none if it is not there. */
    public List<Command> in(Path directory) {
        try {
            return commands.isEmpty() ? List.of() : commands.getOrDefault(directory.toRealPath(), List.of());
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Whether Vagrant works in a project: as a process there, or on one of its machines from anywhere.
     *
     * @param project  the project's or sandbox's directory
     * @param homes    the Vagrant homes that may be used with it
     * @param machines its machines' names
     */
    public boolean worksIn(Path project, Collection<Path> homes, Collection<String> machines) {
        return worksIn(project, project.resolve(".vagrant"), homes, machines);
    }

    /**
     * The process that holds the lock of a machine, which keeps every other Vagrant away from it; empty if none does, or nobody can tell.
     *
     * @param project the project's or sandbox's directory
     * @param homes   the Vagrant homes that may be used with it
     */
    public Optional<Long> holder(Path project, Collection<Path> homes, String machine) {
        Path localData = project.resolve(".vagrant");
        return homes.stream()
                .flatMap(home -> Stream.of(
                        holder(home, lockName(project, localData, machine)),
                        holder(home, lockName(real(project), real(localData), machine))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether Vagrant works on an entry of a machine index. */
    public boolean worksOn(IndexEntry entry) {
        return worksIn(entry.project(), entry.localData(), List.of(entry.home()), List.of(entry.name()));
    }

    private boolean worksIn(Path project, Path localData, Collection<Path> homes, Collection<String> machines) {
        if (!in(project).isEmpty()) {
            return true;
        }
        return !lockedFiles.isEmpty()
                && homes.stream().anyMatch(home -> machines.stream()
                        .anyMatch(machine -> locked(home, lockName(project, localData, machine))
                                || locked(home, lockName(real(project), real(localData), machine))));
    }

    // Vagrant takes the directory as it was told or finds it, which is not the way in which we came to know it.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    // Vagrant names the lock after the project's directory, a Vagrantfile's name if VAGRANT_VAGRANTFILE gave one, its
    // folder for local data and the machine, all joined; we never set another Vagrantfile's name.
    private static String lockName(Path project, Path localData, String machine) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5")
                            .digest((project.toString() + localData + machine).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private boolean locked(Path home, String name) {
        return holder(home, name).isPresent();
    }

    private Optional<Long> holder(Path home, String name) {
        try {
            Path file = home.resolve("data/lock.machine-action-" + name + ".lock");
            return Optional.ofNullable(lockedFiles.get(String.valueOf(Files.getAttribute(file, "unix:ino"))));
        } catch (IOException | UnsupportedOperationException e) {
            // A lock that is held is a file that is there.
            return Optional.empty();
        }
    }

    // By inode alone: some file systems have another device number here than for those who ask the file. A line:
    // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234 0 EOF
    private static Map<String, Long> lockedFiles() {
        Map<String, Long> inodes = new HashMap<>();
        try {
            for (String line : Files.readAllLines(LOCKS, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 5 && fields[1].equals("FLOCK")) {
                    // One in another pid namespace has no number here.
                    long pid = fields[4].matches("\\d{1,18}") ? Long.parseLong(fields[4]) : 0;
                    inodes.put(fields[5].substring(fields[5].lastIndexOf(':') + 1), pid);
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return inodes;
    }
}
