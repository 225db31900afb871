package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.SandboxSpec;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The sample of a golden run, and how it is run for a replay.
 *
 * @param task   its task
 * @param sample the sample
 */
public record GoldenSample(EvalTask task, EvalSample sample) {
    private static final String WHO = "golden run";

    /**
     * The sample that a golden run is about. Runs the code of its task file; blocks meanwhile.
     *
     * @param file where the golden run lies
     * @throws ExpectedFailure if the task file can't be read, or has none or several such samples
     */
    public static GoldenSample find(TaskFiles files, Golden golden, Path file) {
        Path taskFile = GoldenFile.taskFile(golden, file);
        List<GoldenSample> fitting =
                files.load(taskFile, Optional.of(golden.task()).filter(name -> !name.isEmpty())).stream()
                        .flatMap(task -> task.samples().stream()
                                .filter(one -> one.id().equals(golden.sample()))
                                .map(one -> new GoldenSample(task, one)))
                        .toList();
        if (fitting.size() != 1) {
            throw ExpectedFailure.notFound(
                    taskFile + " has " + (fitting.isEmpty() ? "no sample " : "more than one sample ") + golden.sample()
                            + ".",
                    "See that the golden run names the task and the sample as they are called now.");
        }
        return fitting.getFirst();
    }

    /**
     * For a replay with a score.
     *
     * @param model     the model, for scorers that need one
     * @param logFolder where the log goes; empty: to the session
     */
    public SolveRequest request(Golden golden, Optional<String> model, Optional<String> logFolder) {
        return new SolveRequest(
                task.file(),
                task.name(),
                sample.id(),
                WHO,
                new SolveOptions(
                        golden.user(),
                        false,
                        false,
                        Optional.empty(),
                        golden.answer().isPresent(),
                        0,
                        model,
                        logFolder));
    }

    /**
     * For a replay without a score.
     *
     * @param keep whether the sandbox stays
     * @throws ExpectedFailure if the sample has no Vagrant sandbox
     */
    public StartRequest start(boolean keep) {
        SandboxSpec spec = sample.sandbox()
                .orElseThrow(() -> ExpectedFailure.usage(
                        "Sample " + sample.id() + " has no vagrant sandbox.",
                        "Give its task or sample sandbox=\"vagrant\"."));
        return new StartRequest(
                spec.vagrantfile(),
                spec.primary(),
                spec.env(),
                Optional.empty(),
                false,
                Manifest.Origin.sample(task.name(), task.file().toString(), sample.id()),
                Optional.empty(),
                keep,
                sample.needsPreparation());
    }
}
