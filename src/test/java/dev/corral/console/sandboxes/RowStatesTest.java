package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.work.Openable;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.LoadProblem;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Owner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rows say of evals, groups and files what is in them, and how each state looks. */
@Tag("unit")
class RowStatesTest extends RowFactoryFixture {
    @Test
    void anEvalSaysWhoRunsIt() {
        SandboxView live = view(SandboxState.READY, vm("db", MachineState.RUNNING, 5));
        Row running = rows().eval(eval(Optional.empty(), live), 2);
        assertThat(live.manifest().orElseThrow().owner().kind()).isEqualTo(Owner.Kind.INSPECT);
        assertThat(running)
                .returns("eval:web_flag|/home/ada/evals/web_flag.py", Row::key)
                .returns("live · pid 4121", Row::note)
                .returns("1 ready", Row::state)
                .returns(StateStyle.READY, Row::look)
                .returns("2 samples", Row::box)
                .returns(5L, Row::disk);
        assertThat(rows().eval(eval(Optional.empty()), 1))
                .returns("evals/web_flag.py", Row::note)
                .returns("not running", Row::state)
                .returns(StateStyle.QUIET, Row::look)
                .returns("1 sample", Row::box);
        assertThat(rows().eval(
                                new Subject.Eval(
                                        "t",
                                        "/a.py",
                                        Optional.empty(),
                                        List.of(),
                                        Optional.of(new TaskFile.Loaded(
                                                Samples.FILE, List.of(), "changed since it was read"))),
                                1)
                        .note())
                .isEqualTo("changed since it was read · /a.py");
        assertThat(rows().eval(new Subject.Eval("t", "", Optional.empty(), List.of(), Optional.empty()), 1)
                        .note())
                .isEmpty();
    }

    @Test
    void anEvalThatNoRunOfInspectHasSaysItsFile() {
        SandboxView taken = with(
                view(SandboxState.READY),
                view(SandboxState.READY)
                        .manifest()
                        .orElseThrow()
                        .takenBy(new Owner(7, 1, "", Owner.Kind.CONSOLE), NOW));
        TaskFile.Loaded fresh = new TaskFile.Loaded(Samples.FILE, List.of());
        assertThat(rows().eval(
                                new Subject.Eval(
                                        "t", "/srv/a.py", Optional.empty(), List.of(taken), Optional.of(fresh)),
                                1)
                        .note())
                .isEqualTo("/srv/a.py");
    }

    @Test
    void anEvalThatCouldNotBeReadSaysSo() {
        EvalTask broken = new EvalTask(
                "web_flag",
                Samples.FILE,
                1,
                "",
                List.of(),
                List.of(),
                Optional.of(new LoadProblem("", "It raises.", Optional.empty(), 0, "")));
        assertThat(rows().eval(eval(Optional.of(broken), view(SandboxState.READY)), 0))
                .returns("not loaded", Row::state)
                .returns(StateStyle.FAILED, Row::look);
    }

    @Test
    void groupsSayWhatCanBeHadBack() {
        SandboxView small = view(SandboxState.READY, vm("db", MachineState.RUNNING, 2048));
        assertThat(rows().group(new Subject.Group(Subject.GroupKind.STRAYS, List.of(small, small))))
                .returns("group:STRAYS", Row::key)
                .returns("Strays", Row::title)
                .returns("no owner is alive", Row::note)
                .returns("2 strays", Row::state)
                .returns(StateStyle.STRAY, Row::look)
                .returns("4 KiB reclaimable", Row::box);
        SandboxView unknown = view(SandboxState.READY, vm("db", MachineState.RUNNING, -1));
        assertThat(rows().group(new Subject.Group(Subject.GroupKind.STRAYS, List.of(unknown)))
                        .box())
                .isEqualTo("1 VM");
        SandboxView nothing = view(SandboxState.READY, vm("db", MachineState.RUNNING, 0));
        assertThat(rows().group(new Subject.Group(Subject.GroupKind.STRAYS, List.of(nothing)))
                        .box())
                .isEqualTo("1 VM");
        assertThat(rows().group(new Subject.Group(Subject.GroupKind.BY_HAND, List.of(small))))
                .returns("1 ready", Row::state)
                .returns(StateStyle.READY, Row::look)
                .returns("1 VM", Row::box)
                .returns(2048L, Row::disk);
    }

    @Test
    void aFileSaysHowFarItIs() {
        assertThat(rows().file(new TaskFile.Loading(Samples.FILE)))
                .returns("~/evals/web_flag.py", Row::title)
                .returns("loading", Row::state)
                .returns("reading its evals", Row::note)
                .returns(StateStyle.CHANGING, Row::look);
        assertThat(rows().file(new TaskFile.Loaded(Samples.FILE, List.of())).note())
                .isEqualTo("it has no evals");
        assertThat(rows().file(new TaskFile.Loaded(Samples.FILE, List.of(), "changed since it was read"))
                        .note())
                .isEqualTo("it has no evals · changed since it was read");
        assertThat(rows().file(new TaskFile.Failed(Samples.FILE, "It raises.", "", "")))
                .returns("It raises.", Row::note)
                .returns(StateStyle.FAILED, Row::look);
    }

    @Test
    void whatNeverFailedHasNoCause() {
        assertThat(States.cause(view(SandboxState.READY))).isEmpty();
        assertThat(States.cause(view(SandboxState.FAILED, Liveness.LIVE, failed(true, "boot"))))
                .as("who cancelled it knows why")
                .isEmpty();
        assertThat(States.failedIn(view(SandboxState.FAILED))).isEqualTo("start failed");
        assertThat(States.failedIn(view(SandboxState.FAILED, Liveness.LIVE, failed(false, "count sheep"))))
                .isEqualTo("count sheep failed");
        assertThat(States.failedIn(view(SandboxState.FAILED, Liveness.LIVE, failed(false, "provision · a (shell)"))))
                .isEqualTo("provision failed");
        assertThat(States.failedIn(view(SandboxState.FAILED, Liveness.LIVE, failed(false, ""))))
                .isEqualTo("start failed");
    }

    @Test
    void aQueueSaysThePlace() {
        assertThat(States.words(
                        Samples.inventory(NOW).sandbox("xss-03-77b0c1e2").orElseThrow()))
                .isEqualTo("queued · start-ups 1/1");
        assertThat(States.words(view(SandboxState.STARTING))).isEqualTo("starting");
    }

    @Test
    void ofManyTheTwoStatesThatMatterMostAreSaid() {
        assertThat(States.summary(
                        Arrays.asList(view(SandboxState.READY), view(SandboxState.STOPPED), view(SandboxState.QUEUED)),
                        view -> Optional.empty()))
                .isEqualTo("1 ready · 1 queued");
        assertThat(States.summaryLook(
                        List.of(view(SandboxState.READY), view(SandboxState.STARTING)), view -> Optional.empty()))
                .isEqualTo(StateStyle.CHANGING);
        assertThat(States.summaryLook(List.of(view(SandboxState.STOPPED)), view -> Optional.empty()))
                .isEqualTo(StateStyle.QUIET);
    }

    @ParameterizedTest
    @CsvSource({
        "READY, READY",
        "STARTING, CHANGING",
        "DESTROYING, CHANGING",
        "DEGRADED, CHANGING",
        "FAILED, FAILED",
        "DESTROY_FAILED, FAILED",
        "INTERRUPTED, STRAY",
        "QUEUED, OFF",
        "STOPPED, OFF",
        "UNKNOWN, OFF"
    })
    void eachStateHasItsLook(SandboxState state, StateStyle look) {
        assertThat(States.look(state)).isEqualTo(look);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, READY",
        "STARTING, CHANGING",
        "PROVISIONING, CHANGING",
        "DESTROYING, CHANGING",
        "FAILED, FAILED",
        "GONE, FAILED",
        "NOT_CREATED, OFF",
        "STOPPED, OFF",
        "PAUSED, OFF",
        "UNKNOWN, OFF"
    })
    void eachMachinesStateHasItsLook(MachineState state, StateStyle look) {
        assertThat(States.look(state)).isEqualTo(look);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "RUNNING, none",
                "PROVISIONING, none",
                "UNKNOWN, none",
                "FAILED, none",
                "STOPPED, The VM is stopped",
                "STARTING, The VM is starting"
            })
    void aTerminalNeedsAVmThatAnswers(MachineState state, String why) {
        assertThat(Openable.terminal(Optional.of(vm("db", state, 1))).orElse(null))
                .isEqualTo(why);
    }

    @Test
    void aVmThatWasNeverMadeHasNoTerminal() {
        MachineView vm = vm("db", MachineState.FAILED, 1);
        MachineView never = new MachineView(
                vm.sandbox(),
                vm.name(),
                true,
                MachineState.FAILED,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                -1,
                vm.directory());
        assertThat(Openable.terminal(Optional.of(never))).contains("The VM was never made");
        assertThat(Openable.terminal(Optional.empty())).contains("There is no VM yet");
    }

    @Test
    void aLongTaskIsCutInItsMiddle() {
        Subject.Sample longer = new Subject.Sample(
                "t", "", "s", Optional.of(Samples.sample("s", "x".repeat(100))), List.of(), Optional.empty());
        assertThat(rows().sample(longer, false).note()).hasSize(82).contains("…");
    }

    @Test
    void aVmThatTakesNothingTakesNothing() {
        SandboxView nothing = view(SandboxState.READY, vm("db", MachineState.RUNNING, 0));
        assertThat(States.disk(nothing)).isZero();
        assertThat(States.disk(List.of(nothing))).isZero();
        assertThat(States.disk(List.of(view(SandboxState.READY)))).isEqualTo(-1);
        Optional<OperationView> nameless = Optional.of(Samples.start(ID, NOW, false, Optional.empty(), "", 1));
        assertThat(States.words(view(SandboxState.STARTING, Liveness.LIVE, nameless)))
                .isEqualTo("starting");
    }
}
