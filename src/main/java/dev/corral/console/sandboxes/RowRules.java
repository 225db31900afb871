package dev.corral.console.sandboxes;

import dev.corral.console.page.Action;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.Openable;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What can be done with the chosen row. Pure.
 *
 * @param obstacles why an action makes no sense, for those that make none
 * @param main      the row's main action: what Enter and a double-click do; empty when they fold the row
 * @param pinned    whether its sandbox is pinned
 */
public record RowRules(Map<Action, String> obstacles, Optional<Action> main, boolean pinned) {

    /** The actions on rows. */
    public static final List<Action> ROW_ACTIONS = List.of(
            Action.OPEN,
            Action.START,
            Action.SOLVE,
            Action.TERMINAL,
            Action.UP,
            Action.RESUME,
            Action.HALT,
            Action.RELOAD,
            Action.SUSPEND,
            Action.PROVISION,
            Action.SNAPSHOTS,
            Action.TAKE_BACK,
            Action.CANCEL,
            Action.LOG,
            Action.VAGRANTFILE,
            Action.EDIT_VAGRANTFILE,
            Action.PIN,
            Action.KEEP_AND_LOOK,
            Action.COPY,
            Action.SHOW_IN_STRAYS,
            Action.DESTROY,
            Action.READ_AGAIN,
            Action.CLOSE_TASK_FILE);

    private static final String NO_FILE = "Choose an eval of an open task file";
    private static final String NO_SANDBOX = "There is no sandbox yet";

    /** Judges a row of which this window does nothing to the VMs. */
    public static RowRules of(Optional<Row> row, Predicate<String> cancellable) {
        return of(row, cancellable, MachineWork.none());
    }

    /**
     * Judges a row.
     *
     * @param cancellable says whether this window does something on a sandbox that can be stopped
     * @param work        what this window does to VMs
     */
    public static RowRules of(Optional<Row> row, Predicate<String> cancellable, MachineWork work) {
        Map<Action, String> obstacles = new EnumMap<>(Action.class);
        if (row.isEmpty()) {
            ROW_ACTIONS.forEach(action -> obstacles.put(action, "Choose a row first"));
            return new RowRules(obstacles, Optional.empty(), false);
        }
        Subject subject = row.get().subject();
        Optional<SandboxView> sandbox = subject.sandbox();
        start(subject).ifPresent(why -> obstacles.put(Action.START, why));
        solve(subject).ifPresent(why -> obstacles.put(Action.SOLVE, why));
        obstacles.putAll(MachineRules.obstacles(subject, work));
        Openable.terminal(terminalMachine(subject)).ifPresent(why -> obstacles.put(Action.TERMINAL, why));
        if (sandbox.isEmpty()) {
            obstacles.put(Action.CANCEL, NO_SANDBOX);
            obstacles.put(Action.PIN, NO_SANDBOX);
            obstacles.put(Action.COPY, NO_SANDBOX);
            obstacles.put(Action.SHOW_IN_STRAYS, NO_SANDBOX);
        } else {
            SandboxRules.cancel(sandbox.get(), cancellable).ifPresent(why -> obstacles.put(Action.CANCEL, why));
            if (sandbox.get().manifest().isEmpty()) {
                obstacles.put(Action.PIN, "It has no manifest of Corral");
            }
        }
        if (subject.taskFile().isEmpty()) {
            obstacles.put(Action.READ_AGAIN, NO_FILE);
            obstacles.put(Action.CLOSE_TASK_FILE, NO_FILE);
        }
        destroy(subject, work).ifPresent(why -> obstacles.put(Action.DESTROY, why));
        Openable.log(story(subject)).ifPresent(why -> obstacles.put(Action.LOG, why));
        if (subject.vagrantfile().isEmpty()) {
            obstacles.put(Action.VAGRANTFILE, "It has no Vagrantfile");
        }
        if (subject.vagrantfile().isEmpty() && subject.original().isEmpty()) {
            obstacles.put(
                    Action.EDIT_VAGRANTFILE,
                    subject instanceof Subject.Eval
                            ? "Its samples have no Vagrantfile, or not all the same: choose a sample"
                            : "It has no Vagrantfile");
        }
        if (!failed(subject)
                || obstacles.containsKey(Action.START)
                        && story(subject).flatMap(SandboxView::manifest).isEmpty()) {
            obstacles.put(Action.KEEP_AND_LOOK, "Its start did not fail");
        }
        return new RowRules(
                obstacles,
                main(subject, obstacles, sandbox.flatMap(work::on).isPresent()),
                sandbox.map(SandboxView::pinned).orElse(false));
    }

    /** What the row's button does: its main action, or for an eval whose file has changed, reading that again. */
    public static Optional<Action> button(Row row, RowRules rules) {
        boolean stale = row.subject()
                .taskFile()
                .filter(file -> file instanceof TaskFile.Loaded loaded
                        && !loaded.stale().isEmpty())
                .isPresent();
        return rules.main().or(() -> stale ? Optional.of(Action.READ_AGAIN) : Optional.empty());
    }

    /** The sandbox whose story the row tells: its own, or that of the last failed start. */
    public static Optional<SandboxView> story(Subject subject) {
        return switch (subject) {
            case Subject.Sample sample -> sample.sandbox().or(sample::lastFailed);
            case Subject.Sandbox sandbox -> Optional.of(sandbox.view());
            default -> subject.sandbox();
        };
    }

    /** Whether the row's last start failed. */
    public static boolean failed(Subject subject) {
        return story(subject)
                .map(view -> view.operation().flatMap(OperationView::failure).isPresent()
                        && view.state() != SandboxState.READY
                        && !view.state().changing())
                .orElse(false);
    }

    private static Optional<String> start(Subject subject) {
        return switch (subject) {
            case Subject.Sample sample
            when sample.definition().flatMap(EvalSample::sandbox).isPresent() -> Optional.empty();
            case Subject.Sample sample ->
                Optional.of(
                        sample.definition().isPresent()
                                ? "The sample asks for no Vagrant sandbox"
                                : "Open its task file first");
            case Subject.Sandbox sandbox
            when sandbox.ended() && sandbox.view().manifest().isPresent() -> Optional.empty();
            default -> Optional.of("Choose a sample");
        };
    }

    private static Optional<String> solve(Subject subject) {
        if (subject instanceof Subject.Eval eval) {
            if (eval.file().isEmpty() || eval.definition().isEmpty()) {
                return Optional.of("Open its task file first");
            }
            return eval.definition().get().samples().stream()
                            .anyMatch(sample -> sample.sandbox().isPresent())
                    ? Optional.empty()
                    : Optional.of("No sample of it asks for a Vagrant sandbox");
        }
        if (!(subject instanceof Subject.Sample sample)) {
            return Optional.of("Choose a sample or an eval");
        }
        return sample.file().isEmpty() ? Optional.of("Open its task file first") : start(subject);
    }

    /** The machine whose terminal the row opens. */
    public static Optional<MachineView> terminalMachine(Subject subject) {
        return switch (subject) {
            case Subject.Machine machine -> Optional.of(machine.view());
            default -> subject.sandbox().flatMap(dev.corral.console.work.SandboxCommands::primary);
        };
    }

    private static Optional<String> destroy(Subject subject, MachineWork work) {
        if (subject instanceof Subject.Group group && group.kind() == Subject.GroupKind.STRAYS) {
            return Optional.empty();
        }
        return subject.sandbox().map(view -> SandboxRules.destroy(view, work)).orElse(Optional.of(NO_SANDBOX));
    }

    private static Optional<Action> main(Subject subject, Map<Action, String> obstacles, boolean working) {
        if (subject instanceof Subject.File file && file.file() instanceof TaskFile.Failed) {
            return Optional.of(Action.READ_AGAIN);
        }
        if (subject instanceof Subject.Eval || subject instanceof Subject.Group || subject instanceof Subject.File) {
            return Optional.empty();
        }
        boolean runs = terminalMachine(subject)
                .map(machine -> machine.state() == MachineState.RUNNING)
                .orElse(false);
        boolean changing = working
                || subject.sandbox().map(view -> view.state().changing()).orElse(false);
        boolean cancelled = story(subject).map(States::cancelled).orElse(false);
        boolean several =
                subject instanceof Subject.Sample sample && sample.sandboxes().size() > 1;
        List<Action> order = several
                ? List.of()
                : runs && !changing
                        ? List.of(Action.TERMINAL, Action.LOG)
                        : changing
                                ? List.of(Action.LOG)
                                : failed(subject) && !cancelled
                                        ? List.of(Action.LOG, Action.START)
                                        : List.of(Action.TERMINAL, Action.RESUME, Action.UP, Action.START, Action.LOG);
        return order.stream().filter(action -> !obstacles.containsKey(action)).findFirst();
    }
}
