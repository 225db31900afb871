package dev.corral.console.sandboxes;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.inspect.tasks.TaskReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The task files that the user opened; each is read by Python on a thread of its own. For the FX thread. */
final class OpenTaskFiles {
    private final TaskFiles loader;
    private final Runnable changed;
    private final List<TaskFile> files = new ArrayList<>();

    /**
     * @param loader  reads task files
     * @param changed is told when a file has come, loaded or failed
     */
    OpenTaskFiles(TaskFiles loader, Runnable changed) {
        this.loader = loader;
        this.changed = changed;
    }

    /** The files in the order in which they were opened. */
    List<TaskFile> files() {
        return List.copyOf(files);
    }

    /** Opens a file or folder; one that is open already is read again. */
    void open(Path path) {
        if (files.stream().noneMatch(file -> file.path().equals(path))) {
            files.add(new TaskFile.Loading(path));
        }
        load(path);
    }

    /** Reads all again; what was known stays in sight until then, what had failed shows that it is read. */
    void reload() {
        loader.forget();
        for (TaskFile file : List.copyOf(files)) {
            load(file.path());
        }
    }

    private void load(Path path) {
        replace(path, old -> old instanceof TaskFile.Loaded ? old : new TaskFile.Loading(path));
        Background.run(
                "task-file",
                () -> {
                    TaskReference reference = TaskReference.parse(path.toString());
                    return loader.load(reference.file().toAbsolutePath(), reference.task());
                },
                evals -> replace(path, old -> new TaskFile.Loaded(path, evals)),
                failure -> {
                    Problem problem = Problem.of(failure);
                    replace(
                            path,
                            old -> new TaskFile.Failed(
                                    path, problem.sentence(), problem.nextStep(), problem.details()));
                });
    }

    private void replace(Path path, java.util.function.UnaryOperator<TaskFile> change) {
        files.replaceAll(file -> file.path().equals(path) ? change.apply(file) : file);
        changed.run();
    }
}
