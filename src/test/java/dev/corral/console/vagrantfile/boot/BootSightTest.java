package dev.corral.console.vagrantfile.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.SameThread;
import dev.corral.console.vagrantfile.steps.KnownMachine;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.vagrantfile.steps.StepKey;
import dev.corral.console.vagrantfile.steps.StepTimes;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.boot.BootFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a boot is looked at, and what is seen of it; without a toolkit. */
@Tag("unit")
class BootSightTest {
    private static final Instant BOOT = Story.BEGIN.plusSeconds(3);

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Optional<byte[]> screen = Optional.of(new byte[] {1});

    private final BootModel model = new BootModel(
            new SameThread(),
            machine -> {
                told.add("picture of " + machine.name());
                return screen.orElseThrow(() -> ExpectedFailure.failed("no screen", ""));
            },
            failure -> told.add(String.valueOf(failure.getMessage())),
            () -> {});

    private static OperationView booting(String id) {
        return Story.booting(id);
    }

    private static MachineSteps steps(StepTimes times, Instant now, OperationView operation, SandboxState state) {
        SandboxView view = Story.sandbox(
                state, state == SandboxState.STARTING ? MachineState.STARTING : MachineState.FAILED, operation);
        return MachineSteps.of(
                        KnownMachine.of(Optional.of(view), Optional.of(Story.resolution())),
                        Optional.of(view),
                        times,
                        now)
                .getFirst();
    }

    private static Step boot(MachineSteps steps) {
        return steps.steps().stream()
                .filter(step -> step.key().kind() == StepKey.Kind.BOOT)
                .findFirst()
                .orElseThrow();
    }

    private static boolean late(StepTimes times, int seconds) {
        return BootSight.late(boot(steps(times, BOOT.plusSeconds(seconds), booting("two"), SandboxState.STARTING)));
    }

    @Test
    void withoutAHistoryASensibleTimeCounts() {
        assertThat(late(new StepTimes(), 59)).isFalse();
        assertThat(late(new StepTimes(), 61)).isTrue();
    }

    @Test
    void withAHistoryItsOwnTimeCounts() {
        StepTimes usual = new StepTimes(List.of(new StepTimes.Taken("web", "BOOT 0 ", "one", 8_000)));
        assertThat(late(usual, 11)).isFalse();
        assertThat(late(usual, 13)).isTrue();
        StepTimes slow = new StepTimes(List.of(new StepTimes.Taken("web", "BOOT 0 ", "one", 100_000)));
        assertThat(late(slow, 120)).isFalse();
    }

    private BootSight sight(boolean live) {
        return new BootSight(
                "web",
                new BootFiles(folder, "wf1", "web"),
                live,
                Story.sandbox(SandboxState.FAILED, MachineState.FAILED, booting("one")).machines().stream()
                        .findFirst());
    }

    @Test
    void theConsoleIsReadAgainWhileItLivesAndOnceAfterwards() throws IOException {
        Path console = sight(true).files().console();
        model.look(Optional.of(sight(true)));
        assertThat(model.shown()).isTrue();
        assertThat(model.placeholder()).contains("console=ttyS0");
        Files.writeString(console, "grub>");
        model.look(Optional.of(sight(true)));
        assertThat(model.text()).isEqualTo("grub>");
        Files.writeString(console, "grub rescue>");
        Files.write(sight(true).files().picture(), new byte[] {2});
        model.look(Optional.of(sight(false)));
        assertThat(model.text()).isEqualTo("grub rescue>");
        assertThat(model.picture()).contains(new byte[] {2});
        Files.writeString(console, "later");
        model.look(Optional.of(sight(false)));
        assertThat(model.text()).as("what is over is read once").isEqualTo("grub rescue>");
        model.look(Optional.empty());
        assertThat(model.shown()).isFalse();
        assertThat(model.text()).isEmpty();
    }

    @Test
    void withoutAnythingKeptNothingIsShownUntilAPictureIsTaken() {
        model.look(Optional.of(sight(false)));
        assertThat(model.shown()).isFalse();
        model.takePicture();
        assertThat(told).containsExactly("picture of " + Story.WEB);
        assertThat(model.shown()).isTrue();
        assertThat(model.picture()).contains(new byte[] {1});
    }

    @Test
    void whyThereIsNoPictureIsSaid() {
        screen = Optional.empty();
        model.look(Optional.of(sight(false)));
        model.takePicture();
        assertThat(told).last().isEqualTo("no screen");
        assertThat(model.mayTakePicture()).isTrue();
    }

    @Test
    void aBootThatFailedIsLookedAtAndNoOther() {
        MachineSteps good = steps(
                new StepTimes(),
                BOOT.plusSeconds(600),
                Story.start("one").provisioner("packages", "shell", 1, 9).done(),
                SandboxState.READY);
        assertThat(good.steps()).allMatch(step -> BootSight.of(good, step).isEmpty());
        MachineSteps failed =
                steps(new StepTimes(), BOOT.plusSeconds(600), Story.bootFailed("one"), SandboxState.FAILED);
        Optional<BootSight> seen = BootSight.of(failed, boot(failed));
        assertThat(seen).isPresent();
        assertThat(seen.get().live()).isFalse();
        assertThat(seen.get().files().console().toString()).isEqualTo("/logs/one/console-one-" + Story.WEB + ".txt");
    }
}
