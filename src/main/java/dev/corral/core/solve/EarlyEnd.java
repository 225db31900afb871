package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.control.HumanRun;
import dev.corral.core.inspect.launch.EvalLauncher;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.journal.SolveSession;
import java.io.IOException;
import java.util.Optional;

/** Ends what a session waits for before there is a human agent that could be told to quit. Blocks. */
final class EarlyEnd {
    private EarlyEnd() {}

    /**
     * Asks for it.
     *
     * @param process the run's process
     * @throws ExpectedFailure if it can't be asked, or holds more than this session's sample
     */
    static void of(SolveWorld world, SolveStatus status, ProcessIdentity process) {
        Optional<HumanRun> run = world.control(process).map(HumanRun::new);
        try {
            if (status.session().joined()) {
                sample(status, run);
                return;
            }
            if (run.isPresent()) {
                for (HumanRun.TaskRow task : run.get().tasks()) {
                    if (!task.done() && run.get().cancel(task.taskId())) {
                        return;
                    }
                }
            }
            EvalLauncher.interrupt(process);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The run of Inspect (process " + process.pid() + ") can't be asked to end.",
                    "End it with Ctrl-C where it was started, or: kill -INT " + process.pid(),
                    e);
        }
    }

    // A run that somebody else began may hold samples that are not this session's.
    private static void sample(SolveStatus status, Optional<HumanRun> run) throws IOException {
        SolveSession session = status.session();
        if (run.isPresent()) {
            for (HumanRun.TaskRow task : run.get().tasks()) {
                if (!task.done()
                        && task.human()
                        && task.task().equals(session.task())
                        && run.get().cancel(task.eval(), session.sample(), session.epoch())) {
                    return;
                }
            }
        }
        throw ExpectedFailure.failed("The run was begun elsewhere and holds other samples.", "End it there.");
    }
}
