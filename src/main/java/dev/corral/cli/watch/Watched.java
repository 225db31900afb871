package dev.corral.cli.watch;

import dev.corral.cli.code.CodeUpdateText;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.ProblemLines;
import dev.corral.cli.output.Progress;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.check.VagrantfileProblem;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import dev.corral.core.vagrantfile.hook.Selection;
import dev.corral.core.vagrantfile.watch.SaveWatch;
import dev.corral.core.vagrantfile.watch.SavedFiles;
import dev.corral.core.vagrantfile.watch.Steps;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** A Vagrantfile that is watched, and the sandbox that was made from it. Blocks; for one thread. */
final class Watched implements SaveWatch.Hands {
    private final Corral corral;
    private final String sandbox;
    private final ResolveRequest request;
    private final SavedFiles files;
    private final Output output;
    private String said = "";

    /**
     * @param sandbox the sandbox's full id; empty where only the file is watched
     * @param request asks what the file means
     * @param files   notices saves; learns which files matter
     */
    Watched(Corral corral, String sandbox, ResolveRequest request, SavedFiles files, Output output) {
        this.corral = corral;
        this.sandbox = sandbox;
        this.request = request;
        this.files = files;
        this.output = output;
    }

    SavedFiles files() {
        return files;
    }

    @Override
    public Optional<Steps> look() {
        try {
            Resolution resolution = corral.vagrantfiles().examine(request);
            Steps steps = Steps.of(resolution);
            files.cover(resolution, steps);
            List<VagrantfileProblem> problems = corral.language()
                    .problems(request.vagrantfile(), ProblemLines.text(request.vagrantfile()), Optional.of(resolution));
            problems.forEach(one -> output.line(ProblemLines.line(one)));
            if (problems.stream().anyMatch(one -> one.severity() == Severity.ERROR)
                    || resolution.anyFailure().isPresent()) {
                return Optional.empty();
            }
            if (problems.isEmpty()) {
                output.message("Nothing is wrong with it.");
            }
            tellDifferences();
            return Optional.of(steps);
        } catch (ExpectedFailure e) {
            output.failure(e);
            return Optional.empty();
        }
    }

    private void tellDifferences() {
        if (sandbox.isEmpty()) {
            return;
        }
        String now;
        try {
            now = corral.operations().differences(sandbox, Optional.empty()).stream()
                    .filter(one -> one.needs() != Needs.NOTHING)
                    .map(Watched::words)
                    .collect(Collectors.joining("\n"));
        } catch (ExpectedFailure e) {
            now = e.getMessage();
        }
        if (!now.equals(said)) {
            said = now;
            now.lines().forEach(output::message);
        }
    }

    private static String words(Difference one) {
        return "Saved and not active: " + (one.machine().isEmpty() ? "" : one.machine() + ": ") + one.key() + ", needs "
                + one.needs().word() + (one.provisioner() == 0 ? "" : " from " + one.provisioner());
    }

    @Override
    public void rerun(String machine, SortedSet<Integer> positions, IntConsumer failing) {
        Selection selection =
                Selection.only(positions.stream().mapToInt(Integer::intValue).toArray());
        output.message("Runs again in " + machine + ": " + selection.words());
        CodeUpdateText.print(CodeUpdateText.perform(corral, sandbox, output), output::message);
        Operation run = corral.operations()
                .run(
                        sandbox,
                        machine,
                        MachineVerb.provision(selection),
                        line -> output.message((line.machine().isEmpty() ? "" : line.machine() + ": ") + line.text()));
        try {
            Progress.awaitQuietly(run, output);
        } catch (ExpectedFailure e) {
            run.failure()
                    .filter(why -> !why.beforeProvisioners())
                    .map(FailureView::position)
                    .ifPresent(failing::accept);
            throw e;
        }
        output.message("Ended well in " + machine + ": " + selection.words());
        tellDifferences();
    }

    @Override
    public void waits(ExpectedFailure why) {
        output.message("Waits: " + why.getMessage());
    }

    @Override
    public void failed(String machine, ExpectedFailure why) {
        output.failure(why);
    }
}
