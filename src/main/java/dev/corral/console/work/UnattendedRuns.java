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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Does what was asked for earlier, when nobody may be there to answer a question: what would need one is not done, and that is said. For
 * the FX thread; what blocks runs elsewhere.
 */
public final class UnattendedRuns {
    private static final String CHANGED =
            "The Vagrantfile, or what it reads, has changed since you let it run, and not by a save here.";

    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final SandboxCommands sandboxes;
    private final MachineCommands machines;
    private final WaitingWork waiting;
    /** The sandboxes whose code was copied for a run that something held up. */
    private final Set<String> copied = new HashSet<>();

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
     * A verb, with the code as its original has it then. Tried again because something holds the sandbox, it does not copy again what it
     * has copied, unless something was saved meanwhile.
     *
     * @param original  the Vagrantfile that the sandbox was copied from; empty to take the code as it lies in the sandbox
     * @param selection which provisioners run
     */
    public WaitingWork.Work of(Verb verb, Machines those, Optional<Path> original, Selection selection) {
        return of(verb, those, original, selection, position -> {});
    }

    /**
     * The same.
     *
     * @param failing told the position of the provisioner that failed, or 0 where nobody knows it, before it is over; told nothing where
     *                none began
     */
    public WaitingWork.Work of(
            Verb verb, Machines those, Optional<Path> original, Selection selection, IntConsumer failing) {
        return over -> {
            Run run = new Run(verb, those, selection, title(verb, those, selection), failing, over);
            if (original.isEmpty()) {
                begin(run);
            } else {
                update(run, original.get());
            }
        };
    }

    private record Run(
            Verb verb,
            Machines those,
            Selection selection,
            String title,
            IntConsumer failing,
            Consumer<Optional<Throwable>> over) {
        String sandbox() {
            return those.sandbox().id();
        }
    }

    private void update(Run run, Path original) {
        boolean again = copied.contains(run.sandbox());
        sandboxes
                .readings()
                .known(
                        original,
                        trust -> again
                                        && corral.operations()
                                                .plannedUpdate(run.sandbox(), trust)
                                                .nothing()
                                ? Optional.<Operation>empty()
                                : Optional.of(corral.operations().updateCode(run.sandbox(), trust, update -> {})),
                        update -> update.ifPresentOrElse(
                                needed -> needed.ifPresentOrElse(
                                        operation -> follow(
                                                operation,
                                                run.those(),
                                                "Update code of " + Texts.line(run.sandbox()),
                                                "updating its code",
                                                failure -> {
                                                    if (failure.isEmpty()) {
                                                        copied.add(run.sandbox());
                                                        begin(run);
                                                    } else {
                                                        run.over().accept(failure);
                                                    }
                                                }),
                                        () -> begin(run)),
                                () -> neverBegun(
                                        run,
                                        ExpectedFailure.failed(
                                                CHANGED, "Do it once by hand: you are shown what it is now."))),
                        failure -> neverBegun(run, failure));
    }

    private void begin(Run run) {
        MachineVerb command = run.verb() == Verb.PROVISION
                ? MachineVerb.provision(run.selection())
                : run.verb().command();
        threads.background(
                command.word(),
                () -> corral.operations().run(run.sandbox(), run.those().machine(), command, line -> {}),
                operation ->
                        follow(operation, run.those(), run.title(), run.verb().doing(), failure -> {
                            if (failure.isPresent()) {
                                operation
                                        .failure()
                                        .filter(why -> !why.beforeProvisioners())
                                        .map(why -> why.cancelled() ? 0 : why.position())
                                        .ifPresent(run.failing()::accept);
                            }
                            ended(run, failure);
                        }),
                failure -> neverBegun(run, failure));
    }

    private void neverBegun(Run run, Throwable why) {
        tell(run.title(), why);
        ended(run, Optional.of(why));
    }

    private void ended(Run run, Optional<Throwable> failure) {
        if (failure.filter(WaitingWork::busy).isEmpty()) {
            copied.remove(run.sandbox());
        }
        run.over().accept(failure);
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
