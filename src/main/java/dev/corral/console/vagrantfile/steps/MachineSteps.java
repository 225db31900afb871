package dev.corral.console.vagrantfile.steps;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The timeline of one machine: how it came up, and how each provisioner ran last. Pure.
 *
 * @param machine the machine
 * @param steps   its steps, in the order in which it takes them
 */
public record MachineSteps(KnownMachine machine, List<Step> steps) {
    private static final double LEAST_WIDTH = 0.012;

    private record Told(Optional<SandboxView> sandbox, StepTimes times, Instant now) {}

    /**
     * The timelines of several machines, their bars on one scale.
     *
     * @param sandbox the sandbox that they run in, if there is one
     * @param times   how long it took before
     * @param now     when
     */
    public static List<MachineSteps> of(
            List<KnownMachine> machines, Optional<SandboxView> sandbox, StepTimes times, Instant now) {
        List<MachineSteps> all = machines.stream()
                .map(machine -> new MachineSteps(machine, steps(machine, new Told(sandbox, times, now))))
                .toList();
        long longest = Math.max(
                1,
                all.stream()
                        .mapToLong(one -> one.steps.stream()
                                .mapToLong(MachineSteps::length)
                                .sum())
                        .max()
                        .orElse(1));
        return all.stream()
                .map(one -> new MachineSteps(one.machine, scaled(one.steps, longest)))
                .toList();
    }

    /** The names under which the times of steps are kept: those that stay when another step comes before them. */
    public static String kept(StepKey key, List<ResolvedMachine.Provisioner> file) {
        if (key.kind() != StepKey.Kind.PROVISIONER || key.position() == 0 || key.position() > file.size()) {
            return key.kind() + " " + key.position() + " " + key.words();
        }
        ResolvedMachine.Provisioner one = file.get(key.position() - 1);
        return one.name()
                .map(name -> key.kind() + " " + name)
                .orElseGet(() -> key.kind() + " " + key.position() + " " + one.type());
    }

    private static List<Step> steps(KnownMachine machine, Told told) {
        List<OperationView> operations = told.sandbox()
                .map(view -> StepRuns.operations(view, machine.fullName()))
                .orElse(List.of());
        Map<StepKey, StepRun> newest = newest(machine, told.sandbox());
        Set<StepKey> keys = new HashSet<>();
        keys.addAll(newest.keySet());
        if (expects(operations)) {
            keys.addAll(List.of(
                    StepKey.plain(StepKey.Kind.IMPORT),
                    StepKey.plain(StepKey.Kind.BOOT),
                    StepKey.plain(StepKey.Kind.SSH)));
        }
        for (int position = 1; position <= machine.provisioners().size(); position++) {
            keys.add(StepKey.provisioner(position));
        }
        return keys.stream()
                .sorted(order(newest))
                .map(key -> step(key, machine, Optional.ofNullable(newest.get(key)), told))
                .toList();
    }

    private static Map<StepKey, StepRun> newest(KnownMachine machine, Optional<SandboxView> sandbox) {
        Map<StepKey, StepRun> newest = new LinkedHashMap<>();
        Map<String, Map<StepKey, StepRun>> saved = new HashMap<>();
        List<OperationView> operations = sandbox.map(view -> StepRuns.withSnapshots(view, machine.fullName()))
                .orElse(List.of());
        for (OperationView operation : operations) {
            if (operation.kind() == OperationKind.SNAPSHOT_SAVE) {
                StepRuns.snapshot(operation).ifPresent(name -> saved.put(name, new LinkedHashMap<>(newest)));
            } else if (operation.kind() == OperationKind.SNAPSHOT_RESTORE) {
                // What ran since has not run any more. Of a snapshot that nobody has told of, nobody knows what it
                // holds.
                StepRuns.snapshot(operation).map(saved::get).ifPresent(then -> {
                    newest.clear();
                    newest.putAll(then);
                });
            } else {
                if (boots(operation.kind())) {
                    // The way up is told of the last time that it was gone; what ran in the guest stays done.
                    boolean made = operation.kind() == OperationKind.START;
                    newest.keySet().removeIf(key -> made || key.kind() != StepKey.Kind.PROVISIONER);
                }
                StepRuns.of(operation, machine.fullName(), machine.provisioners())
                        .forEach(run -> newest.put(run.key(), run));
            }
        }
        return newest;
    }

    // Steps that have not come are shown before there is a machine, and while one is made.
    private static boolean expects(List<OperationView> operations) {
        return operations.isEmpty()
                || operations.getLast().kind() == OperationKind.START
                        && (operations.getLast().endedAt().isEmpty()
                                || operations.getLast().failure().isPresent());
    }

    private static boolean boots(OperationKind kind) {
        return kind == OperationKind.START || kind == OperationKind.UP || kind == OperationKind.RELOAD;
    }

    private static Comparator<StepKey> order(Map<StepKey, StepRun> newest) {
        return Comparator.comparing(
                        (StepKey key) -> key.kind() == StepKey.Kind.OTHER ? StepKey.Kind.PROVISIONER : key.kind())
                // What the file has no place for comes where it ran: before those that did not run.
                .thenComparing(key -> key.position() == 0 && newest.containsKey(key) ? 0 : 1)
                .thenComparing(StepKey::position)
                .thenComparing(key -> Optional.ofNullable(newest.get(key))
                        .map(StepRun::startedAt)
                        .orElse(Instant.MAX));
    }

    private static Step step(StepKey key, KnownMachine machine, Optional<StepRun> run, Told told) {
        Optional<ResolvedMachine.Provisioner> provisioner = key.kind() == StepKey.Kind.PROVISIONER
                        && key.position() > 0
                        && key.position() <= machine.provisioners().size()
                ? Optional.of(machine.provisioners().get(key.position() - 1))
                : Optional.empty();
        Optional<Duration> took = run.map(one -> one.took(told.now()));
        Optional<Duration> usual = told.times()
                .usual(
                        machine.name(),
                        kept(key, machine.provisioners()),
                        run.map(one -> one.operation().workflow()).orElse(""));
        boolean slow = took.isPresent() && usual.isPresent() && StepTimes.slow(took.get(), usual.get());
        return new Step(
                key,
                StepWords.name(key, provisioner, run),
                StepWords.note(key, provisioner, run),
                StepWords.place(provisioner),
                state(machine, provisioner, run),
                took,
                usual,
                slow,
                0,
                0,
                run);
    }

    private static Step.State state(
            KnownMachine machine, Optional<ResolvedMachine.Provisioner> provisioner, Optional<StepRun> run) {
        if (run.isEmpty()) {
            return provisioner.filter(one -> one.run().equals("never")).isPresent()
                    ? Step.State.LEFT_OUT
                    : Step.State.WAITING;
        }
        Step.State state = run.get().state();
        // Its last step ends when the start does; that another machine failed then is not its matter.
        boolean ready = machine.view()
                .filter(view -> view.state() == MachineState.RUNNING)
                .isPresent();
        boolean othersFailure = run.get().operation().failure().stream()
                .anyMatch(why -> !why.cancelled()
                        && !why.machine().isEmpty()
                        && !why.machine().equals(machine.fullName()));
        return state == Step.State.STOPPED && ready && othersFailure ? Step.State.DONE : state;
    }

    private static long length(Step step) {
        return step.took().or(step::usual).map(Duration::toMillis).orElse(0L);
    }

    private static List<Step> scaled(List<Step> steps, long total) {
        List<Step> placed = new ArrayList<>();
        long before = 0;
        for (Step step : steps) {
            double start = Math.min((double) before / total, 1 - LEAST_WIDTH);
            double width = step.took()
                    .map(took -> Math.clamp((double) took.toMillis() / total, LEAST_WIDTH, 1 - start))
                    .orElse(0.0);
            placed.add(step.at(start, width));
            before += length(step);
        }
        return placed;
    }
}
