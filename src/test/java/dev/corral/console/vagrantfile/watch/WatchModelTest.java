package dev.corral.console.vagrantfile.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.messages.Activity;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.vagrant.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a save runs again in the window, without a toolkit. */
@Tag("unit")
class WatchModelTest extends WatchOverFixture {
    @Test
    void whatASaveChangedRunsAgainWithTheCodeAsItIs() {
        on();
        watch.read(file("a", "b2"));
        assertThat(corral.asked).containsExactly(UPDATE);
        assertThat(watch.words()).isEqualTo("runs again what was saved of web");
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        assertThat(corral.selections.getLast().only()).containsExactly("2");
        ends();
        assertThat(watch.words()).isEqualTo("ran 2 of web again");
        watch.read(file("a", "b2"));
        assertThat(corral.asked).hasSize(2);
    }

    @Test
    void withoutTheSwitchNothingRunsAndWhatWasSavedBeforeNeither() {
        watch.read(file("a", "b"));
        watch.read(file("a2", "b"));
        assertThat(watch.words()).isEmpty();
        watch.turn(true);
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).isEqualTo("waits for a save");
        watch.turn(false);
        watch.read(file("a3", "b"));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void whileTheSandboxIsHeldSavesBecomeOneRun() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.read(file("a2", "b2"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).isEqualTo("waits with what was saved of web, see Activity");
        assertThat(desk.activities()).singleElement().returns("waits: reload is under way", Activity::now);
        see(idle);
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
    }

    @Test
    void savesDuringARunAreOneMoreAfterIt() {
        on();
        watch.read(file("a2", "b"));
        ends();
        watch.read(file("a2", "b2"));
        watch.read(file("a2", "b3"));
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        ends();
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION, UPDATE, PROVISION);
        assertThat(corral.selections.getLast().only()).containsExactly("2");
    }

    @Test
    void turnedOffItTakesBackWhatWaits() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.turn(false);
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
        see(idle);
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).isEmpty();
    }

    @Test
    void whatIsCancelledInActivityIsNotRunByTheNextSaveEither() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        assertThat(machines.waiting().cancel(desk.activities().getFirst().id())).isTrue();
        assertThat(watch.words()).isEqualTo("waits for a save");
        see(idle);
        assertThat(corral.asked).isEmpty();
        watch.read(file("a2", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("2");
    }

    @Test
    void whatWentWithItsSandboxDoesNotWaitForEver() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        machines.waiting().inventoryChanged(inventory());
        assertThat(watch.words()).isEqualTo("waits for a save");
        see(idle);
        watch.read(file("a3", "b"));
        assertThat(corral.asked).containsExactly(UPDATE);
    }

    @Test
    void whatIsHeldAtOnceCanBeTakenBack() {
        on();
        corral.failOperations(Optional.of(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                .withKind(ExpectedFailure.Kind.BUSY)));
        watch.read(file("a2", "b"));
        assertThat(watch.words()).startsWith("waits with what was saved of web");
        watch.turn(false);
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
    }

    @Test
    void aLockOfAnotherVagrantIsWaitedFor() {
        on();
        watch.read(file("a2", "b"));
        ends();
        corral.last()
                .done()
                .completeExceptionally(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                        .withKind(ExpectedFailure.Kind.BUSY));
        assertThat(watch.words()).startsWith("waits with what was saved of web");
        watch.read(file("a2", "b2"));
        machines.waiting().look(Instant.now().plusSeconds(6));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
        ends();
        assertThat(watch.words()).isEqualTo("ran 1, 2 of web again");
        assertThat(desk.notices()).isEmpty();
    }

    @Test
    void whatHasBeenCopiedBeforeALockIsNotCopiedAgain() {
        on();
        watch.read(file("a2", "b"));
        ends();
        busy();
        machines.waiting().look(Instant.now().plusSeconds(6));
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION, PROVISION);
        corral.plan("script.sh");
        busy();
        machines.waiting().look(Instant.now().plusSeconds(12));
        assertThat(corral.asked).as("saved meanwhile").containsExactly(UPDATE, PROVISION, PROVISION, UPDATE);
        ends();
        ends();
        corral.plan();
        watch.read(file("a3", "b"));
        assertThat(corral.asked).last().as("another run copies").isEqualTo(UPDATE);
    }

    private void busy() {
        corral.last()
                .done()
                .completeExceptionally(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                        .withKind(ExpectedFailure.Kind.BUSY));
    }

    @Test
    void whatNeverBeganBehindAFailureRunsOnceThatIsMended() {
        on();
        watch.read(file("a2", "b2"));
        ends();
        corral.last()
                .fail(
                        Phase.of(new Phase.Provisioner("", "shell", 1), "web"),
                        ExpectedFailure.failed("The script failed.", "Mend it."));
        watch.read(file("a2", "b2"));
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        watch.read(file("a3", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
        ends();
        watch.read(file("a4", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1");
    }

    @Test
    void aMendThatIsSavedBeforeTheFailureTakesTheRestAlong() {
        on();
        watch.read(file("a2", "b2"));
        ends();
        watch.read(file("a3", "b2"));
        corral.last()
                .fail(
                        Phase.of(new Phase.Provisioner("", "shell", 1), "web"),
                        ExpectedFailure.failed("The script failed.", "Mend it."));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
    }

    @Test
    void aStepThatFailsIsSaidAndWaitsForTheNextSave() {
        on();
        watch.read(file("a2", "b"));
        ends();
        corral.last().done().completeExceptionally(ExpectedFailure.failed("The script failed.", "Mend it."));
        assertThat(watch.words()).isEqualTo("failed: 1 of web. The script failed.");
        watch.read(file("a3", "b"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1");
    }

    @Test
    void whereNoStepBeganAllAreDueWithTheNextSave() {
        on();
        watch.read(file("a2", "b"));
        corral.last().done().completeExceptionally(ExpectedFailure.failed("The disk is full.", "Make room."));
        assertThat(corral.asked).as("it ended with the update").containsExactly(UPDATE);
        watch.read(file("a2", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
    }

    @Test
    void whatWouldNeedAQuestionIsNotRunAndThatIsSaid() {
        use(List.of());
        on();
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(desk.question().get()).isNull();
        assertThat(watch.words()).contains("has changed since you let it run");
        assertThat(desk.notices().getFirst().sentence()).contains("was not begun");
    }

    @Test
    void whatIsSavedDuringAStartRunsAfterIt() {
        OperationView under = Story.start("one").open(true);
        on();
        see(Story.sandbox(SandboxState.STARTING, MachineState.NOT_CREATED, under));
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).startsWith("waits with what was saved of web");
        see(idle);
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        assertThat(corral.selections.getLast().only()).containsExactly("1");
    }

    @Test
    void aStartThatMadeNoMachineLeavesItToTheNext() {
        on();
        see(Story.sandbox(
                SandboxState.STARTING,
                MachineState.NOT_CREATED,
                Story.start("one").open(true)));
        watch.read(file("a2", "b"));
        see(Story.sandbox(SandboxState.FAILED, MachineState.NOT_CREATED, START));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).startsWith("web has no VM yet");
    }

    @Test
    void aMachineThatIsNotThereWaitsForItsUp() {
        current = Optional.empty();
        on();
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).startsWith("checks each save");
        see(idle);
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void whatOtherVariablesChangeIsNotRun() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.otherVariables();
        see(idle);
        watch.read(file("by another variable", "b"));
        assertThat(corral.asked).isEmpty();
        watch.read(file("by another variable", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("2");
    }

    @Test
    void anAnswerForTheVariablesBeforeIsNotTheNewBasis() {
        on();
        threads.hold();
        watch.read(file("a2", "b"));
        watch.otherVariables();
        watch.read(file("a3", "b"));
        threads.release();
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void aSandboxThatWasStartedWithOtherVariablesIsLeftAloneAndThatIsSaid() {
        on();
        asStarted = false;
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).contains("did not run what was saved of web: the variables here are others");
    }

    @Test
    void whatWaitedForOneSandboxIsNotRunForAnother() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.another();
        see(idle);
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        watch.read(file("a3", "b"));
        assertThat(corral.asked).containsExactly(UPDATE);
    }

    @Test
    void aSandboxThatIsNotTheChosenOneAnyMoreIsLeftAlone() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        current = Optional.empty();
        machines.waiting().inventoryChanged(inventory(idle));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void aRunBehindALockIsNotTriedAgainForOtherVariables() {
        on();
        watch.read(file("a2", "b"));
        ends();
        watch.otherVariables();
        corral.last()
                .done()
                .completeExceptionally(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                        .withKind(ExpectedFailure.Kind.BUSY));
        watch.read(file("by another variable", "b"));
        machines.waiting().look(Instant.now().plusSeconds(6));
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
    }

    @Test
    void anotherFileTurnsItOff() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.open();
        see(idle);
        assertThat(watch.on()).isFalse();
        assertThat(corral.asked).isEmpty();
    }
}
