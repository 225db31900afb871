package dev.corral.console.sandboxes;

import dev.corral.console.page.Action;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.Machines;
import dev.corral.console.work.Verb;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What can be asked of the VMs of a row, by their states. Pure. */
public final class MachineRules {
    /** The verbs, the one first that a row in that state offers first. */
    public static final Map<Action, Verb> VERBS = verbs();

    private static final Map<Action, Set<MachineState>> FITTING = Map.of(
            Action.UP, EnumSet.of(MachineState.STOPPED, MachineState.FAILED, MachineState.UNKNOWN),
            Action.RESUME, EnumSet.of(MachineState.PAUSED, MachineState.UNKNOWN),
            Action.HALT,
                    EnumSet.of(MachineState.RUNNING, MachineState.PAUSED, MachineState.FAILED, MachineState.UNKNOWN),
            Action.RELOAD, EnumSet.of(MachineState.RUNNING, MachineState.FAILED, MachineState.UNKNOWN),
            Action.SUSPEND, EnumSet.of(MachineState.RUNNING, MachineState.UNKNOWN),
            Action.PROVISION, EnumSet.of(MachineState.RUNNING, MachineState.FAILED, MachineState.UNKNOWN));

    private MachineRules() {}

    private static Map<Action, Verb> verbs() {
        Map<Action, Verb> verbs = new EnumMap<>(Action.class);
        verbs.put(Action.UP, Verb.UP);
        verbs.put(Action.RESUME, Verb.RESUME);
        verbs.put(Action.HALT, Verb.HALT);
        verbs.put(Action.RELOAD, Verb.RELOAD);
        verbs.put(Action.SUSPEND, Verb.SUSPEND);
        verbs.put(Action.PROVISION, Verb.PROVISION);
        return verbs;
    }

    /** The VMs that a row stands for: its own, or all of its one sandbox. */
    public static Optional<Machines> machines(Subject subject) {
        return subject.sandbox()
                .map(view -> new Machines(
                        view,
                        subject instanceof Subject.Machine machine
                                ? machine.view().name()
                                : ""));
    }

    /** The VM that Delete on a row is about when its sandbox has others: they stay. */
    public static Optional<Subject.Machine> oneOfSeveral(Subject subject) {
        return subject instanceof Subject.Machine machine
                        && !machine.view().id().isEmpty()
                        && new Machines(machine.owner(), "").existing().size() > 1
                ? Optional.of(machine)
                : Optional.empty();
    }

    /** Why verbs and snapshots make no sense, for those that make none. */
    public static Map<Action, String> obstacles(Subject subject, MachineWork work) {
        Map<Action, String> obstacles = new EnumMap<>(Action.class);
        for (Action action : VERBS.keySet()) {
            verb(action, subject, work).ifPresent(why -> obstacles.put(action, why));
        }
        busy(subject, work)
                .or(() -> existing(subject).stream().allMatch(machine -> machine.state() == MachineState.GONE)
                        ? Optional.of("The VM is gone")
                        : Optional.empty())
                .ifPresent(why -> obstacles.put(Action.SNAPSHOTS, why));
        takeBack(subject).ifPresent(why -> obstacles.put(Action.TAKE_BACK, why));
        return obstacles;
    }

    private static List<MachineView> existing(Subject subject) {
        return machines(subject).map(Machines::existing).orElse(List.of());
    }

    private static Optional<String> busy(Subject subject, MachineWork work) {
        if (existing(subject).isEmpty()) {
            return Optional.of("There is no VM yet");
        }
        return changing(subject.sandbox().orElseThrow(), work);
    }

    private static Optional<String> changing(SandboxView view, MachineWork work) {
        return view.state().changing()
                ? Optional.of("The sandbox is " + view.state().word())
                : work.on(view).map(doing -> "It is " + doing.word());
    }

    // By its name Vagrant makes one that is not there, as long as it is one of the sandbox's.
    private static Optional<SandboxView> mayBeMade(Subject subject) {
        return subject instanceof Subject.Machine machine
                        && machine.view().id().isEmpty()
                        && machine.view().state() == MachineState.NOT_CREATED
                ? Optional.of(machine.owner())
                        .filter(owner -> owner.state() != SandboxState.DESTROY_FAILED)
                        .filter(owner -> owner.manifest()
                                .filter(known -> known.machines()
                                                .contains(machine.view().name())
                                        || known.spare().contains(machine.view().name()))
                                .isPresent())
                : Optional.empty();
    }

    private static Optional<String> verb(Action action, Subject subject, MachineWork work) {
        Optional<SandboxView> makes = action == Action.UP ? mayBeMade(subject) : Optional.empty();
        if (makes.isPresent()) {
            return changing(makes.get(), work);
        }
        Optional<String> busy = busy(subject, work);
        List<MachineView> machines = existing(subject);
        if (busy.isPresent()
                || machines.stream().anyMatch(machine -> Objects.requireNonNull(FITTING.get(action))
                        .contains(machine.state()))) {
            return busy;
        }
        MachineState state = machines.getFirst().state();
        return Optional.of(
                switch (state) {
                    case RUNNING -> action == Action.RESUME ? "It is not suspended" : "It runs already";
                    case STOPPED ->
                        action == Action.HALT
                                ? "It is off already"
                                : action == Action.RESUME
                                        ? "It is off, not suspended: Up boots it"
                                        : "It is off: Up boots it";
                    case PAUSED -> "It is suspended: Resume goes on with it";
                    default -> "The VM is " + state.word();
                });
    }

    private static Optional<String> takeBack(Subject subject) {
        return subject.sandbox()
                .map(view -> view.manifest().isEmpty()
                        ? "It has no manifest of Corral"
                        : switch (view.liveness()) {
                            case STRAY -> "";
                            case LIVE -> "Its owner is alive";
                            case PINNED -> "It is pinned and stays";
                            case UNKNOWN -> "Whether its owner is alive is not known";
                        })
                .or(() -> Optional.of("There is no sandbox yet"))
                .filter(why -> !why.isEmpty());
    }

    /** Whether a row's sandbox is in nobody's hands and can be taken back. */
    public static boolean canBeTakenBack(Subject subject) {
        return subject.sandbox()
                .filter(view ->
                        view.liveness() == Liveness.STRAY && view.manifest().isPresent())
                .isPresent();
    }
}
