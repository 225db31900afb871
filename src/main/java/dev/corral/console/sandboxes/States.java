package dev.corral.console.sandboxes;

import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.PhaseKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Words, shapes and colours for states. Pure. */
public final class States {
    private static final List<SandboxState> BY_WEIGHT = List.of(
            SandboxState.FAILED,
            SandboxState.DESTROY_FAILED,
            SandboxState.INTERRUPTED,
            SandboxState.STARTING,
            SandboxState.DESTROYING,
            SandboxState.READY,
            SandboxState.DEGRADED,
            SandboxState.QUEUED,
            SandboxState.STOPPED,
            SandboxState.UNKNOWN);

    private States() {}

    /** How a machine's state looks. */
    public static StateStyle look(MachineState state) {
        return switch (state) {
            case RUNNING -> StateStyle.READY;
            case STARTING, PROVISIONING, DESTROYING -> StateStyle.CHANGING;
            case FAILED, GONE -> StateStyle.FAILED;
            case NOT_CREATED, STOPPED, PAUSED, UNKNOWN -> StateStyle.OFF;
        };
    }

    /** How a sandbox's state looks. */
    public static StateStyle look(SandboxState state) {
        return switch (state) {
            case READY -> StateStyle.READY;
            case STARTING, DESTROYING, DEGRADED -> StateStyle.CHANGING;
            case FAILED, DESTROY_FAILED -> StateStyle.FAILED;
            case INTERRUPTED -> StateStyle.STRAY;
            case QUEUED, STOPPED, UNKNOWN -> StateStyle.OFF;
        };
    }

    /** The state in words, with the phase under way or the cause of a failure. */
    public static String words(SandboxView view) {
        return switch (view.state()) {
            case FAILED -> cancelled(view) ? "cancelled" : failedIn(view);
            case STARTING ->
                view.operation()
                        .flatMap(OperationView::currentPhase)
                        .map(PhaseSpan::name)
                        .map(Texts::line)
                        .filter(phase -> !phase.isEmpty())
                        .map(phase -> view.state().word() + " · " + phase)
                        .orElse(view.state().word());
            case QUEUED ->
                view.detail().isEmpty() ? view.state().word() : view.state().word() + " · " + Texts.line(view.detail());
            default -> view.state().word();
        };
    }

    /** The phase in which the newest operation failed: {@code provision failed}. */
    public static String failedIn(SandboxView view) {
        return view.operation()
                .flatMap(OperationView::failure)
                .map(failure -> failure.in().kind() == PhaseKind.OTHER
                        ? failure.phase()
                        : failure.in().kind().words())
                .map(Texts::line)
                .filter(phase -> !phase.isEmpty())
                .map(phase -> phase + " failed")
                .orElse(SandboxState.FAILED.word());
    }

    /** Why the newest operation failed, one sentence; empty when it did not. */
    public static String cause(SandboxView view) {
        return view.operation()
                .flatMap(OperationView::failure)
                .filter(failure -> !failure.cancelled())
                .map(failure -> Texts.line(failure.sentence()))
                .orElse("");
    }

    /** Whether the newest operation was cancelled. */
    public static boolean cancelled(SandboxView view) {
        return view.operation()
                .flatMap(OperationView::failure)
                .map(failure -> failure.cancelled())
                .orElse(false);
    }

    /** What a part of a summary says, and its place in it. */
    private record Part(int weight, String word) {}

    /**
     * Several sandboxes in one line, the two states that matter most: {@code 1 start failed · 2 ready}.
     *
     * @param doing what is done to one right now, which counts for more than its state at the last look
     */
    static String summary(List<SandboxView> sandboxes, Function<SandboxView, Optional<String>> doing) {
        Map<Part, Integer> counts =
                new TreeMap<>(Comparator.comparingInt(Part::weight).thenComparing(Part::word));
        sandboxes.forEach(view -> counts.merge(
                doing.apply(view)
                        .map(word -> new Part(BY_WEIGHT.indexOf(SandboxState.STARTING), word))
                        .orElseGet(() -> new Part(
                                BY_WEIGHT.indexOf(view.state()), view.state().word())),
                1,
                Integer::sum));
        return counts.entrySet().stream()
                .limit(2)
                .map(part -> part.getValue() + " " + part.getKey().word())
                .collect(Collectors.joining(" · "));
    }

    /**
     * The look of several: failures first, then what changes, then what runs.
     *
     * @param doing what is done to one right now
     */
    static StateStyle summaryLook(List<SandboxView> sandboxes, Function<SandboxView, Optional<String>> doing) {
        List<StateStyle> looks = sandboxes.stream()
                .map(view -> doing.apply(view).isPresent() ? StateStyle.CHANGING : look(view.state()))
                .toList();
        for (StateStyle look : List.of(StateStyle.FAILED, StateStyle.CHANGING, StateStyle.READY)) {
            if (looks.contains(look)) {
                return look;
            }
        }
        return StateStyle.QUIET;
    }

    /** Whether it is in nobody's hands. */
    public static boolean stray(SandboxView view) {
        return view.liveness() == Liveness.STRAY;
    }

    /** The bytes of all machines, -1 when none is known. */
    public static long disk(SandboxView view) {
        long sum = -1;
        for (var machine : view.machines()) {
            if (machine.diskBytes() >= 0) {
                sum = Math.max(sum, 0) + machine.diskBytes();
            }
        }
        return sum;
    }

    /** The bytes of all sandboxes, -1 when none is known. */
    public static long disk(List<SandboxView> views) {
        long sum = -1;
        for (SandboxView view : views) {
            long disk = disk(view);
            if (disk >= 0) {
                sum = Math.max(sum, 0) + disk;
            }
        }
        return sum;
    }
}
