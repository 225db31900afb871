package dev.corral.console.sandboxes;

import dev.corral.core.inspect.tasks.EvalTask;
import java.nio.file.Path;
import java.util.List;

/** A task file or folder that the user opened, and how far its loading has come. */
public sealed interface TaskFile {

    /** The file or folder. */
    Path path();

    /** It is being loaded. */
    record Loading(Path path) implements TaskFile {}

    /**
     * Its evals are known.
     *
     * @param path  the file or folder
     * @param evals its evals in the order of the file
     */
    record Loaded(Path path, List<EvalTask> evals) implements TaskFile {}

    /**
     * It can not be loaded.
     *
     * @param path     the file or folder
     * @param sentence what happened
     * @param nextStep what the user can do, may be empty
     * @param details  machine text that helps, may be empty
     */
    record Failed(Path path, String sentence, String nextStep, String details) implements TaskFile {}
}
