package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Progress;
import dev.corral.cli.output.Rows;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.MeantVagrantfile;
import dev.corral.core.inspect.tasks.SandboxSpec;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts the sandbox of a sample, or of a Vagrantfile. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Starts the sandbox of one sample of a task file, or of a Vagrantfile. It stays until it is destroyed.",
        footerHeading = "%nExamples:%n",
        footer = {"  corral start evals.py@web_flag --sample sqli-01", "  corral start ./Vagrantfile"})
final class StartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TASKFILE[@TASK]",
            arity = "0..1",
            description = "A task file, whose Python code is run, or a Vagrantfile.")
    private String taskFile;

    @Option(names = "--vagrantfile", paramLabel = "FILE", description = "Start this Vagrantfile instead of a sample's.")
    private @Nullable Path vagrantfile;

    @Option(names = "--sample", paramLabel = "ID", description = "The sample's id.")
    private @Nullable String sample;

    @Option(names = "--primary", paramLabel = "NAME", description = "The primary machine, with or without suffix.")
    private @Nullable String primary;

    @Option(names = "--env", paramLabel = "K=V", description = "A variable for Vagrant; may be given more than once.")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(names = "--provider", paramLabel = "NAME", description = "The provider; default: Vagrant's choice.")
    private @Nullable String provider;

    @Option(names = "--keep-failed", description = "Keep the machines when the start fails.")
    private boolean keepFailed;

    @Option(
            names = "--no-setup",
            description =
                    "Leave out the sample's files and its setup script, which Inspect would bring into the machines.")
    private boolean noSetup;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What {@code start --json} prints. */
    record Started(String sandbox, String directory, List<Rows.MachineRow> machines, double seconds) {}

    @Override
    public Integer call() {
        Output output = new Output();
        if ((taskFile == null) == (vagrantfile == null)) {
            throw new ParameterException(spec.commandLine(), "Name a task file or a --vagrantfile, one of the two.");
        }
        try (Corral corral = Core.open()) {
            Instant begin = Instant.now();
            Operation workflow = corral.operations().start(request(corral));
            output.message("Starting sandbox " + workflow.sandbox());
            Progress.await(workflow, output);
            double seconds = Math.round(Duration.between(begin, Instant.now()).toMillis() / 100.0) / 10.0;
            SandboxView view = corral.inventory()
                    .refresh()
                    .sandbox(workflow.sandbox())
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "Sandbox " + workflow.sandbox() + " was removed right after its start.",
                            "Look who else cleans up in "
                                    + corral.inventory().current().cache() + "."));
            Started started = new Started(
                    view.id(),
                    view.directory().toString(),
                    view.machines().stream().map(Rows::machine).toList(),
                    seconds);
            if (json) {
                output.json(started);
            } else {
                output.line(view.id());
                output.message("Ready after " + seconds + " s. corral shell " + view.id() + " opens a shell in it.");
            }
            return ExitCode.DONE;
        }
    }

    private StartRequest request(Corral corral) {
        // Who names a Vagrantfile alone means that.
        Path named = vagrantfile != null
                ? vagrantfile
                : MeantVagrantfile.of(Path.of(taskFile)).orElse(null);
        if (named != null) {
            Manifest.Origin origin = new Manifest.Origin("", "", sample == null ? "" : sample, 0, "", "", "", 0, "");
            return new StartRequest(
                    named,
                    Optional.ofNullable(primary),
                    env,
                    Optional.ofNullable(provider),
                    keepFailed,
                    origin,
                    Optional.empty(),
                    true);
        }
        TaskReference reference = TaskReference.parse(taskFile);
        Found found = find(corral.taskFiles().load(reference.file(), reference.task()));
        SandboxSpec sandbox = found.sample
                .sandbox()
                .orElseThrow(() -> ExpectedFailure.failed(
                        "Sample " + found.sample.id() + " of " + found.task.name() + " has no vagrant sandbox.",
                        "Give its task or sample sandbox=\"vagrant\"."));
        Map<String, String> variables = new HashMap<>(sandbox.env());
        variables.putAll(env);
        return new StartRequest(
                sandbox.vagrantfile(),
                Optional.ofNullable(primary).or(sandbox::primary),
                variables,
                Optional.ofNullable(provider),
                keepFailed,
                Manifest.Origin.sample(found.task.name(), found.task.file().toString(), found.sample.id()),
                Optional.empty(),
                true,
                !noSetup && found.sample.needsPreparation());
    }

    private record Found(EvalTask task, EvalSample sample) {}

    private Found find(List<EvalTask> tasks) {
        List<Found> all = tasks.stream()
                .flatMap(task -> task.samples().stream().map(one -> new Found(task, one)))
                .toList();
        List<Found> matching = all.stream()
                .filter(found -> sample == null || found.sample.id().equals(sample))
                .toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        tasks.stream()
                .flatMap(task -> task.problem().stream())
                .findFirst()
                .filter(problem -> all.isEmpty())
                .ifPresent(problem -> {
                    throw ExpectedFailure.failed(problem.message(), "Mend the task file and try again.");
                });
        if (matching.isEmpty()) {
            throw ExpectedFailure.notFound(
                    sample == null ? taskFile + " has no samples." : taskFile + " has no sample " + sample + ".",
                    "corral list samples " + taskFile + " shows those it has.");
        }
        if (sample == null) {
            throw ExpectedFailure.usage(
                    taskFile + " has " + matching.size() + " samples.",
                    "Choose one with --sample ID; corral list samples " + taskFile + " shows them.");
        }
        throw ExpectedFailure.usage(
                "Sample " + sample + " is in more than one task: "
                        + String.join(
                                ", ",
                                matching.stream()
                                        .map(found -> found.task.name())
                                        .toList()) + ".",
                "Name the task: " + taskFile + "@TASK.");
    }
}
