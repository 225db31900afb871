package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.work.MachineWork;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of row shows, field by field. */
@Tag("unit")
class RowFactoryTest extends RowFactoryFixture {
    @Test
    void aSampleThatWasNotStartedShowsItsTask() {
        Row row = rows().sample(sample(), false);
        assertThat(row)
                .returns("sample:web_flag|/t.py|sqli-01", Row::key)
                .returns("sample", Row::prefix)
                .returns("sqli-01", Row::title)
                .returns("“Find it.”", Row::note)
                .returns(StateStyle.QUIET, Row::look)
                .returns("not started", Row::state)
                .returns("", Row::box)
                .returns(Optional.empty(), Row::since)
                .returns(false, Row::changing)
                .returns(-1L, Row::disk);
        assertThat(row.spoken()).isEqualTo("sample sqli-01 “Find it.”, not started");
        Row pending = rows().sample(sample(), true);
        assertThat(pending).returns("starting", Row::state).returns(StateStyle.CHANGING, Row::look);
        Subject.Sample nameless = new Subject.Sample("t", "", "", Optional.empty(), List.of(), Optional.empty());
        assertThat(rows().sample(nameless, false))
                .returns("(no id)", Row::title)
                .returns("", Row::note)
                .returns("no Vagrant sandbox", Row::state);
    }

    @Test
    void aSampleTellsHowItsLastStartEnded() {
        assertThat(rows().sample(last(failed(false, "boot")), false))
                .returns(StateStyle.FAILED, Row::look)
                .returns("boot failed", Row::state)
                .returns("It did not boot.", Row::note);
        assertThat(rows().sample(last(failed(true, "boot")), false))
                .returns(StateStyle.OFF, Row::look)
                .returns("cancelled", Row::state)
                .returns("“Find it.”", Row::note);
    }

    @Test
    void aSampleShowsItsOnlySandbox() {
        Row row = rows().sample(
                        sample(view(
                                SandboxState.READY,
                                vm("db", MachineState.RUNNING, 100),
                                vm("web", MachineState.RUNNING, 11))),
                        false);
        assertThat(row)
                .returns("ready", Row::state)
                .returns(StateStyle.READY, Row::look)
                .returns("2 VMs", Row::box)
                .returns(Optional.of(NOW.minusSeconds(252)), Row::since)
                .returns(false, Row::changing)
                .returns(111L, Row::disk)
                .returns("sandbox " + ID, Row::note);
        assertThat(rows().sample(sample(view(SandboxState.STOPPED, vm("db", MachineState.RUNNING, -1))), false))
                .as("only what is ready is up")
                .returns(Optional.empty(), Row::since)
                .returns("1 VM", Row::box)
                .returns(-1L, Row::disk);
    }

    @Test
    void ofSeveralSandboxesTheRowIsASummary() {
        SandboxView ready = view(SandboxState.READY, vm("db", MachineState.RUNNING, 100));
        SandboxView other = view(SandboxState.FAILED, vm("db", MachineState.RUNNING, -1));
        assertThat(rows().sample(sample(ready, other, ready), false))
                .returns("3 sandboxes", Row::note)
                .returns("1 start failed · 2 ready", Row::state)
                .returns(StateStyle.FAILED, Row::look)
                .returns("3 VMs", Row::box)
                .returns(200L, Row::disk)
                .returns(Optional.empty(), Row::since);
        assertThat(rows().sample(sample(ready, ready), false).note()).isEqualTo("2 sandboxes");
    }

    @Test
    void whatMattersOfASandboxComesBeforeItsName() {
        SandboxView ready = view(SandboxState.READY);
        assertThat(rows().sample(sample(pinned(ready)), false).note()).isEqualTo("pinned · sandbox " + ID);
        assertThat(rows().sample(sample(inEpoch(ready, 2)), false).note()).isEqualTo("epoch 2 · sandbox " + ID);
        assertThat(rows().sample(sample(inEpoch(ready, 1)), false).note()).isEqualTo("sandbox " + ID);
        assertThat(rows().sample(sample(pinned(inEpoch(ready, 3))), false).note())
                .isEqualTo("epoch 3 · pinned · sandbox " + ID);
        SandboxView stray = view(SandboxState.READY, Liveness.STRAY, Optional.empty());
        assertThat(rows().sample(sample(stray), false))
                .returns("owner has ended · sandbox " + ID, Row::note)
                .returns("stray · ready", Row::state)
                .returns(StateStyle.STRAY, Row::look);
        SandboxView broken = view(SandboxState.FAILED, Liveness.LIVE, failed(false, "boot"));
        assertThat(rows().sample(sample(pinned(broken)), false).note()).isEqualTo("pinned · It did not boot.");
        assertThat(rows().sample(sample(pinned(broken)), false).state()).isEqualTo("boot failed");
    }

    @Test
    void aSandboxesRowSaysWhatItIsOf() {
        SandboxView ready = view(SandboxState.READY);
        assertThat(rows().sandbox(ready))
                .returns("sandbox:" + ID, Row::key)
                .returns("sandbox", Row::prefix)
                .returns(ID, Row::title)
                .returns("web_flag · sqli-01", Row::note);
        assertThat(rows().sandbox(byHand(ready, "/home/ada/lab/Vagrantfile")).note())
                .isEqualTo("~/lab/Vagrantfile");
        assertThat(rows().sandbox(byHand(ready, "")).note()).isEmpty();
        assertThat(rows().sandbox(pinned(inEpoch(ready, 2))).note()).isEqualTo("epoch 2 · pinned · web_flag · sqli-01");
        SandboxView stray = view(SandboxState.READY, Liveness.STRAY, Optional.empty());
        assertThat(rows().sandbox(pinned(stray)))
                .as("its group says that it is a stray")
                .returns("web_flag · sqli-01", Row::note)
                .returns("ready", Row::state);
        SandboxView broken = view(SandboxState.FAILED, Liveness.LIVE, failed(false, "boot"));
        assertThat(rows().sandbox(broken).note()).isEqualTo("It did not boot.");
        FailureView asked = new FailureView(Phase.read("halt", ""), "It did not halt.", "", List.of(), 0, false);
        assertThat(rows(new MachineWork(Map.of(), Map.of(ID + "/", asked)))
                        .sandbox(broken)
                        .note())
                .as("what was asked last")
                .isEqualTo("It did not halt.");
    }

    @Test
    void whatIsUnderWayIsCountedFromItsBeginning() {
        Optional<OperationView> start =
                Optional.of(Samples.start(ID, NOW.minusSeconds(9), false, Optional.empty(), "boot", 1));
        Row starting = rows().sandbox(view(SandboxState.STARTING, Liveness.LIVE, start));
        assertThat(starting)
                .returns("starting · boot", Row::state)
                .returns(true, Row::changing)
                .returns(Optional.of(NOW.minusSeconds(9)), Row::since);
        assertThat(rows().sandbox(view(SandboxState.QUEUED)))
                .as("made when it was asked for")
                .returns(Optional.of(NOW), Row::since)
                .returns("queued", Row::state);
        assertThat(rows(MachineWork.none(), ID)
                        .sandbox(view(SandboxState.STARTING, Liveness.LIVE, start))
                        .state())
                .isEqualTo("cancelling");
        assertThat(rows(MachineWork.none(), ID)
                        .sandbox(view(SandboxState.QUEUED))
                        .state())
                .isEqualTo("cancelling");
        assertThat(rows(MachineWork.none(), ID)
                        .sandbox(view(SandboxState.DESTROYING))
                        .state())
                .isEqualTo("destroying");
        MachineWork halting =
                new MachineWork(Map.of(ID + "/", new MachineWork.Doing("halting", NOW.minusSeconds(5))), Map.of());
        assertThat(rows(halting).sandbox(view(SandboxState.READY)))
                .returns("halting", Row::state)
                .returns(true, Row::changing)
                .returns(StateStyle.CHANGING, Row::look)
                .returns(Optional.of(NOW.minusSeconds(5)), Row::since);
    }

    @Test
    void theStoryOfAFailedStart() {
        SandboxView broken = view(SandboxState.FAILED, Liveness.LIVE, failed(false, "boot"));
        assertThat(rows().ended(broken))
                .returns("ended:" + ID, Row::key)
                .returns("It did not boot.", Row::note)
                .returns("boot failed", Row::state)
                .returns(StateStyle.FAILED, Row::look);
        SandboxView cancelled =
                byHand(view(SandboxState.FAILED, Liveness.LIVE, failed(true, "boot")), "/x/Vagrantfile");
        assertThat(rows().ended(cancelled))
                .returns("/x/Vagrantfile", Row::note)
                .returns("cancelled", Row::state)
                .returns(StateStyle.OFF, Row::look);
    }

    @ParameterizedTest
    @EnumSource(MachineState.class)
    void aVmShowsItsState(MachineState state) {
        Optional<OperationView> start =
                Optional.of(Samples.start(ID, NOW.minusSeconds(9), false, Optional.empty(), "boot", 1));
        MachineView vm = vm("db", state, 7);
        Row row = rows().machine(view(SandboxState.STARTING, Liveness.LIVE, start, vm), vm);
        boolean changing = Set.of(MachineState.STARTING, MachineState.PROVISIONING, MachineState.DESTROYING)
                .contains(state);
        assertThat(row)
                .returns("vm:" + ID + "/db", Row::key)
                .returns(state.word(), Row::state)
                .returns(changing, Row::changing)
                .returns(7L, Row::disk)
                .returns("192.0.2.7", Row::address)
                .returns(
                        changing
                                ? Optional.of(NOW.minusSeconds(9))
                                : state == MachineState.RUNNING ? Optional.of(NOW.minusSeconds(252)) : Optional.empty(),
                        Row::since);
        assertThat(row.box()).isEqualTo(state == MachineState.NOT_CREATED ? "" : "corral/debian · libvirt");
    }

    @Test
    void theDefaultVmIsNamedAmongOthersOnly() {
        MachineView db = vm("db", MachineState.RUNNING, 1);
        MachineView web = vm("web", MachineState.RUNNING, 1);
        SandboxView two = view(SandboxState.READY, db, web);
        assertThat(rows().machine(two, db).note()).isEqualTo("default");
        assertThat(rows().machine(two, web).note()).isEmpty();
        assertThat(rows().machine(view(SandboxState.READY, db), db).note()).isEmpty();
        MachineView forwarded = Samples.machine(ID, "x", false, MachineState.RUNNING, "127.0.0.1:2222", NOW);
        assertThat(rows().machine(two, forwarded).address()).isEqualTo("127.0.0.1:2222");
        MachineWork work = new MachineWork(
                Map.of(ID + "/db", new MachineWork.Doing("halting", NOW)),
                Map.of(ID + "/web", new FailureView(Phase.read("halt", ""), "No.", "", List.of(), 0, false)));
        assertThat(rows(work).machine(two, db))
                .returns("halting", Row::state)
                .returns(true, Row::changing)
                .returns(Optional.of(NOW), Row::since)
                .returns(StateStyle.CHANGING, Row::look);
        assertThat(rows(work).machine(two, web).note()).isEqualTo("No.");
        MachineView none = vm("db", MachineState.NOT_CREATED, -1);
        assertThat(rows(work).machine(view(SandboxState.READY, none), none).state())
                .as("nothing is done to what is not there")
                .isEqualTo("not created");
    }
}
