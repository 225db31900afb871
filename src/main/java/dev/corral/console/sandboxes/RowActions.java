package dev.corral.console.sandboxes;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.GuestAction;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inventory.SandboxView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Does what is asked of the chosen row: of its sandbox, its VMs or its sample. For the FX thread. */
final class RowActions {
    private final PageContext context;
    private final Supplier<Optional<Row>> row;
    private final BooleanSupplier byKey;

    /**
     * @param row   the chosen row
     * @param byKey whether the list has the focus, so that questions may be answered from there
     */
    RowActions(PageContext context, Supplier<Optional<Row>> row, BooleanSupplier byKey) {
        this.context = context;
        this.row = row;
        this.byKey = byKey;
    }

    /** Says what the commands do. */
    void install() {
        Actions actions = context.actions();
        actions.handle(Action.START, () -> start(false));
        actions.handle(Action.KEEP_AND_LOOK, () -> start(true));
        actions.handle(Action.SOLVE, () -> subject().ifPresent(this::solve));
        actions.handle(Action.TERMINAL, () -> subject().ifPresent(this::openTerminal));
        actions.handle(GuestAction.NEW_TERMINAL, () -> subject()
                .ifPresent(subject -> RowRules.terminalMachine(subject).ifPresent(machine -> context.dock()
                        .openAnotherTerminal(subject.sandbox().orElseThrow(), machine))));
        actions.handle(GuestAction.FILES, () -> subject().ifPresent(subject -> RowRules.terminalMachine(subject)
                .ifPresent(machine -> context.dock().openFiles(subject.sandbox().orElseThrow(), machine))));
        actions.handle(GuestAction.NETWORK, () -> sandbox().ifPresent(context.dock()::openNetwork));
        actions.handle(Action.CANCEL, () -> sandbox()
                .ifPresent(view -> context.commands().cancel(view.id())));
        actions.handle(Action.LOG, () -> subject().flatMap(RowRules::story).ifPresent(context.dock()::openLog));
        actions.handle(Action.VAGRANTFILE, () -> subject().ifPresent(this::openVagrantfile));
        actions.handle(Action.EDIT_VAGRANTFILE, () -> subject().ifPresent(this::editVagrantfile));
        actions.handle(
                Action.PIN, () -> sandbox().ifPresent(view -> context.commands().pin(view.id(), !view.pinned())));
        actions.handle(Action.COPY, () -> sandbox().ifPresent(view -> {
            Clipboards.copy(view.directory().toString());
            context.tell().accept(Notice.news("The directory's path is on the clipboard."));
        }));
        actions.handle(Action.SHOW_IN_STRAYS, () -> sandbox()
                .ifPresent(view -> context.navigation().go(new Reveal.Item(view.id()))));
        actions.handle(Action.DESTROY, () -> subject().ifPresent(this::destroy));
        MachineRules.VERBS.forEach((action, verb) -> actions.handle(
                action, () -> subject().flatMap(MachineRules::machines).ifPresent(machines -> context.machines()
                        .run(verb, machines))));
        actions.handle(Action.TAKE_BACK, () -> sandbox()
                .ifPresent(view -> context.machines().takeBack(List.of(view.id()))));
    }

    private Optional<Subject> subject() {
        return row.get().map(Row::subject);
    }

    private Optional<SandboxView> sandbox() {
        return subject().flatMap(Subject::sandbox);
    }

    private void solve(Subject subject) {
        if (subject instanceof Subject.Sample sample) {
            context.navigation().go(new Reveal.Sample(Path.of(sample.file()), sample.task(), sample.id()));
        } else if (subject instanceof Subject.Eval eval) {
            context.navigation().go(new Reveal.Samples(Path.of(eval.file()), eval.task()));
        }
    }

    private void openTerminal(Subject subject) {
        RowRules.terminalMachine(subject).ifPresent(machine -> context.dock()
                .openTerminal(subject.sandbox().orElseThrow(), machine));
    }

    private void destroy(Subject subject) {
        MachineRules.oneOfSeveral(subject)
                .ifPresentOrElse(
                        one -> context.machines().destroy(one.owner(), one.view(), byKey.getAsBoolean()),
                        () -> context.commands().destroy(subject.sandboxes(), byKey.getAsBoolean()));
    }

    private void start(boolean keepFailed) {
        subject()
                .ifPresent(subject -> Background.run(
                        "start-request",
                        () -> StartRequests.again(subject, RowActions::changedSince),
                        found -> found.ifPresent(request -> context.commands()
                                .start(
                                        request.withKeepFailed(keepFailed || request.keepFailed()),
                                        title(subject),
                                        id -> {})),
                        failure -> context.tell().accept(Notice.of(Problem.of(failure)))));
    }

    private static boolean changedSince(Path file, Instant time) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(time);
        } catch (IOException e) {
            // What can't be looked at is as it was.
            return false;
        }
    }

    /** What a start of a row is called. */
    static String title(Subject subject) {
        return subject instanceof Subject.Sample sample
                ? sample.task() + " · " + sample.id()
                : StartRequests.of(subject)
                        .map(request -> request.vagrantfile().getFileName().toString())
                        .orElse("");
    }

    private void openVagrantfile(Subject subject) {
        Optional<SandboxView> story = RowRules.story(subject);
        int line = story.map(SandboxRules::faultyLine).orElse(0);
        String name = story.map(SandboxView::id)
                .orElseGet(() -> subject instanceof Subject.Sample sample ? sample.id() : title(subject));
        subject.vagrantfile().ifPresent(file -> context.dock().openVagrantfile(name, file, line));
    }

    private void editVagrantfile(Subject subject) {
        int line = RowRules.story(subject).map(SandboxRules::faultyLine).orElse(0);
        context.navigation()
                .go(new Reveal.Vagrantfile(subject.original(), subject.vagrantfile(), line, forSample(subject)));
    }

    private static Optional<Reveal.ForSample> forSample(Subject subject) {
        return subject instanceof Subject.Sample sample
                ? sample.definition()
                        .flatMap(EvalSample::sandbox)
                        .map(spec -> new Reveal.ForSample(title(subject), spec.env()))
                : Optional.empty();
    }
}
