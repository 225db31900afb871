package dev.corral.core.inspect.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.OutputTooLong;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Runs our scripts in the user's Python, and puts what goes wrong there into words. Thread-safe. */
final class PythonScripts {
    private final Environment environment;
    private final ListingHelper helper = new ListingHelper();

    PythonScripts(Environment environment) {
        this.environment = environment;
    }

    /**
     * Runs one to its end. Blocks.
     *
     * @param about the task file or folder that it reads, for messages
     * @throws ExpectedFailure if it does not start or does not end in time
     */
    ProcessResult run(Path python, String script, List<String> arguments, Path about, Duration limit) {
        List<String> command =
                new ArrayList<>(List.of(python.toString(), helper.script(script).toString()));
        command.addAll(arguments);
        // Reading a task file leaves no traces beside it.
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        variables.put("PYTHONIOENCODING", "utf-8");
        try {
            return Processes.run(command, null, variables, new byte[0], limit);
        } catch (TimeoutException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.TIMED_OUT,
                    "Reading " + about + " took longer than " + limit.toMinutes() + " minutes and was stopped.",
                    "Its @task functions run to build the data sets; check what they wait for.",
                    "",
                    e);
        } catch (OutputTooLong e) {
            throw ExpectedFailure.failed(
                    "What " + about + " says of its samples is too long to be read: " + e.getMessage() + ".",
                    "Open a task with fewer or shorter samples.",
                    e);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Python could not be started: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
    }

    /** The failure of a script that printed something else than its document. */
    static ExpectedFailure noAnswer(ProcessResult result, Path about, JsonProcessingException cause) {
        return new ExpectedFailure(
                ExpectedFailure.Kind.FAILED,
                "Python ended without an answer while it read " + about + " (exit code " + result.exitCode() + ").",
                "The details show what it said.",
                result.err(),
                cause);
    }

    /** A script's problem in our words. */
    static ExpectedFailure failure(LoadProblem problem) {
        String place = problem.place();
        ExpectedFailure failure =
                switch (problem.kind()) {
                    case "file_missing" ->
                        ExpectedFailure.notFound(problem.message(), "Check the path; a task file is a .py file.");
                    case "task_missing" ->
                        ExpectedFailure.notFound(problem.message(), "Name one of its tasks, as in evals.py@task.");
                    case "sample_missing" ->
                        ExpectedFailure.notFound(
                                problem.message(), "Read the task file again, then choose one that it has.");
                    case "not_a_task_file" ->
                        ExpectedFailure.failed(problem.message(), "Choose a file with a function that has @task.");
                    case "inspect_missing" ->
                        ExpectedFailure.failed(
                                "Inspect could not be imported. " + problem.message(),
                                "Run jpackage/run once, or install it: pip install inspect-ai");
                    case "content_unreadable" ->
                        ExpectedFailure.failed(
                                problem.message(),
                                "Correct the sample in the task file or its data set, or start it without its files and setup.");
                    case "too_large" ->
                        ExpectedFailure.failed(
                                problem.message(),
                                "Put them into the box or a provisioner, or start the sample without its files and setup.");
                    case "setting_wrong" -> ExpectedFailure.usage(problem.message(), "Correct it, or leave it out.");
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
}
