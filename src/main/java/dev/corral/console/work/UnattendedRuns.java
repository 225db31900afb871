package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Does what was asked for earlier, when nobody may be there to answer a question: what would need one is not done, and that is said. For
 * the FX thread; what blocks runs elsewhere.
 */
public final class UnattendedRuns {
    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final SandboxCommands sandboxes;
    private final MachineCommands machines;
    private final WaitingWork waiting;

    UnattendedRuns(
            Corral corral,
            Threads threads,
            MessageCenter desk,
            SandboxCommands sandboxes,
            MachineCommands machines,
            WaitingWork waiting) {
        this.waiting = waiting;
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.sandboxes = sandboxes;
        this.machines = machines;
    }

    /** What a verb is called in notices and activities. */
    static String title(Verb verb, Machines those, Selection selection) {
        return verb.word() + " " + those.title() + (selection.all() ? "" : " " + Texts.line(selection.words()));
    }

    /** Does it when nothing else changes the sandbox any more; see {@link #of}. */
    void later(Verb verb, Machines those, Optional<Path> original, Selection selection) {
        waiting.add(
                those.sandbox(),
                verb.command().kind(),
                title(verb, those, selection),
                of(verb, those, original, selection));
    }

    /**
     * A verb, with the code as its original has it then.
     *
     * @param original  the Vagrantfile that the sandbox was copied from; empty to take the code as it lies in the sandbox
     * @param selection which provisioners run
     */
    public WaitingWork.Work of(Verb verb, Machines those, Optional<Path> original, Selection selection) {
        return over -> {
            String title = title(verb, those, selection);
            Consumer<Optional<Throwable>> ended = failure -> {
                failure.ifPresent(why -> tell(title, why));
                over.accept(failure);
            };
            if (original.isEmpty()) {
                run(verb, those, selection, title, ended, over);
            } else {
                update(verb, those, original.get(), selection, title, ended, over);
            }
        };
    }

    private void update(
            Verb verb,
            Machines those,
            Path original,
            Selection selection,
            String title,
            Consumer<Optional<Throwable>> neverBegun,
            Consumer<Optional<Throwable>> over) {
        String sandbox = those.sandbox().id();
        sandboxes
                .readings()
                .known(
                        original,
                        trust -> corral.operations().updateCode(sandbox, trust, update -> {}),
                        update -> update.ifPresentOrElse(
                                operation -> follow(
                                        operation,
                                        those,
                                        "Update code of " + Texts.line(sandbox),
                                        "updating its code",
                                        failure -> {
                                            if (failure.isEmpty()) {
                                                run(verb, those, selection, title, neverBegun, over);
                                            } else {
                                                over.accept(failure);
                                            }
                                        }),
                                () -> neverBegun.accept(Optional.of(ExpectedFailure.failed(
                                        "The Vagrantfile, or what it reads, has changed since you let it run, and not by a save here.",
                                        "Do it once by hand: you are shown what it is now.")))),
                        failure -> neverBegun.accept(Optional.of(failure)));
    }

    private void run(
            Verb verb,
            Machines those,
            Selection selection,
            String title,
            Consumer<Optional<Throwable>> neverBegun,
            Consumer<Optional<Throwable>> over) {
        MachineVerb command = verb == Verb.PROVISION ? MachineVerb.provision(selection) : verb.command();
        threads.background(
                command.word(),
                () -> corral.operations().run(those.sandbox().id(), those.machine(), command, line -> {}),
                operation -> follow(operation, those, title, verb.doing(), over),
                failure -> neverBegun.accept(Optional.of(failure)));
    }

    private void follow(
            Operation operation, Machines those, String title, String doing, Consumer<Optional<Throwable>> over) {
        // Whoever waits tries again.
        machines.follow(operation, those, title, doing, notice -> Optional.empty(), over);
    }

    // What began is told by who follows it.
    private void tell(String title, Throwable why) {
        if (!(why instanceof CancellationException) && !WaitingWork.busy(why)) {
            Problem problem = Problem.of(why);
            desk.tell(Notice.failure(
                            title + " was not begun. " + problem.sentence(), problem.nextStep(), problem.details())
                    .about(title));
        }
    }
}
