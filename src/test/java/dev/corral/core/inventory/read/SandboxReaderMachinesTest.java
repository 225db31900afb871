package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the reader makes of machines: what Vagrant notes, what the hypervisor says, and who looks after them. */
@Tag("unit")
@Tag("any_user")
class SandboxReaderMachinesTest extends SandboxReaderFixture {
    @Test
    void aMachineWithoutAnIdIsNotCreatedAndIsOff() {
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(view().state()).as("it has none at all").isEqualTo(SandboxState.STOPPED);
        machines.add("db");
        SandboxView view = view();
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.NOT_CREATED);
        assertThat(machine(view, "db").provider()).isEmpty();
        assertThat(machine(view, "db").box()).isEmpty();
        assertThat(machine(view, "db").diskBytes()).isEqualTo(-1);
        assertThat(view.state()).isEqualTo(SandboxState.STOPPED);
    }

    @Test
    void whatTheHypervisorDoesNotHaveIsGoneOnlyIfItAnswered() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.GONE);
        answered.clear();
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.UNKNOWN);
    }

    @Test
    void aPlainQemuWithoutAProcessIsOff() {
        machines.add("db");
        noted("db", "qemu", "u-1");
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.STOPPED);
    }

    @Test
    void ofAProviderThatNobodyCanAskAStartThatWentWellIsBelieved() {
        machines.add("db");
        noted("db", "vmware_desktop", "u-1");
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.RUNNING);
        begun(OperationKind.START, ProcessIdentity.self());
        ended(true);
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.FAILED);
        journal.clear();
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.UNKNOWN);
    }

    @Test
    void aMachineThatRunsTellsItsAddressAndSinceWhen() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.RUNNING);
        begun(OperationKind.START, ProcessIdentity.self());
        add(JournalEntry.machine(workflow(), "db", "192.0.2.7"));
        add(JournalEntry.machine(workflow(), "db", null));
        ended(false);
        MachineView running = machine(view(), "db");
        assertThat(running)
                .returns("s-0a1b2c3d", MachineView::sandbox)
                .returns("libvirt", MachineView::provider)
                .returns("u-1", MachineView::id)
                .returns(Optional.of("corral/debian"), MachineView::box)
                .returns(Optional.of("192.0.2.7"), MachineView::address)
                .returns(4096L, MachineView::diskBytes)
                .returns(DIRECTORY, MachineView::directory);
        assertThat(running.since()).isPresent();
        runs("u-1", MachineState.STOPPED);
        assertThat(machine(view(), "db").address()).as("it may get another").isEmpty();
        assertThat(machine(view(), "db").since()).isEmpty();
    }

    @Test
    void thePrimaryMachineComesFirst() {
        machines.addAll(List.of("a", "b"));
        primary = Optional.of("b");
        assertThat(view().machines()).extracting(MachineView::name).containsExactly("b", "a");
        assertThat(view().machines()).extracting(MachineView::primary).containsExactly(true, false);
        primary = Optional.empty();
        assertThat(view().machines()).as("of two, nobody knows").noneMatch(MachineView::primary);
        machines.remove("b");
        assertThat(view().machines()).as("the only one").allMatch(MachineView::primary);
    }

    @Test
    void ofTwoProvidersTheOneWithAnIdCounts() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("db", "virtualbox", "");
        assertThat(machine(view(), "db").provider()).isEqualTo("libvirt");
    }

    @Test
    void aSandboxOfAnotherProgramIsWhatItsMachinesAre() {
        manifest = false;
        SandboxView bare = view();
        assertThat(bare.state()).isEqualTo(SandboxState.UNKNOWN);
        assertThat(bare.detail()).isEqualTo("not made by Corral");
        assertThat(bare.liveness()).isEqualTo(Liveness.UNKNOWN);
        assertThat(bare.createdAt()).isEqualTo(FOUND);
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.RUNNING);
        assertThat(view().state()).isEqualTo(SandboxState.READY);
    }

    @Test
    void whoLivesKeepsIt() {
        assertThat(view().liveness()).isEqualTo(Liveness.LIVE);
        assertThat(view().createdAt()).isEqualTo(MADE);
        assertThat(reader.lives()).containsEntry(ProcessIdentity.self(), Life.ALIVE);
        owner = GONE;
        assertThat(view().liveness()).isEqualTo(Liveness.STRAY);
        owner = UNKNOWABLE;
        assertThat(view().liveness()).isEqualTo(Liveness.UNKNOWN);
        owner = GONE;
        begun(OperationKind.START, ProcessIdentity.self());
        assertThat(view().liveness()).as("somebody works on it").isEqualTo(Liveness.LIVE);
        ended(false);
        assertThat(view().liveness()).as("the work is over").isEqualTo(Liveness.STRAY);
        pin = Optional.of(new Manifest.Pin("ada", MADE, Optional.empty()));
        assertThat(view().liveness()).isEqualTo(Liveness.PINNED);
        pin = Optional.of(new Manifest.Pin("ada", MADE, Optional.of(MADE.plusSeconds(1))));
        assertThat(view().liveness()).as("until a date that is past").isEqualTo(Liveness.STRAY);
    }

    @Test
    void onlyWhatIsUnderWayHasAUsualTime() {
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        begun(OperationKind.HALT, ProcessIdentity.self());
        SandboxView view = view(operation -> Optional.of(Duration.ofSeconds(9)));
        assertThat(view.operations())
                .extracting(OperationView::usual)
                .containsExactly(Optional.empty(), Optional.of(Duration.ofSeconds(9)));
        assertThat(view.operations()).extracting(OperationView::alive).containsExactly(true, true);
        assertThat(view.operation().orElseThrow().kind()).isEqualTo(OperationKind.START);
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationKind.class,
            names = {"HALT", "RELOAD", "PROVISION"})
    void whoRanAVerbThatIsOverIsNotAskedFor(OperationKind kind) {
        begun(kind, GONE);
        ended(false);
        assertThat(view().operations().getFirst().alive()).isFalse();
        assertThat(reader.lives()).doesNotContainKey(GONE);
        begun(kind, GONE);
        assertThat(view().operations().getLast().interrupted()).isTrue();
        assertThat(reader.lives()).containsEntry(GONE, Life.ENDED);
    }
}
