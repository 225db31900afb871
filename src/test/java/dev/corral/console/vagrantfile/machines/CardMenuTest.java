package dev.corral.console.vagrantfile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.work.MachineWork;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.failed.LockedMachine;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a card and its menu offer, without a toolkit. */
@Tag("unit")
class CardMenuTest {
    private static final Instant NOW = Story.BEGIN.plusSeconds(600);
    private static final OperationView GOOD = Story.start("one").done();
    private static final OperationView BAD =
            Story.start("one").failing("app", "shell", 1, 0.9).failed("The script app.sh failed.", "it");

    @Test
    void aCardsMenuHasEveryVerbWithItsReason() {
        SandboxView ready = Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        assertThat(CardMenu.Offered.of(ready, ready.machine(Story.WEB), MachineWork.none()))
                .extracting(one ->
                        one.title() + one.obstacle().map(why -> ": " + why).orElse(""))
                .containsExactly(
                        "Up: It runs already",
                        "Provision",
                        "Reload",
                        "Halt",
                        "Suspend",
                        "Resume: It is not suspended",
                        "Destroy sandbox…");
        MachineWork busy = new MachineWork(Map.of(Story.ID + "/", new MachineWork.Doing("halting", NOW)), Map.of());
        assertThat(CardMenu.Offered.of(ready, ready.machine(Story.WEB), busy))
                .allMatch(one -> one.obstacle().orElse("").startsWith("It is halting"));
        SandboxView none = Story.sandbox(SandboxState.FAILED, MachineState.NOT_CREATED, BAD);
        assertThat(CardMenu.Offered.of(none, none.machine(Story.WEB), MachineWork.none()))
                .filteredOn(one -> one.obstacle().isEmpty())
                .extracting(CardMenu.Offered::title)
                .containsExactly("Up");
        assertThat(CardMenu.Offered.of(ready, Optional.empty(), MachineWork.none()))
                .allMatch(one -> one.obstacle().orElse("").contains("next sandbox"));
    }

    @Test
    void aCardOfALockedMachineOffersToStopWhoHoldsIt() {
        Optional<SandboxView> ready = Optional.of(Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD));
        assertThat(RulesTest.card(ready, MachineWork.none(), NOW).locked()).isFalse();
        FailureView held = LockedMachine.view(
                ExpectedFailure.failed("Another Vagrant has locked it: process 7.", "Wait."), Phase.called("halt", ""));
        MachineWork failed = new MachineWork(Map.of(), Map.of(Story.ID + "/" + Story.WEB, held));
        assertThat(RulesTest.card(ready, failed, NOW))
                .returns(true, MachineCard::locked)
                .returns("Another Vagrant has locked it: process 7.", MachineCard::cause);
    }
}
