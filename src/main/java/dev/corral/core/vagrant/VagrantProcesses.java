package dev.corral.core.vagrant;

import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the Vagrant commands that run, whoever started them, by the directories they work in. */
public final class VagrantProcesses {
    // An interpreter has a few options before the script at most.
    private static final int WORDS_BEFORE = 6;

    /** What the command line of a Vagrant begins with that has answered a question before it went on as that command. */
    public static final String ASKING = "corral-resolve";

    private VagrantProcesses() {}

    /**
     * A Vagrant command that runs.
     *
     * @param process   the process
     * @param command   its first word, {@code up} for instance; empty if it has none
     * @param directory the real path of the directory it works in
     */
    public record Command(ProcessIdentity process, String command, Path directory) {}

    /** All of them by directory; those are absent whose directory the system does not tell, other users' for instance. */
    public static Map<Path, List<Command>> byDirectory(ProcessTable table) {
        Map<Path, List<Command>> found = new HashMap<>();
        for (ProcessTable.Row row : table.rows()) {
            int program = program(row.command());
            if (program >= 0) {
                directory(row).ifPresent(directory -> found.computeIfAbsent(directory, key -> new ArrayList<>())
                        .add(new Command(row.process(), word(row.command(), program), directory)));
            }
        }
        return found;
    }

    /** Those that work in a directory; none if it is not there. Walks all processes: for many directories use {@link #byDirectory}. */
    public static List<Command> anyIn(Path directory) {
        try {
            return byDirectory(ProcessTable.read()).getOrDefault(directory.toRealPath(), List.of());
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Each {@code vagrant up} of ours that still works in a directory though nobody noted its process id; none where the
     * system does not tell the directories that processes work in.
     */
    public static List<ProcessIdentity> upIn(Path directory) {
        try {
            Path real = directory.toRealPath();
            return ProcessTable.read().rows().stream()
                    .filter(row -> row.directory().filter(real::equals).isPresent()
                            && row.command().contains("up")
                            && row.command().containsAll(Vagrant.UP_OPTIONS))
                    .map(ProcessTable.Row::process)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    // Where in a command line the program vagrant is: first, or behind the Ruby that runs it; else -1.
    private static int program(List<String> command) {
        boolean interpreted = base(command.getFirst()).startsWith("ruby");
        for (int i = 0; i < command.size() && i <= (interpreted ? WORDS_BEFORE : 0); i++) {
            if (base(command.get(i)).equals("vagrant")) {
                return i;
            }
        }
        return -1;
    }

    private static String word(List<String> command, int program) {
        return command.stream()
                .skip(program + 1L)
                .filter(word -> !word.startsWith("-") && !word.equals(ASKING))
                .findFirst()
                .orElse("");
    }

    private static String base(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static Optional<Path> directory(ProcessTable.Row row) {
        return row.directory().map(directory -> ProcessTable.variable(row.process(), "VAGRANT_CWD")
                .map(other -> {
                    try {
                        return directory.resolve(other).toRealPath();
                    } catch (IOException | InvalidPathException e) {
                        // Vagrant itself ends at once with such a directory.
                        return directory;
                    }
                })
                .orElse(directory));
    }
}
