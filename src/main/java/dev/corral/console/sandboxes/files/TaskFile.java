package dev.corral.console.sandboxes.files;

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
     * @param stale what has become of it since, for instance {@code changed since it was read}; empty while it is as it was
     */
    record Loaded(Path path, List<EvalTask> evals, String stale) implements TaskFile {

        /** As it was read. */
        public Loaded(Path path, List<EvalTask> evals) {
            this(path, evals, "");
        }

        /** Whether it is this one task file, perhaps one task of it, and not a folder that has it. */
        public boolean stands(Path file) {
            return path.getFileName() != null
                    && file.getFileName() != null
                    && (path.getFileName() + "@").startsWith(file.getFileName() + "@");
        }
    }

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
