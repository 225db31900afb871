package dev.corral.core.inspect.tasks;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads task files with the user's own Python. Thread-safe; blocks while Python runs. */
public interface TaskFiles {

    /**
     * The tasks of a file or of all task files in a folder. This runs the author's code, up to the making of the data sets.
     * A task that can not be read comes with its {@link EvalTask#problem()}, and the others stay.
     *
     * @param fileOrFolder the task file or folder
     * @param task         one task's name; empty means all
     * @throws ExpectedFailure if there is no such file or task, if the file itself raises, or if no Inspect is found
     */
    List<EvalTask> load(Path fileOrFolder, Optional<String> task);

    /**
     * Reads what Inspect brings into the sandbox of one sample before it starts: its files, from wherever they come, and its
     * setup script. This runs the author's code, and may take as long as a download. Close what it gives.
     *
     * @param taskFile the task file
     * @param task     the task's name
     * @param sample   the sample's id
     * @throws ExpectedFailure if the sample is not there any more, one of its sources can't be read, or they hold too much
     */
    SampleContents contents(Path taskFile, String task, String sample);

    /** Forgets what was read before. Needed when a file that a task file reads has changed, but not the task file itself. */
    void forget();
}
