package dev.corral.cli.solve;

import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.TaskReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample that a command names.
 *
 * @param task   its task
 * @param sample the sample
 */
record SolveSample(EvalTask task, EvalSample sample) {

    /** All samples of a task file or task; running it runs its Python code. */
    static List<SolveSample> all(Corral corral, TaskReference reference) {
        return corral.taskFiles().load(reference.file(), reference.task()).stream()
                .flatMap(task -> task.samples().stream().map(one -> new SolveSample(task, one)))
                .toList();
    }

    /**
     * The one that is meant.
     *
     * @param id its id; null: the only one
     * @throws ExpectedFailure if none or several fit
     */
    static SolveSample find(Corral corral, TaskReference reference, @Nullable String id) {
        List<SolveSample> fitting = all(corral, reference).stream()
                .filter(found -> id == null || found.sample().id().equals(id))
                .toList();
        if (fitting.size() != 1) {
            String samples = "corral list samples " + reference + " shows them.";
            throw fitting.isEmpty()
                    ? ExpectedFailure.notFound(
                            reference + (id == null ? " has no samples." : " has no sample " + id + "."), samples)
                    : ExpectedFailure.usage(
                            fitting.size() + " samples fit.", "Name the task and one with --sample ID; " + samples);
        }
        return fitting.getFirst();
    }
}
