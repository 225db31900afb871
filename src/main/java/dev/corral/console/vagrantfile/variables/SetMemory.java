package dev.corral.console.vagrantfile.variables;

import dev.corral.console.settings.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Keeps sets of variables, Vagrantfile by Vagrantfile, in a file that only its user may read. Bounded; those of the files that were
 * worked on last stay. All methods read or write that file.
 */
public final class SetMemory {
    private static final int MOST_FILES = 100;
    private static final int MOST_SETS = 40;

    private final StateFile<Known> file;

    /** @param stateFolder where the window keeps what it remembers */
    public SetMemory(Path stateFolder) {
        file = new StateFile<>(stateFolder.resolve("variable-sets.json"), Known.class);
    }

    /**
     * What is kept.
     *
     * @param files file by file, the one that was worked on last at the end
     */
    record Known(List<OfFile> files) {
        Known {
            files = files == null
                    ? List.of()
                    : files.stream()
                            .filter(one -> one != null && one.vagrantfile() != null)
                            .toList();
        }
    }

    /**
     * What is kept of a Vagrantfile.
     *
     * @param vagrantfile its path
     * @param sets        its sets in the order in which they were saved
     */
    record OfFile(String vagrantfile, List<VariableSet> sets) {
        OfFile {
            sets = sets == null
                    ? List.of()
                    : sets.stream()
                            .filter(one -> one != null && !one.name().isBlank())
                            .toList();
        }
    }

    private Known known() {
        return file.load().orElseGet(() -> new Known(List.of()));
    }

    /** The sets of a Vagrantfile. */
    List<VariableSet> of(Path vagrantfile) {
        return known().files().stream()
                .filter(one -> Objects.equals(one.vagrantfile(), vagrantfile.toString()))
                .flatMap(one -> one.sets().stream())
                .toList();
    }

    /**
     * Keeps a set, in the place of one of that name.
     *
     * @return all of that Vagrantfile
     * @throws IOException if it can't be written
     */
    synchronized List<VariableSet> keep(Path vagrantfile, VariableSet set) throws IOException {
        List<VariableSet> sets = new ArrayList<>(of(vagrantfile));
        sets.removeIf(one -> one.name().equals(set.name()));
        sets.add(set);
        return write(vagrantfile, sets.subList(Math.max(0, sets.size() - MOST_SETS), sets.size()));
    }

    /**
     * Forgets one.
     *
     * @return what is left of that Vagrantfile
     * @throws IOException if that can't be written
     */
    synchronized List<VariableSet> forget(Path vagrantfile, String name) throws IOException {
        List<VariableSet> sets = new ArrayList<>(of(vagrantfile));
        sets.removeIf(one -> one.name().equals(name));
        return write(vagrantfile, sets);
    }

    private List<VariableSet> write(Path vagrantfile, List<VariableSet> sets) throws IOException {
        List<OfFile> files = new ArrayList<>(known().files());
        files.removeIf(one -> one.vagrantfile().equals(vagrantfile.toString()));
        if (!sets.isEmpty()) {
            files.add(new OfFile(vagrantfile.toString(), List.copyOf(sets)));
        }
        file.write(new Known(List.copyOf(files.subList(Math.max(0, files.size() - MOST_FILES), files.size()))));
        return List.copyOf(sets);
    }
}
