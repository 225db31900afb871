package dev.corral.console.sandboxes.files;

import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
import dev.corral.console.messages.Problem;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.inspect.tasks.TaskReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The task files that the user opened; each is read by Python on a thread of its own. What has been read is compared with the disk now
 * and then, so that the row of a file that has changed or gone says so. For the FX thread.
 */
public final class TaskFileModel implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 2_000;

    private final TaskFiles loader;
    private final Runnable changed;
    private final List<TaskFile> files = new ArrayList<>();
    private final Map<Path, FileStamp> stamps = new HashMap<>();
    private final Map<Path, Integer> reads = new HashMap<>();
    private final Thread watch;

    /** What was read, and what the file looked like before that. */
    private record Read(FileStamp stamp, List<EvalTask> evals) {}

    /**
     * @param loader  reads task files
     * @param changed is told when a file has come, loaded or failed, changed or gone
     */
    public TaskFileModel(TaskFiles loader, Runnable changed) {
        this.loader = loader;
        this.changed = changed;
        this.watch = Thread.ofVirtual().name("task-files").start(this::watch);
    }

    /** The files in the order in which they were opened. */
    public List<TaskFile> files() {
        return List.copyOf(files);
    }

    /** Opens a file or folder; one that is open already is read again. */
    public void open(Path path) {
        if (!has(path)) {
            files.add(new TaskFile.Loading(path));
        }
        load(path);
    }

    /** Takes a file or folder off; nothing else happens to it. */
    public void close(Path path) {
        files.removeIf(file -> file.path().equals(path));
        stamps.remove(path);
        changed.run();
    }

    /** Reads one again; what was known stays in sight until then. */
    public void readAgain(Path path) {
        loader.forget();
        load(path);
    }

    /** Reads all again; what was known stays in sight until then, what had failed shows that it is read. */
    public void reload() {
        loader.forget();
        for (TaskFile file : List.copyOf(files)) {
            load(file.path());
        }
    }

    /** Ends the comparing. */
    @Override
    public void close() {
        watch.interrupt();
    }

    private boolean has(Path path) {
        return files.stream().anyMatch(file -> file.path().equals(path));
    }

    private void load(Path path) {
        // Of two reads of one file the later one counts, whichever ends first.
        int read = reads.merge(path, 1, Integer::sum);
        replace(path, old -> old instanceof TaskFile.Loaded ? old : new TaskFile.Loading(path));
        Background.run(
                "task-file",
                () -> {
                    TaskReference reference = TaskReference.parse(path.toString());
                    FileStamp stamp = FileStamp.of(reference.file());
                    return new Read(stamp, loader.load(reference.file().toAbsolutePath(), reference.task()));
                },
                done -> {
                    if (reads.getOrDefault(path, 0) == read && has(path)) {
                        stamps.put(path, done.stamp());
                        replace(path, old -> new TaskFile.Loaded(path, done.evals()));
                    }
                },
                failure -> {
                    if (reads.getOrDefault(path, 0) == read && has(path)) {
                        stamps.remove(path);
                        Problem problem = Problem.of(failure);
                        replace(
                                path,
                                old -> new TaskFile.Failed(
                                        path, problem.sentence(), problem.nextStep(), problem.details()));
                    }
                });
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MS);
                Map<Path, FileStamp> known =
                        FxThread.supply(() -> Map.copyOf(stamps)).join();
                known.forEach((path, stamp) -> {
                    String stale = stamp.since(
                            FileStamp.of(TaskReference.parse(path.toString()).file()));
                    FxThread.run(() -> mark(path, stamp, stale));
                });
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void mark(Path path, FileStamp compared, String stale) {
        boolean news = files.stream()
                .anyMatch(file -> file instanceof TaskFile.Loaded loaded
                        && loaded.path().equals(path)
                        && !loaded.stale().equals(stale));
        if (news && compared.equals(stamps.get(path))) {
            replace(
                    path,
                    old -> old instanceof TaskFile.Loaded loaded
                            ? new TaskFile.Loaded(path, loaded.evals(), stale)
                            : old);
        }
    }

    private void replace(Path path, UnaryOperator<TaskFile> change) {
        files.replaceAll(file -> file.path().equals(path) ? change.apply(file) : file);
        changed.run();
    }
}
