package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.Openable;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.LoadProblem;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of row shows, field by field. */
@Tag("unit")
class RowFactoryTest {
    private static final Instant NOW = Samples.NOW;
    private static final String ID = "s-0a1b2c3d";
    private static final Path HOME = Path.of("/home/ada");

    private static RowFactory rows(MachineWork work, String... cancels) {
        return new RowFactory(HOME, Set.of(cancels), work, true);
    }

    private static RowFactory rows() {
        return rows(MachineWork.none());
    }

    private static MachineView vm(String name, MachineState state, long disk) {
        MachineView plain = Samples.machine(ID, name, name.equals("db"), state, "192.0.2.7:22", NOW);
        return new MachineView(
                plain.sandbox(),
                plain.name(),
                plain.primary(),
                plain.state(),
                plain.provider(),
                plain.id(),
                plain.box(),
                plain.address(),
                plain.since(),
                disk,
                plain.directory());
    }

    private static SandboxView view(SandboxState state, MachineView... machines) {
        return view(state, Liveness.LIVE, Optional.empty(), machines);
    }

    private static SandboxView view(
            SandboxState state, Liveness liveness, Optional<OperationView> operation, MachineView... machines) {
        return Samples.sandbox(ID, "web_flag", "sqli-01", state, "", liveness, operation, NOW, machines);
    }

    private static SandboxView with(SandboxView view, Manifest manifest) {
        return new SandboxView(
                view.id(),
                view.directory(),
                Optional.of(manifest),
                view.state(),
                view.detail(),
                view.liveness(),
                view.machines(),
                view.operation(),
                view.createdAt());
    }

    private static SandboxView pinned(SandboxView view) {
        return with(
                view,
                view.manifest().orElseThrow().withPin(Optional.of(new Manifest.Pin("ada", NOW, Optional.empty()))));
    }

    private static SandboxView inEpoch(SandboxView view, int epoch) {
        Manifest manifest = view.manifest().orElseThrow();
        Manifest.Origin origin = new Manifest.Origin("web_flag", "/t.py", "sqli-01", epoch, "", "", "", 0, "");
        return with(
                view,
                new Manifest(
                        manifest.schemaVersion(),
                        manifest.id(),
                        manifest.createdAt(),
                        manifest.owner(),
                        origin,
                        manifest.vagrantfile(),
                        manifest.context(),
                        manifest.machines(),
                        manifest.primary(),
                        manifest.copied(),
                        manifest.pin()));
    }

    private static SandboxView byHand(SandboxView view, String vagrantfile) {
        Manifest manifest = view.manifest().orElseThrow();
        return with(
                view,
                new Manifest(
                        manifest.schemaVersion(),
                        manifest.id(),
                        manifest.createdAt(),
                        manifest.owner(),
                        Manifest.Origin.none(),
                        vagrantfile,
                        manifest.context(),
                        manifest.machines(),
                        manifest.primary(),
                        manifest.copied(),
                        manifest.pin()));
    }

    private static Optional<OperationView> failed(boolean cancelled, String phase) {
        return Optional.of(Samples.start(
                ID,
                NOW,
                true,
                Optional.of(new FailureView(Phase.read(phase, ""), "It did not boot.", "", List.of(), 0, cancelled)),
                "boot",
                1));
    }

    private static Subject.Sample sample(SandboxView... views) {
        return new Subject.Sample(
                "web_flag",
                "/t.py",
                "sqli-01",
                Optional.of(Samples.sample("sqli-01", "Find\nit.")),
                List.of(views),
                Optional.empty());
    }

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

    private static Subject.Sample last(Optional<OperationView> operation) {
        return new Subject.Sample(
                "web_flag",
                "/t.py",
                "sqli-01",
                Optional.of(Samples.sample("sqli-01", "Find\nit.")),
                List.of(),
                Optional.of(view(SandboxState.FAILED, Liveness.LIVE, operation)));
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

    private static Subject.Eval eval(Optional<EvalTask> definition, SandboxView... views) {
        return new Subject.Eval("web_flag", Samples.FILE.toString(), definition, List.of(views), Optional.empty());
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
