package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Rows;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what exists. Starts no Vagrant. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows evals, samples, sandboxes or VMs.",
        subcommands = {
            ListCommand.Evals.class,
            ListCommand.Samples.class,
            ListCommand.Sandboxes.class,
            ListCommand.Vms.class
        },
        footerHeading = "%nExamples:%n",
        footer = {"  corral list samples evals.py", "  corral list sandboxes", "  corral list vms --json"})
final class ListCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to list: evals, samples, sandboxes or vms.");
    }

    /** What all listings share. */
    abstract static class Listing implements Callable<Integer> {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        /** The rows as JSON values. */
        abstract List<? extends Rows.Row> rows(Corral corral);

        abstract List<String> header();

        /** The exit code once the rows are known. */
        int exitCode() {
            return ExitCode.DONE;
        }

        @Override
        public final Integer call() {
            Output output = new Output();
            try (Corral corral = Core.open()) {
                List<? extends Rows.Row> rows = rows(corral);
                if (json) {
                    output.json(rows);
                } else if (rows.isEmpty() && exitCode() == ExitCode.DONE) {
                    output.message("There are none.");
                } else if (rows.isEmpty()) {
                    output.message("Mend the task file and try again.");
                } else {
                    output.table(header(), rows.stream().map(Rows.Row::cells).toList());
                }
            }
            return exitCode();
        }

        /** The inventory; says on standard error what could not be read. */
        static Inventory inventory(Corral corral) {
            Inventory inventory = corral.inventory().refresh();
            Output output = new Output();
            inventory.problems().forEach(output::message);
            return inventory;
        }

        static List<EvalTask> tasks(Corral corral, List<String> references) {
            List<EvalTask> tasks = new ArrayList<>();
            for (String text : references) {
                TaskReference reference = TaskReference.parse(text);
                tasks.addAll(corral.taskFiles().load(reference.file(), reference.task()));
            }
            Output output = new Output();
            tasks.forEach(task -> {
                task.warnings().forEach(output::message);
                task.problem().ifPresent(problem -> output.message(task.name() + ": " + problem.message()));
            });
            return tasks;
        }
    }

    @Command(
            name = "evals",
            mixinStandardHelpOptions = true,
            description = "Shows the evals of task files; without any, those that sandboxes belong to.")
    static final class Evals extends Listing {
        @Parameters(
                paramLabel = "TASKFILE",
                arity = "0..*",
                description = "Task files, FILE.py or FILE.py@TASK, or folders of them.")
        private List<String> files = new ArrayList<>();

        @Override
        List<? extends Rows.Row> rows(Corral corral) {
            return Rows.evals(tasks(corral, files), inventory(corral), files.isEmpty());
        }

        @Override
        List<String> header() {
            return List.of("TASK", "STATE", "SAMPLES", "FILE");
        }
    }

    @Command(
            name = "samples",
            mixinStandardHelpOptions = true,
            description = "Shows the samples of task files; without any, those that sandboxes belong to.")
    static final class Samples extends Listing {
        @Parameters(
                paramLabel = "TASKFILE",
                arity = "0..*",
                description = "Task files, FILE.py or FILE.py@TASK, or folders of them.")
        private List<String> files = new ArrayList<>();

        private int exitCode = ExitCode.DONE;

        @Override
        List<? extends Rows.Row> rows(Corral corral) {
            List<EvalTask> tasks = tasks(corral, files);
            long broken =
                    tasks.stream().filter(task -> task.problem().isPresent()).count();
            // Samples of an eval that could not be loaded are missing here, and no row says so.
            exitCode = broken == 0 ? ExitCode.DONE : broken == tasks.size() ? ExitCode.FAILED : ExitCode.PARTLY;
            return Rows.samples(tasks, inventory(corral), files.isEmpty());
        }

        @Override
        int exitCode() {
            return exitCode;
        }

        @Override
        List<String> header() {
            return List.of("TASK", "SAMPLE", "STATE", "INPUT");
        }
    }

    @Command(
            name = "sandboxes",
            mixinStandardHelpOptions = true,
            description = "Shows the sandboxes in the sandbox cache directory.")
    static final class Sandboxes extends Listing {
        @Override
        List<? extends Rows.Row> rows(Corral corral) {
            return inventory(corral).sandboxes().stream().map(Rows::sandbox).toList();
        }

        @Override
        List<String> header() {
            return List.of("SANDBOX", "STATE", "KEPT BY", "VMS", "TASK", "SAMPLE", "OWNER");
        }
    }

    @Command(name = "vms", mixinStandardHelpOptions = true, description = "Shows every VM of every sandbox.")
    static final class Vms extends Listing {
        @Override
        List<? extends Rows.Row> rows(Corral corral) {
            return inventory(corral).sandboxes().stream()
                    .flatMap(sandbox -> sandbox.machines().stream().map(machine -> Rows.vm(sandbox, machine)))
                    .toList();
        }

        @Override
        List<String> header() {
            return List.of("SANDBOX", "VM", "STATE", "PROVIDER", "ADDRESS", "TASK", "SAMPLE", "OWNER");
        }
    }
}
