package dev.corral.console.vagrantfile.machines;

import dev.corral.console.work.MachineWork;
import dev.corral.console.work.Machines;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Why tools make no sense now. Pure. */
final class ToolRules {
    private static final Set<MachineState> ON =
            EnumSet.of(MachineState.RUNNING, MachineState.FAILED, MachineState.UNKNOWN);

    private ToolRules() {}

    /**
     * What decides.
     *
     * @param opened      whether a Vagrantfile is open
     * @param starting    whether a start of it has been asked for that has no sandbox yet
     * @param sandbox     the sandbox that is chosen
     * @param work        what this window does to machines
     * @param cancellable whether something is under way on it that can be stopped
     * @param clean       why there is no way back to the clean state; empty when there is
     * @param proving     whether a clean start is under way
     */
    record Situation(
            boolean opened,
            boolean starting,
            Optional<SandboxView> sandbox,
            MachineWork work,
            boolean cancellable,
            Optional<String> clean,
            boolean proving) {}

    /** The reasons, for those tools that make no sense. */
    static Map<Tool, String> obstacles(Situation now) {
        Map<Tool, String> obstacles = new EnumMap<>(Tool.class);
        for (Tool tool : Tool.values()) {
            obstacle(tool, now).ifPresent(why -> obstacles.put(tool, why));
        }
        return obstacles;
    }

    private static Optional<String> obstacle(Tool tool, Situation now) {
        if (!now.opened()) {
            return Optional.of("Open a Vagrantfile first");
        }
        return switch (tool) {
            case UP -> up(now);
            case PROVE -> now.proving() ? Optional.of("A clean start is under way") : Optional.empty();
            case CANCEL ->
                now.cancellable() ? Optional.empty() : Optional.of("Nothing is under way that can be stopped");
            case RESET -> missing(now).or(() -> busy(now)).or(now::clean);
            case DESTROY ->
                missing(now).or(() -> SandboxRules.destroy(now.sandbox().orElseThrow(), now.work()));
            case PROVISION, RELOAD -> missing(now).or(() -> busy(now)).or(() -> onOnly(now));
            case HALT ->
                missing(now)
                        .or(() -> busy(now))
                        .or(() -> any(now, EnumSet.of(MachineState.PAUSED)) ? Optional.empty() : onOnly(now));
            case SUSPEND -> missing(now).or(() -> busy(now)).or(() -> onOnly(now));
            case RESUME ->
                missing(now)
                        .or(() -> busy(now))
                        .or(() -> any(now, EnumSet.of(MachineState.PAUSED, MachineState.UNKNOWN))
                                ? Optional.empty()
                                : Optional.of("No VM is suspended"));
        };
    }

    private static Optional<String> up(Situation now) {
        if (now.sandbox().isEmpty()) {
            return now.starting() ? Optional.of("A start is under way") : Optional.empty();
        }
        SandboxView view = now.sandbox().get();
        Optional<String> busy = changing(view, now.work());
        if (busy.isPresent()) {
            return busy;
        }
        if (view.state() == SandboxState.DESTROY_FAILED) {
            return Optional.of("Its destroy failed: destroy it again");
        }
        List<MachineView> machines = view.machines();
        return !machines.isEmpty() && machines.stream().allMatch(machine -> machine.state() == MachineState.RUNNING)
                ? Optional.of("Every VM runs already: Provision or Reload uses what is saved now")
                : Optional.empty();
    }

    private static Optional<String> missing(Situation now) {
        return now.sandbox().isEmpty() ? Optional.of("There is no sandbox yet: Up starts one") : Optional.empty();
    }

    private static Optional<String> busy(Situation now) {
        SandboxView view = now.sandbox().orElseThrow();
        return changing(view, now.work())
                .or(() -> new Machines(view, "").existing().isEmpty()
                        ? Optional.of("There is no VM yet")
                        : Optional.empty());
    }

    private static Optional<String> changing(SandboxView view, MachineWork work) {
        return view.state().changing()
                ? Optional.of("The sandbox is " + view.state().word())
                : work.on(view).map(doing -> "It is " + doing.word());
    }

    private static Optional<String> onOnly(Situation now) {
        return any(now, ON) ? Optional.empty() : Optional.of("No VM of it runs: Up boots them");
    }

    private static boolean any(Situation now, Set<MachineState> states) {
        return new Machines(now.sandbox().orElseThrow(), "")
                .existing().stream().anyMatch(machine -> states.contains(machine.state()));
    }
}
