package dev.corral.console.sandboxes.details;

import dev.corral.console.page.Action;
import dev.corral.console.sandboxes.MachineRules;
import dev.corral.console.sandboxes.Subject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.MachineView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which actions the details offer as buttons, and which behind More. Pure. */
public final class DetailButtons {
    /** Behind More, when they make sense for the row at all. */
    public static final List<Action> MORE = List.of(
            Action.UP, Action.RESUME, Action.HALT, Action.RELOAD, Action.SUSPEND, Action.PROVISION, Action.SNAPSHOTS);

    private static final Set<MachineState> ON =
            EnumSet.of(MachineState.RUNNING, MachineState.UNKNOWN, MachineState.FAILED);

    private DetailButtons() {}

    /**
     * The buttons of a row, in their order.
     *
     * @param cancellable whether something is under way that can be stopped
     */
    public static List<Action> of(Subject subject, boolean cancellable) {
        boolean changing = cancellable
                || !(subject instanceof Subject.Machine)
                        && subject.sandbox()
                                .filter(view -> view.state().changing())
                                .isPresent();
        return switch (subject) {
            case Subject.Sandbox sandbox
            when sandbox.ended() -> List.of(Action.START, Action.LOG, Action.VAGRANTFILE, Action.EDIT_VAGRANTFILE);
            case Subject.Machine machine -> vms(subject, changing);
            case Subject.Sample sample -> vms(subject, changing);
            case Subject.Sandbox sandbox -> vms(subject, changing);
            case Subject.Group group -> group.kind() == Subject.GroupKind.STRAYS ? List.of(Action.DESTROY) : List.of();
            case Subject.File file -> List.of(Action.READ_AGAIN, Action.CLOSE_TASK_FILE);
            case Subject.Eval eval -> {
                List<Action> wanted = new ArrayList<>();
                eval.original().ifPresent(file -> wanted.add(Action.EDIT_VAGRANTFILE));
                if (eval.opened().isPresent()) {
                    wanted.addAll(List.of(Action.READ_AGAIN, Action.CLOSE_TASK_FILE));
                }
                yield List.copyOf(wanted);
            }
        };
    }

    private static List<Action> vms(Subject subject, boolean changing) {
        List<MachineView> machines =
                MachineRules.machines(subject).map(all -> all.existing()).orElse(List.of());
        List<Action> wanted = new ArrayList<>();
        wanted.add(Action.TERMINAL);
        if (changing) {
            wanted.add(Action.CANCEL);
        } else {
            if (machines.stream().anyMatch(machine -> machine.state() == MachineState.PAUSED)) {
                wanted.add(Action.RESUME);
            }
            if (machines.stream().anyMatch(machine -> machine.state() == MachineState.STOPPED)) {
                wanted.add(Action.UP);
            }
            if (machines.stream().anyMatch(machine -> ON.contains(machine.state()))) {
                wanted.add(Action.HALT);
            }
            if (subject instanceof Subject.Sample) {
                wanted.add(Action.START);
            }
        }
        if (MachineRules.canBeTakenBack(subject)) {
            wanted.add(Action.TAKE_BACK);
        }
        wanted.addAll(List.of(
                Action.LOG,
                Action.VAGRANTFILE,
                Action.EDIT_VAGRANTFILE,
                Action.PIN,
                Action.SHOW_IN_STRAYS,
                Action.DESTROY));
        return List.copyOf(wanted);
    }

    /** Whether there is something behind More. */
    static boolean more(Subject subject) {
        return MachineRules.machines(subject)
                .filter(machines -> !machines.existing().isEmpty())
                .isPresent();
    }

    /** The actions that stand out as the row's main one when they are. */
    static boolean mayBeMain(Optional<Action> main) {
        return main.filter(Set.of(Action.TERMINAL, Action.START, Action.UP, Action.RESUME)::contains)
                .isPresent();
    }
}
