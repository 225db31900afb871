package dev.corral.console.vagrantfile.machines;

import dev.corral.console.sandboxes.States;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.steps.KnownMachine;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.failure.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A machine as its card shows it.
 *
 * @param name     its name without suffix
 * @param primary  whether Inspect calls it {@code default}
 * @param word     its state, or which step failed
 * @param look     shape and colour of that
 * @param note     address, settings or how long it takes; may be empty
 * @param cause    why it failed, a sentence; empty where nothing did
 * @param progress how far it has come, 0 to 1, by the usual time; empty when nothing is under way or the time is not known
 * @param machine  it in the sandbox; empty where there is none
 * @param locked   whether what failed last did so because another Vagrant has locked it
 * @param holder   what keeps other commands away from it, since when and by whom; empty when nothing does
 */
record MachineCard(
        String name,
        boolean primary,
        String word,
        StateStyle look,
        String note,
        String cause,
        Optional<Double> progress,
        Optional<MachineView> machine,
        boolean locked,
        String holder) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    /** The most that is shown of what is only expected. */
    private static final double ALMOST = 0.97;

    /** Whether a shell can be opened in it. */
    boolean answers() {
        return machine.filter(view -> view.state() == MachineState.RUNNING
                        || view.state() == MachineState.PROVISIONING
                        || view.state() == MachineState.FAILED && !view.id().isEmpty())
                .isPresent();
    }

    /**
     * The card of a machine.
     *
     * @param steps   its timeline
     * @param sandbox the sandbox that it is in
     * @param work    what this window does to machines
     * @param ours    says of an operation's id whether this window does it
     */
    static MachineCard of(
            MachineSteps steps, Optional<SandboxView> sandbox, MachineWork work, Predicate<String> ours, Instant now) {
        KnownMachine machine = steps.machine();
        Optional<MachineWork.Doing> doing = sandbox.flatMap(view -> work.on(view, machine.fullName()));
        MachineState state = machine.view().map(MachineView::state).orElse(MachineState.NOT_CREATED);
        Optional<Step> failed = steps.steps().stream()
                .filter(step -> step.state() == Step.State.FAILED)
                .findFirst();
        Optional<OperationView> running = sandbox.flatMap(SandboxView::lastWithPhases)
                .filter(one -> one.alive() && one.endedAt().isEmpty());
        boolean changing = doing.isPresent()
                || States.look(state) == StateStyle.CHANGING
                || current(steps).isPresent();
        String word = doing.map(MachineWork.Doing::word)
                .orElseGet(() -> !changing && failed.isPresent()
                        ? failed.get().name() + " failed"
                        : changing ? current(steps).orElse(state.word()) : state.word());
        StateStyle look = changing ? StateStyle.CHANGING : failed.isPresent() ? StateStyle.FAILED : States.look(state);
        return new MachineCard(
                Texts.line(machine.name()),
                machine.primary(),
                Texts.line(word),
                look,
                changing ? time(running, doing, now) : note(machine, state),
                changing ? "" : cause(failed, sandbox, machine, work),
                changing ? running.flatMap(one -> progress(one, now)) : Optional.empty(),
                machine.view(),
                !changing
                        && sandbox.flatMap(view -> work.failure(view, machine.fullName()))
                                .flatMap(FailureView::remedy)
                                .filter(remedy -> remedy.kind() == Remedy.Kind.WAIT)
                                .isPresent(),
                machine.view()
                        .filter(view -> !view.id().isEmpty())
                        .flatMap(view -> sandbox.flatMap(all -> holder(all, work, ours)))
                        .orElse(""));
    }

    private static Optional<String> holder(SandboxView sandbox, MachineWork work, Predicate<String> ours) {
        Optional<MachineWork.Doing> doing = work.on(sandbox);
        if (doing.isPresent()) {
            return Optional.of(
                    doing.get().word() + " since " + TIME.format(doing.get().since()));
        }
        return SandboxRules.underWay(sandbox)
                .map(one -> one.kind().words() + " since " + TIME.format(one.startedAt())
                        + (ours.test(one.workflow()) ? "" : ", by another process"))
                .or(() ->
                        sandbox.state().changing() ? Optional.of(sandbox.state().word()) : Optional.empty());
    }

    private static Optional<String> current(MachineSteps steps) {
        return steps.steps().stream()
                .filter(step -> step.state() == Step.State.RUNNING)
                .reduce((first, second) -> second)
                .map(Step::name);
    }

    private static String time(Optional<OperationView> running, Optional<MachineWork.Doing> doing, Instant now) {
        Optional<Instant> since = running.map(OperationView::startedAt).or(() -> doing.map(MachineWork.Doing::since));
        return since.map(at -> Formats.duration(Duration.between(at, now))
                        + running.flatMap(OperationView::usual)
                                .map(usual -> " of about " + Formats.duration(usual))
                                .orElse(""))
                .orElse("");
    }

    private static Optional<Double> progress(OperationView operation, Instant now) {
        return operation
                .usual()
                .filter(usual -> !usual.isZero())
                .map(usual -> Math.clamp(
                        (double) Duration.between(operation.startedAt(), now).toMillis() / usual.toMillis(),
                        0,
                        ALMOST));
    }

    private static String note(KnownMachine machine, MachineState state) {
        List<String> parts = new ArrayList<>();
        machine.view().flatMap(MachineView::address).map(Texts::line).ifPresent(parts::add);
        machine.view()
                .flatMap(MachineView::box)
                .or(() -> machine.resolved()
                        .flatMap(said -> Optional.ofNullable(said.box().name())))
                .map(Texts::line)
                .ifPresent(parts::add);
        machine.resolved().ifPresent(said -> {
            String memory = said.providerSettings().path("memory").asText("");
            String cpus = said.providerSettings().path("cpus").asText("");
            if (cpus.matches("[0-9]{1,4}")) {
                parts.add(Formats.count(Long.parseLong(cpus), "CPU", "CPUs"));
            }
            if (memory.matches("[0-9]{1,9}")) {
                parts.add(memory + " MB");
            }
        });
        if (state == MachineState.NOT_CREATED && machine.view().isPresent() && parts.isEmpty()) {
            parts.add("Up makes it");
        }
        return String.join(" · ", parts);
    }

    private static String cause(
            Optional<Step> failed, Optional<SandboxView> sandbox, KnownMachine machine, MachineWork work) {
        return failed.flatMap(Step::run)
                .flatMap(run -> run.operation().failure())
                .or(() -> sandbox.flatMap(view -> work.failure(view, machine.fullName())))
                .filter(why -> !why.cancelled())
                .map(FailureView::sentence)
                .map(Texts::line)
                .map(Objects::requireNonNull)
                .orElse("");
    }
}
