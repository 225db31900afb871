package dev.corral.console.vagrantfile.steps;

import dev.corral.console.settings.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keeps how long steps took, Vagrantfile by Vagrantfile, for windows to come: a sandbox that is gone tells it no more. Bounded; the files
 * that were worked on last stay. All methods read or write a file.
 */
public final class StepMemory {
    private static final int MOST_FILES = 50;
    private static final int MOST_OF_ONE = 300;

    private final StateFile<Known> file;

    /** @param stateFolder where the window keeps what it remembers */
    public StepMemory(Path stateFolder) {
        file = new StateFile<>(stateFolder.resolve("steps.json"), Known.class);
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
                            .filter(one -> one != null && one.vagrantfile() != null && one.taken() != null)
                            .toList();
        }
    }

    /**
     * What is kept of a Vagrantfile.
     *
     * @param vagrantfile its path
     * @param taken       how long its steps took, oldest first
     */
    record OfFile(String vagrantfile, List<StepTimes.Taken> taken) {}

    /** What is known of a Vagrantfile, oldest first; what is damaged is not known. */
    public List<StepTimes.Taken> load(Path vagrantfile) {
        return file.load().map(Known::files).orElse(List.of()).stream()
                .filter(one -> one.vagrantfile().equals(vagrantfile.toString()))
                .flatMap(one -> one.taken().stream())
                .filter(Objects::nonNull)
                .filter(StepTimes.Taken::sound)
                .toList();
    }

    /** Keeps this besides what is known of a Vagrantfile. Where that can't be written only the log says so. */
    public void keep(Path vagrantfile, List<StepTimes.Taken> taken) {
        file.save(() -> {
            List<StepTimes.Taken> all = Stream.concat(load(vagrantfile).stream(), taken.stream())
                    .distinct()
                    .toList();
            List<OfFile> files = new ArrayList<>(file.load().map(Known::files).orElse(List.of()));
            files.removeIf(one -> one.vagrantfile().equals(vagrantfile.toString()));
            files.add(new OfFile(
                    vagrantfile.toString(),
                    List.copyOf(all.subList(Math.max(0, all.size() - MOST_OF_ONE), all.size()))));
            return new Known(List.copyOf(files.subList(Math.max(0, files.size() - MOST_FILES), files.size())));
        });
    }
}
