package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sandbox and its machines are, by its manifest, its journal, Vagrant's notes and the hypervisor's word. */
@Tag("unit")
@Tag("any_user")
class SandboxReaderTest extends SandboxReaderFixture {
    @Test
    void theMachinesOfAStartUnderWayAreThoseThatItIsMaking() {
        begun(OperationKind.START, ProcessIdentity.self());
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "");
        runs("u-1", MachineState.RUNNING);
        add(JournalEntry.machine(workflow(), "db", "192.0.2.7"));
        add(JournalEntry.machine(workflow(), "db", null));
        add(JournalEntry.phase(workflow(), Phase.of(new Phase.Provisioner("", "shell", 1), "db"), MADE));
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.STARTING);
        assertThat(view.detail()).isEqualTo("provision · shell");
        assertThat(view.machines())
                .as("also the one that has no id yet")
                .extracting(MachineView::name)
                .containsExactly("db", "web");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.PROVISIONING);
        assertThat(machine(view, "db").address()).contains("192.0.2.7");
        assertThat(machine(view, "db").since()).isPresent();
        assertThat(machine(view, "web").state()).isEqualTo(MachineState.STARTING);
        assertThat(machine(view, "web").id()).isEmpty();
        add(JournalEntry.phase(workflow(), Phase.of(PhaseKind.BOOT, "db"), MADE));
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.STARTING);
    }

    @Test
    void aNameThatVagrantOnlySpokeOfIsNoMachine() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "");
        runs("u-1", MachineState.RUNNING);
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(view().machines()).extracting(MachineView::name).containsExactly("db");
        machines.clear();
        assertThat(view().machines())
                .as("nobody knows the names")
                .extracting(MachineView::name)
                .containsExactlyInAnyOrder("db", "web");
        machines.add("web");
        assertThat(view().machines())
                .as("the manifest names it")
                .extracting(MachineView::name)
                .containsExactlyInAnyOrder("db", "web");
    }

    @Test
    void aStartWhoseProcessEndedWasCutOff() {
        begun(OperationKind.START, GONE);
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "");
        runs("u-1", MachineState.RUNNING);
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.INTERRUPTED);
        assertThat(view.detail()).isEqualTo("its start was cut off");
        assertThat(view.machines()).extracting(MachineView::name).containsExactly("db");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.RUNNING);
        journal.clear();
        assertThat(view().state()).as("not even its start was noted").isEqualTo(SandboxState.INTERRUPTED);
        assertThat(view().detail()).isEqualTo("its start was cut off");
        begun(OperationKind.DESTROY, GONE);
        assertThat(view().detail()).isEqualTo("its destroy was cut off");
    }

    @Test
    void aStartThatWaitsIsQueued() {
        begun(OperationKind.START, ProcessIdentity.self());
        add(JournalEntry.queued(workflow(), 2));
        assertThat(view().state()).isEqualTo(SandboxState.QUEUED);
        assertThat(view().detail()).isEqualTo("place 2");
        add(JournalEntry.phase(workflow(), Phase.of(PhaseKind.COPY), MADE));
        assertThat(view().state()).isEqualTo(SandboxState.STARTING);
        assertThat(view().detail()).isEqualTo("copy and check");
    }

    @Test
    void aDestroyUnderWayShowsOnEachMachineThatExists() {
        machines.addAll(List.of("db", "web"));
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.RUNNING);
        begun(OperationKind.DESTROY, ProcessIdentity.self());
        add(JournalEntry.phase(workflow(), Phase.of(PhaseKind.DESTROY), MADE));
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.DESTROYING);
        assertThat(view.detail()).isEqualTo("destroy");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.DESTROYING);
        assertThat(machine(view, "web").state()).isEqualTo(MachineState.NOT_CREATED);
        assertThat(machine(view, "db").address()).isEmpty();
    }

    @Test
    void aFailureIsShownOnTheMachineThatItIsAbout() {
        machines.addAll(List.of("db", "web"));
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "u-2");
        runs("u-1", MachineState.STOPPED);
        runs("u-2", MachineState.STOPPED);
        begun(OperationKind.START, ProcessIdentity.self());
        ended(true);
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.FAILED);
        assertThat(view.detail()).isEqualTo("It did not boot.");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.FAILED);
        assertThat(machine(view, "web").state()).isEqualTo(MachineState.STOPPED);
        runs("u-1", MachineState.RUNNING);
        assertThat(machine(view(), "db").state()).as("it runs all the same").isEqualTo(MachineState.RUNNING);
        begun(OperationKind.DESTROY, ProcessIdentity.self());
        ended(true);
        assertThat(view().state()).isEqualTo(SandboxState.DESTROY_FAILED);
        assertThat(view().detail()).isEqualTo("It did not boot.");
    }

    @Test
    void whatSomebodyCancelledDidNotFail() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.STOPPED);
        begun(OperationKind.START, ProcessIdentity.self());
        add(JournalEntry.failed(
                workflow(), new FailureView(Phase.of(PhaseKind.BOOT, "db"), "Cancelled.", "", List.of(), 0, true)));
        assertThat(view().state()).isEqualTo(SandboxState.FAILED);
        assertThat(view().detail()).isEqualTo("cancelled");
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING RUNNING, READY",
        "RUNNING STOPPED, DEGRADED",
        "RUNNING PAUSED, DEGRADED",
        "STOPPED STOPPED, STOPPED",
        "STOPPED PAUSED, DEGRADED",
        "RUNNING UNKNOWN, UNKNOWN",
        "UNKNOWN UNKNOWN, UNKNOWN"
    })
    void afterItsStartASandboxIsWhatItsMachinesAre(String states, SandboxState expected) {
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        int number = 0;
        for (String state : states.split(" ")) {
            machines.add("vm" + ++number);
            noted("vm" + number, "libvirt", "u-" + number);
            runs("u-" + number, MachineState.valueOf(state));
        }
        assertThat(view().state()).isEqualTo(expected);
        assertThat(view().detail()).isEqualTo(expected == SandboxState.UNKNOWN ? "the hypervisor gave no answer" : "");
    }
}
