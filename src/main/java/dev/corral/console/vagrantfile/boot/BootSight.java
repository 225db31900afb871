package dev.corral.console.vagrantfile.boot;

import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.vagrantfile.steps.StepKey;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.operation.boot.BootFiles;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.failure.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The boot of a machine that is looked at because it hangs, or never came to an end. Pure.
 *
 * @param name    the machine's name without suffix
 * @param files   where what it showed is kept
 * @param live    whether it still boots
 * @param machine it in the sandbox; empty where it is gone
 */
public record BootSight(String name, BootFiles files, boolean live, Optional<MachineView> machine) {
    /** How long a boot may take of which nobody knows how long it usually takes. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Set<StepKey.Kind> BOOTING = Set.of(StepKey.Kind.BOOT, StepKey.Kind.SSH);

    /** Whether this is a boot that takes longer than usual, or where that is not known longer than sensible. */
    public static boolean late(Step step) {
        return BOOTING.contains(step.key().kind())
                && step.state() == Step.State.RUNNING
                && step.took().isPresent()
                && (step.usual().isPresent() ? step.slow() : step.took().get().compareTo(PATIENCE) > 0);
    }

    private static boolean consoleHelps(Step step) {
        return step.run()
                .flatMap(run -> run.operation().failure())
                .flatMap(FailureView::remedy)
                .filter(remedy -> remedy.kind() == Remedy.Kind.SHOW_CONSOLE)
                .isPresent();
    }

    /** What there is to be seen of a step; empty where it is no boot or one that goes well, and no failure that a console explains. */
    public static Optional<BootSight> of(MachineSteps steps, Step step) {
        boolean late = late(step);
        boolean ended = BOOTING.contains(step.key().kind())
                        && (step.state() == Step.State.FAILED || step.state() == Step.State.STOPPED)
                || step.state() == Step.State.FAILED && consoleHelps(step);
        if (!late && !ended) {
            return Optional.empty();
        }
        return step.run().flatMap(run -> run.log()
                .map(Path::getParent)
                .map(logs -> new BootSight(
                        steps.machine().name(),
                        new BootFiles(logs, run.operation().workflow(), run.machine()),
                        late,
                        steps.machine().view().filter(view -> !view.id().isEmpty()))));
    }
}
