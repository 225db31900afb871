package dev.corral.console.vagrantfile.variables;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import dev.corral.core.vagrant.StartVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The sets of variables of the open Vagrantfile: those that were saved, and those of samples that it was opened for. For the FX thread;
 * files are read and written elsewhere.
 */
public final class VariableSets {
    private final SetMemory memory;
    private final Threads threads;
    private final Consumer<Map<String, String>> apply;
    private final Runnable changed;
    private final Map<Path, Map<String, VariableSet>> samples = new HashMap<>();
    private final Set<Path> due = new HashSet<>();
    private Optional<Path> file = Optional.empty();
    private List<VariableSet> saved = List.of();
    private String note = "";
    private int turn;

    /**
     * @param apply   sets these variables, and no others
     * @param changed told when anything that is shown may be another
     */
    public VariableSets(SetMemory memory, Threads threads, Consumer<Map<String, String>> apply, Runnable changed) {
        this.memory = memory;
        this.threads = threads;
        this.apply = apply;
        this.changed = changed;
    }

    /** A Vagrantfile is open now, by the path that a start has for it. What it was opened for is set at once, and only then. */
    public void open(Path vagrantfile) {
        file = Optional.of(vagrantfile);
        saved = List.of();
        note = "";
        work("read-variable-sets", () -> memory.of(vagrantfile), "");
        if (due.remove(vagrantfile)) {
            take(List.copyOf(ofSamples().values()).getLast());
        }
    }

    /**
     * A Vagrantfile is opened for a sample.
     *
     * @param vagrantfile by the path that a start has for it
     * @param sample      what the sample is called
     * @param variables   what its run gives to Vagrant; empty for none
     */
    public void offer(Path vagrantfile, String sample, Map<String, String> variables) {
        if (variables.isEmpty()) {
            return;
        }
        VariableSet set = new VariableSet(cut(sample), variables, List.of());
        // The newest is the last.
        Map<String, VariableSet> all = samples.computeIfAbsent(vagrantfile, path -> new LinkedHashMap<>());
        all.remove(set.name());
        all.put(set.name(), set);
        if (file.equals(Optional.of(vagrantfile))) {
            take(set);
        } else {
            due.add(vagrantfile);
        }
    }

    private static String cut(String name) {
        String line = Texts.line(name).strip();
        return line.substring(0, Math.min(VariableSet.LONGEST_NAME, line.length()));
    }

    private Map<String, VariableSet> ofSamples() {
        return file.map(path -> samples.getOrDefault(path, Map.of())).orElse(Map.of());
    }

    /** The names of the saved ones. */
    public List<String> saved() {
        return saved.stream().map(VariableSet::name).toList();
    }

    /** The names of the samples whose variables can be taken over. */
    public List<String> samples() {
        return List.copyOf(ofSamples().keySet());
    }

    /** What came of the last thing that was done, a sentence; may be empty. */
    public String note() {
        return note;
    }

    /** Sets the variables of a saved one, and takes away all others. */
    public void choose(String name) {
        find(saved.stream(), name).ifPresent(this::take);
    }

    /** Sets the variables of a sample, and takes away all others. */
    public void chooseSample(String name) {
        find(ofSamples().values().stream(), name).ifPresent(this::take);
    }

    private static Optional<VariableSet> find(Stream<VariableSet> sets, String name) {
        return sets.filter(set -> set.name().equals(name)).findFirst();
    }

    private void take(VariableSet set) {
        note = "Set as in " + set.name() + "."
                + (set.withheld().isEmpty()
                        ? ""
                        : " Not kept, because it is a secret: " + String.join(", ", set.withheld())
                                + ". Set it by hand.");
        apply.accept(set.values());
        changed.run();
    }

    /** Why nothing can be saved under a name; empty when it can. */
    public Optional<String> obstacle(String name, Map<String, String> variables) {
        return file.isEmpty()
                ? Optional.of("Open a Vagrantfile first")
                : variables.isEmpty()
                        ? Optional.of("Nothing is set here")
                        : name.isBlank() ? Optional.of("Give the set a name") : Optional.empty();
    }

    /** Whether secrets are among these variables. */
    public static boolean secrets(Map<String, String> variables) {
        return variables.keySet().stream().anyMatch(StartVariables::secret);
    }

    /**
     * Saves variables under a name, in the place of what had that name.
     *
     * @param secrets whether the values of secrets are written, too; else only their names are
     */
    public void save(String name, Map<String, String> variables, boolean secrets) {
        if (obstacle(name, variables).isPresent()) {
            return;
        }
        Path of = file.orElseThrow();
        VariableSet set = VariableSet.of(cut(name), variables, secrets);
        work(
                "keep-variable-set",
                () -> memory.keep(of, set),
                "Saved as " + set.name() + "."
                        + (set.withheld().isEmpty()
                                ? ""
                                : " Without the value of " + String.join(", ", set.withheld()) + ", a secret."));
    }

    /** Forgets a saved one; what is set stays. */
    public void forget(String name) {
        file.ifPresent(of -> work("forget-variable-set", () -> memory.forget(of, name), "Forgot " + name + "."));
    }

    private void work(String what, Callable<List<VariableSet>> work, String done) {
        int now = ++turn;
        Optional<Path> of = file;
        threads.background(
                what,
                work,
                sets -> {
                    if (now == turn && of.equals(file)) {
                        saved = new ArrayList<>(sets);
                        note = done.isEmpty() ? note : done;
                        changed.run();
                    }
                },
                failure -> {
                    Problem problem = Problem.of(failure);
                    note = "It could not be kept: " + Texts.line(problem.sentence());
                    changed.run();
                });
    }
}
