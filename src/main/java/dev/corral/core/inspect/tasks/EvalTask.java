package dev.corral.core.inspect.tasks;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One task of a task file that has not run.
 *
 * @param name        the task's name, as in {@code file.py@name}
 * @param file        the task file, absolute
 * @param epochs      how often each sample runs, at least 1
 * @param description the author's description, empty when there is none
 * @param samples     its samples in the dataset's order; empty when there is a problem
 * @param warnings    sentences about parts of it that could not be read
 * @param problem     why its samples could not be read
 */
public record EvalTask(
        String name,
        Path file,
        int epochs,
        String description,
        List<EvalSample> samples,
        List<String> warnings,
        Optional<LoadProblem> problem) {
    /** Copies the lists; what is absent becomes empty. */
    public EvalTask {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        epochs = Math.max(1, epochs);
        description = Objects.requireNonNullElse(description, "");
        samples = samples == null ? List.of() : List.copyOf(samples);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        problem = problem == null ? Optional.empty() : problem;
    }
}
