package dev.corral.console.vagrantfile.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a timeline makes of journals and the Vagrantfile. */
@Tag("unit")
class MachineStepsTest {
    private static final Instant NOW = Story.BEGIN.plusSeconds(600);

    private final StepTimes times = new StepTimes();

    private List<Step> steps(Optional<SandboxView> sandbox, Optional<Resolution> resolution, Instant now) {
        List<MachineSteps> all = MachineSteps.of(KnownMachine.of(sandbox, resolution), sandbox, times, now);
        assertThat(all).hasSize(1);
        return all.getFirst().steps();
    }

    private List<Step> steps(SandboxState state, MachineState machine, OperationView... operations) {
        return steps(Optional.of(Story.sandbox(state, machine, operations)), Optional.of(Story.resolution()), NOW);
    }

    private static List<String> words(List<Step> steps) {
        return steps.stream()
                .map(step -> step.name() + ": " + step.state().word())
                .toList();
    }

    @Test
    void aFileWithoutASandboxShowsWhatWillCome() {
        List<Step> steps = steps(Optional.empty(), Optional.of(Story.resolution()), NOW);
        assertThat(words(steps))
                .containsExactly(
                        "import: waiting",
                        "boot: waiting",
                        "wait for SSH: waiting",
                        "1 packages: waiting",
                        "2 app: waiting",
                        "3 (unnamed): waiting",
                        "4 cleanup: only when asked for");
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.took()).isEmpty();
            assertThat(step.width()).isZero();
        });
        assertThat(steps).extracting(Step::note).contains("shell · app.sh · line 13", "shell · line 15 · run: never");
        assertThat(steps.get(4).place()).isEqualTo(new Place(Story.FILE.toString(), 13));
    }

    @Test
    void whoGoesBackToASavedStateSeesWhatHadRunThen() {
        List<Step> steps = steps(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one")
                        .provisioner("packages", "shell", 1, 9.8)
                        .provisioner("app", "shell", 2, 0.9)
                        .done(),
                Story.later("saved", OperationKind.SNAPSHOT_SAVE, 60)
                        .phase("clean", Story.WEB, 1)
                        .done(),
                Story.later("rerun", OperationKind.PROVISION, 90)
                        .failing("app", "shell", 2, 0.9)
                        .failed("app failed"),
                Story.later("later", OperationKind.PROVISION, 100)
                        .provisioner("", "shell", 3, 0.9)
                        .done(),
                Story.later("lost", OperationKind.SNAPSHOT_RESTORE, 110)
                        .phase("other", Story.WEB, 1)
                        .failed("there is none"),
                Story.later("back", OperationKind.SNAPSHOT_RESTORE, 120)
                        .phase("clean", Story.WEB, 1)
                        .done());
        assertThat(words(steps)).contains("boot: done", "1 packages: done", "2 app: done", "3 (unnamed): waiting");
    }

    @Test
    void aFailedProvisionerIsRedAndThoseAfterItWait() {
        List<Step> steps = steps(
                SandboxState.FAILED,
                MachineState.FAILED,
                Story.start("one")
                        .provisioner("packages", "shell", 1, 9.8)
                        .failing("app", "shell", 2, 0.9)
                        .failed("app failed"));
        assertThat(words(steps))
                .containsExactly(
                        "read and copy: done",
                        "import: done",
                        "boot: done",
                        "wait for SSH: done",
                        "1 packages: done",
                        "2 app: failed",
                        "3 (unnamed): waiting",
                        "4 cleanup: only when asked for");
        assertThat(steps.get(1).took()).contains(Duration.ofMillis(1500));
        assertThat(steps.get(5).rerunnable()).isTrue();
        assertThat(steps.get(2).rerunnable()).isFalse();
    }

    @Test
    void barsFollowEachOtherOnOneScale() {
        List<Step> steps = steps(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one").provisioner("packages", "shell", 1, 9).done());
        double end = 0;
        for (Step step : steps) {
            assertThat(step.start()).isBetween(end - 0.03, end + 0.03);
            assertThat(step.start() + step.width()).isLessThanOrEqualTo(1.0001);
            end = step.start() + step.width();
        }
        assertThat(end).isBetween(0.95, 1.0001);
    }

    @Test
    void aRerunOverlaysOnlyItsOwnSteps() {
        List<Step> steps = steps(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one")
                        .provisioner("packages", "shell", 1, 9.8)
                        .failing("app", "shell", 2, 0.9)
                        .failed("app failed"),
                Story.later("two", OperationKind.PROVISION, 100)
                        .provisioner("app", "shell", 2, 2)
                        .provisioner("", "shell", 3, 3)
                        .done());
        assertThat(words(steps))
                .contains("boot: done", "1 packages: done", "2 app: done", "3 (unnamed): done")
                .noneMatch(word -> word.contains("former") || word.contains("failed"));
        assertThat(steps.get(6).run().orElseThrow().operation().workflow()).isEqualTo("two");
        assertThat(steps.get(6).run().orElseThrow().nth()).isEqualTo(2);
    }

    @Test
    void whatGoesOnGrowsAndWhatNobodyWorksOnHasStopped() {
        List<Step> running = steps(
                SandboxState.STARTING,
                MachineState.PROVISIONING,
                Story.start("one").provisioner("packages", "shell", 1, 1).open(true));
        Step step = running.get(4);
        assertThat(step.state()).isEqualTo(Step.State.RUNNING);
        assertThat(step.took()).contains(Duration.between(Story.BEGIN.plusSeconds(13), NOW));
        List<Step> killed = steps(
                SandboxState.INTERRUPTED,
                MachineState.RUNNING,
                Story.start("one").provisioner("packages", "shell", 1, 1).open(false));
        assertThat(killed.get(4).state()).isEqualTo(Step.State.STOPPED);
        List<Step> cancelled = steps(
                SandboxState.FAILED,
                MachineState.RUNNING,
                Story.start("one").provisioner("packages", "shell", 1, 1).cancelled());
        assertThat(cancelled.get(4).state()).isEqualTo(Step.State.STOPPED);
    }

    @Test
    void aReloadTellsItsOwnWayUpAndKeepsWhatRanInTheGuest() {
        List<Step> steps = steps(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one").provisioner("packages", "shell", 1, 9).done(),
                Story.later("two", OperationKind.RELOAD, 200)
                        .phase("boot", Story.WEB, 6)
                        .phase("wait for SSH", Story.WEB, 1)
                        .done());
        assertThat(words(steps))
                .startsWith("boot: done", "wait for SSH: done", "1 packages: done")
                .noneMatch(word -> word.startsWith("import"));
        assertThat(steps.getFirst().took()).contains(Duration.ofSeconds(6));
    }

    @Test
    void aNewStartForgetsWhatRanBefore() {
        List<Step> steps = steps(
                SandboxState.STARTING,
                MachineState.STARTING,
                Story.start("one").provisioner("packages", "shell", 1, 9).done(),
                Story.start("two").open(true));
        assertThat(words(steps)).contains("wait for SSH: running", "1 packages: waiting");
    }

    @Test
    void aProvisionerThatTheFileHasNoMoreIsShownAndNotRunAgain() {
        List<Step> steps = steps(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one").provisioner("old", "ansible", 1, 3).done());
        Step former = steps.stream()
                .filter(step -> step.name().equals("old"))
                .findFirst()
                .orElseThrow();
        assertThat(former.note()).contains("not in the file any more");
        assertThat(former.rerunnable()).isFalse();
    }

    @Test
    void withoutTheFilesWordTheOrderCounts() {
        List<Step> steps = steps(
                Optional.of(Story.sandbox(
                        SandboxState.FAILED,
                        MachineState.FAILED,
                        Story.start("one")
                                .provisioner("", "shell", 1, 1)
                                .failing("", "shell", 2, 1)
                                .failed("it failed"))),
                Optional.empty(),
                NOW);
        assertThat(words(steps)).endsWith("1 (unnamed): done", "2 (unnamed): failed");
        assertThat(steps.getLast().rerunnable()).isTrue();
    }

    @Test
    void slowIsWhatTookMuchLongerThanBefore() {
        SandboxView view = Story.sandbox(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("new").provisioner("packages", "shell", 1, 9.8).done());
        KnownMachine machine = KnownMachine.of(Optional.of(view), Optional.of(Story.resolution()))
                .getFirst();
        for (double seconds : new double[] {4, 4.2, 3.9}) {
            OperationView before = Story.start("old" + seconds)
                    .provisioner("packages", "shell", 1, seconds)
                    .done();
            List<StepRun> runs = StepRuns.of(before, Story.WEB, machine.provisioners());
            times.learn(
                    "web",
                    runs,
                    runs.stream()
                            .map(run -> MachineSteps.kept(run.key(), machine.provisioners()))
                            .toList());
        }
        List<Step> steps = steps(Optional.of(view), Optional.of(Story.resolution()), NOW);
        Step packages = steps.get(4);
        assertThat(packages.usual()).contains(Duration.ofSeconds(4));
        assertThat(packages.slow()).isTrue();
        assertThat(steps.get(2).usual()).contains(Duration.ofSeconds(8));
        assertThat(steps.get(2).slow()).isFalse();
    }

    @Test
    void anothersFailureIsNotItsOwn() {
        // The start ended with the failure of another machine while this one was through.
        OperationView start = Story.start("one")
                .provisioner("packages", "shell", 1, 5)
                .phase("boot", "db-" + Story.ID, 0)
                .failed("db did not boot");
        List<Step> steps = MachineSteps.of(
                        KnownMachine.of(
                                Optional.of(Story.sandbox(SandboxState.FAILED, MachineState.RUNNING, start)),
                                Optional.empty()),
                        Optional.of(Story.sandbox(SandboxState.FAILED, MachineState.RUNNING, start)),
                        times,
                        NOW)
                .getFirst()
                .steps();
        assertThat(words(steps)).contains("1 packages: done").noneMatch(word -> word.endsWith("failed"));
    }
}
