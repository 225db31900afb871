package dev.corral.core.inspect.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Reads task files by running a small script in the user's own Python. Answers are kept in memory for as long as the file
 * and the interpreter stay the same.
 */
public final class PythonTaskFiles implements TaskFiles {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int KEPT = 64;

    private final Environment environment;
    private final PythonLocator locator;
    private final ListingHelper helper = new ListingHelper();
    private final Map<Key, List<EvalTask>> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<EvalTask>> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(Path file, Optional<String> task, FileTime modified, long size, Path python) {}

    /** Reads with the Python that these variables lead to. */
    public PythonTaskFiles(Environment environment) {
        this.environment = environment;
        this.locator = new PythonLocator(environment);
    }

    @Override
    public List<EvalTask> load(Path fileOrFolder, Optional<String> task) {
        Path path = fileOrFolder.toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw ExpectedFailure.notFound(
                    "There is no task file " + path, "Check the path; a task file is a .py file.");
        }
        Path python = locator.locate();
        // A folder's own time says nothing about the files in it, so only single files are kept.
        if (!Files.isRegularFile(path)) {
            return read(python, path, task);
        }
        Key key = key(path, task, python);
        synchronized (kept) {
            List<EvalTask> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        List<EvalTask> tasks = read(python, path, task);
        synchronized (kept) {
            kept.put(key, tasks);
        }
        return tasks;
    }

    @Override
    public void forget() {
        synchronized (kept) {
            kept.clear();
        }
    }

    private List<EvalTask> read(Path python, Path path, Optional<String> task) {
        List<String> command =
                new ArrayList<>(List.of(python.toString(), helper.script().toString()));
        task.ifPresent(name -> command.add("--task=" + name));
        command.addAll(List.of("--", path.toString()));
        // Reading a task file leaves no traces beside it.
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        variables.put("PYTHONIOENCODING", "utf-8");
        try {
            return tasks(Processes.run(command, null, variables, new byte[0], LIMIT), path);
        } catch (TimeoutException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.TIMED_OUT,
                    "Reading " + path + " took longer than " + LIMIT.toMinutes() + " minutes and was stopped.",
                    "Its @task functions run to build the data sets; check what they wait for.",
                    "",
                    e);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Python could not be started: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
    }

    private static List<EvalTask> tasks(ProcessResult result, Path path) {
        ListingDocument document;
        try {
            document = ListingDocument.parse(result.stdout());
        } catch (JsonProcessingException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.FAILED,
                    "Python ended without an answer while it read " + path + " (exit code " + result.exitCode() + ").",
                    "The details show what it said.",
                    result.err(),
                    e);
        }
        document.error().ifPresent(problem -> {
            throw failure(problem);
        });
        return document.tasks();
    }

    private static ExpectedFailure failure(LoadProblem problem) {
        String place = problem.place();
        ExpectedFailure failure =
                switch (problem.kind()) {
                    case "file_missing" ->
                        ExpectedFailure.notFound(problem.message(), "Check the path; a task file is a .py file.");
                    case "task_missing" ->
                        ExpectedFailure.notFound(problem.message(), "Name one of its tasks, as in evals.py@task.");
                    case "not_a_task_file" ->
                        ExpectedFailure.failed(problem.message(), "Choose a file with a function that has @task.");
                    case "inspect_missing" ->
                        ExpectedFailure.failed(
                                "Inspect could not be imported. " + problem.message(),
                                "Run jpackage/run once, or install it: pip install inspect-ai");
                    case "syntax_error" ->
                        ExpectedFailure.failed(
                                "Python can not read " + place + ": " + problem.message(),
                                "Correct that line and read the file again.");
                    default ->
                        ExpectedFailure.failed(
                                "The task file failed at " + place + ": " + problem.message(),
                                "Correct the file, or choose the Python that has what it imports with CORRAL_PYTHON.");
                };
        return failure.withDetails(problem.traceback());
    }

    private static Key key(Path file, Optional<String> task, Path python) {
        try {
            return new Key(file, task, Files.getLastModifiedTime(file), Files.size(file), python);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
