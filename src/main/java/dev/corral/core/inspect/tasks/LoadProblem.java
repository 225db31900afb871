package dev.corral.core.inspect.tasks;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a task file or one of its tasks could not be read.
 *
 * @param kind      a stable word: {@code file_missing}, {@code not_a_task_file}, {@code syntax_error}, {@code file_raised},
 *                  {@code task_missing}, {@code task_raised}, {@code inspect_missing}, {@code sample_missing},
 *                  {@code content_unreadable}, {@code too_large}, {@code setting_wrong}
 * @param message   what Python said, or a plain sentence
 * @param file      the file the problem lies in, if it is known
 * @param line      the line in that file, from 1; 0 when unknown
 * @param traceback Python's traceback, may be empty
 */
public record LoadProblem(String kind, String message, Optional<Path> file, int line, String traceback) {
    /** What is absent becomes empty. */
    public LoadProblem {
        Objects.requireNonNull(kind, "kind");
        message = Objects.requireNonNullElse(message, "");
        file = file == null ? Optional.empty() : file;
        traceback = Objects.requireNonNullElse(traceback, "");
    }

    /** Where it lies, as {@code file.py:12}; empty when the file is unknown. */
    public String place() {
        return file.map(path -> line > 0 ? path + ":" + line : path.toString()).orElse("");
    }
}
