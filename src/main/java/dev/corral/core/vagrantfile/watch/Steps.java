package dev.corral.core.vagrantfile.watch;

import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.ResolvedMachine.Provisioner;
import dev.corral.core.vagrantfile.Stamps;
import dev.corral.core.vagrantfile.diff.ProvisionerFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The provisioners of a Vagrantfile at one moment, each with the content of the files that it names. Immutable.
 *
 * @param machines the steps by machine, in the file's order
 */
public record Steps(Map<String, List<Step>> machines) {
    private static final Set<String> LEFT_OUT = Set.of(".vagrant", ".git");
    private static final int MOST_FILES = 2_000;
    // Above this size in bytes the kernel's notes of a file in a folder stand for its content.
    private static final long LARGE = 1 << 20;

    /** Copies the map. */
    public Steps {
        machines = new LinkedHashMap<>(machines);
        machines.replaceAll((name, steps) -> List.copyOf(steps));
    }

    /**
     * One of them.
     *
     * @param provisioner as the file has it
     * @param files       what the files that it names hold, by absolute path: words to be compared, no more
     */
    public record Step(Provisioner provisioner, Map<String, String> files) {
        /** Copies the map. */
        public Step {
            files = Map.copyOf(files);
        }

        boolean same(Step other) {
            return provisioner.type().equals(other.provisioner.type())
                    && provisioner.name().equals(other.provisioner.name())
                    && provisioner.settings().equals(other.provisioner.settings())
                    && files.equals(other.files);
        }
    }

    /** Those that the file has now. Reads the files that they name, so it blocks. */
    public static Steps of(Resolution resolution) {
        Map<String, List<Step>> machines = new LinkedHashMap<>();
        for (ResolvedMachine machine : resolution.machines()) {
            machines.put(
                    machine.name(),
                    machine.provisioners().stream()
                            .map(one -> new Step(one, contents(ProvisionerFiles.of(resolution, machine, one))))
                            .toList());
        }
        return new Steps(machines);
    }

    private static Map<String, String> contents(Set<Path> named) {
        List<Path> whole = new ArrayList<>();
        List<String> noted = new ArrayList<>();
        for (Path one : named) {
            if (Files.isDirectory(one)) {
                below(one, whole, noted);
            } else {
                whole.add(one);
            }
        }
        Map<String, String> contents =
                new HashMap<>(ReadFiles.now(whole.toArray(Path[]::new)).hashes());
        contents.putAll(Stamps.of(noted).known());
        return contents;
    }

    private static void below(Path folder, List<Path> whole, List<String> noted) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                private int seen;

                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return LEFT_OUT.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && attributes.size() <= LARGE) {
                        whole.add(file);
                    } else {
                        noted.add(file.toString());
                    }
                    return ++seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    noted.add(file.toString());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // A folder that can't be listed is known by its own state alone.
            whole.add(folder);
        }
    }

    /**
     * The positions, from 1, of the steps that are new here or others than before, by machine. One that only moved is not among them, nor
     * one that never runs by itself, nor any of a machine that was not there before.
     */
    public SortedMap<String, SortedSet<Integer>> changedSince(Steps before) {
        SortedMap<String, SortedSet<Integer>> changed = new TreeMap<>();
        machines.forEach((name, steps) -> {
            List<Step> left = before.machines.get(name);
            if (left != null) {
                SortedSet<Integer> positions = others(steps, new ArrayList<>(left));
                if (!positions.isEmpty()) {
                    changed.put(name, positions);
                }
            }
        });
        return changed;
    }

    private static SortedSet<Integer> others(List<Step> steps, List<Step> left) {
        SortedSet<Integer> positions = new TreeSet<>();
        for (Step step : steps) {
            Step same = left.stream().filter(step::same).findFirst().orElse(null);
            if (same != null) {
                left.remove(same);
            } else if (!step.provisioner().run().equals("never")) {
                positions.add(step.provisioner().index() + 1);
            }
        }
        return positions;
    }

    /** The same, with the steps of one machine as others have them. */
    public Steps with(String machine, Steps others) {
        Map<String, List<Step>> now = new LinkedHashMap<>(machines);
        now.put(machine, others.machines.getOrDefault(machine, List.of()));
        return new Steps(now);
    }

    /** The same with the machines that only others have: of those everything is as it was seen first. */
    public Steps withNew(Steps others) {
        Map<String, List<Step>> now = new LinkedHashMap<>(others.machines);
        now.putAll(machines);
        return new Steps(now);
    }

    /** The step of a machine at a position, from 1; empty if it has none there. */
    Optional<Step> at(String machine, int position) {
        return machines.getOrDefault(machine, List.of()).stream()
                .filter(step -> step.provisioner().index() + 1 == position)
                .findFirst();
    }

    /** Whether a machine has that step, wherever it stands. */
    boolean has(String machine, Step wanted) {
        return machines.getOrDefault(machine, List.of()).stream().anyMatch(wanted::same);
    }

    /** The same without steps of one machine, each of them once. */
    Steps without(String machine, List<Step> some) {
        Map<String, List<Step>> now = new LinkedHashMap<>(machines);
        now.computeIfPresent(machine, (name, steps) -> {
            List<Step> left = new ArrayList<>(steps);
            for (Step one : some) {
                left.stream().filter(one::same).findFirst().ifPresent(left::remove);
            }
            return left;
        });
        return new Steps(now);
    }
}
