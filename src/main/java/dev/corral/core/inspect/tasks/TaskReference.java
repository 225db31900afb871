package dev.corral.core.inspect.tasks;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A task file or a folder of them, and perhaps one task, written as {@code file.py@task}.
 *
 * @param file the file or folder
 * @param task the task's name; empty means all tasks
 */
public record TaskReference(Path file, Optional<String> task) {
    /** Checks that both parts are there. */
    public TaskReference {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(task, "task");
    }

    /**
     * Reads what a person typed. An existing path wins, so that names of files and folders may hold an {@code @}.
     *
     * @throws ExpectedFailure if it is empty or no path
     */
    public static TaskReference parse(String text) {
        if (text.isBlank()) {
            throw ExpectedFailure.usage("No task file was named.", "Name one as evals.py or evals.py@task.");
        }
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1 || Files.exists(path(text))) {
            return new TaskReference(path(text), Optional.empty());
        }
        return new TaskReference(path(text.substring(0, at)), Optional.of(text.substring(at + 1)));
    }

    /** The form that Inspect takes on its command line. */
    @Override
    public String toString() {
        return file + task.map(name -> "@" + name).orElse("");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw ExpectedFailure.usage(
                    "This is no path of a task file: " + text, "Name one as evals.py or evals.py@task.");
        }
    }
}
