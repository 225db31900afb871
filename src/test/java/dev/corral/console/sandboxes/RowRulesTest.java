package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.page.Action;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.work.MachineWork;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RowRulesTest {
    private static final Instant NOW = Samples.NOW;
    private static final String ID = "s-1";
    private static final RowFactory ROWS = new RowFactory(Path.of("/home/ada"), Set.of(), MachineWork.none(), true);

    private static SandboxView view(SandboxState state, Optional<OperationView> operation, MachineState... machines) {
        return Samples.sandbox(
                ID,
                "web_flag",
                "sqli-01",
                state,
                "",
                Liveness.LIVE,
                operation,
                NOW,
                IntStream.range(0, machines.length)
                        .mapToObj(i -> Samples.machine(ID, "vm" + i, i == 0, machines[i], "", NOW))
                        .toArray(MachineView[]::new));
    }

    private static Optional<OperationView> failed(boolean cancelled) {
        return Optional.of(Samples.start(
                ID,
                NOW,
                true,
                Optional.of(new FailureView(Phase.read("boot", ""), "It did not boot.", "", List.of(), 0, cancelled)),
                "boot",
                1));
    }

    private static Optional<OperationView> went() {
        return Optional.of(Samples.start(ID, NOW, true, Optional.empty(), "boot", 1));
    }

    private static SandboxView withoutManifest(SandboxView view) {
        return new SandboxView(
                view.id(),
                view.directory(),
                Optional.empty(),
                view.state(),
                view.detail(),
                view.liveness(),
                view.machines(),
                view.operation(),
                view.createdAt());
    }

    private static Subject.Sample sample(Optional<EvalSample> definition, SandboxView... sandboxes) {
        return new Subject.Sample(
                "web_flag", Samples.FILE.toString(), "sqli-01", definition, List.of(sandboxes), Optional.empty());
    }

    private static Optional<EvalSample> defined() {
        return Optional.of(Samples.sample("sqli-01", "input"));
    }

    private static RowRules rules(Subject subject) {
        return rules(subject, false, MachineWork.none());
    }

    private static RowRules rules(Subject subject, boolean cancellable, MachineWork work) {
        return RowRules.of(Optional.of(row(subject)), id -> cancellable && id.equals(ID), work);
    }

    private static Row row(Subject subject) {
        return switch (subject) {
            case Subject.Sample sample -> ROWS.sample(sample, false);
            case Subject.Sandbox sandbox -> sandbox.ended() ? ROWS.ended(sandbox.view()) : ROWS.sandbox(sandbox.view());
            case Subject.Machine machine -> ROWS.machine(machine.owner(), machine.view());
            case Subject.Group group -> ROWS.group(group);
            case Subject.File file -> ROWS.file(file.file());
            case Subject.Eval eval -> ROWS.eval(eval, 1);
        };
    }

    @Test
    void aSampleThatWasNeverStartedCanBeStartedAndNothingElse() {
        RowRules fresh = rules(sample(defined()));
        assertThat(fresh.main()).contains(Action.START);
        assertThat(fresh.pinned()).isFalse();
        assertThat(fresh.obstacles())
                .doesNotContainKeys(Action.START, Action.VAGRANTFILE)
                .containsEntry(Action.CANCEL, "There is no sandbox yet")
                .containsEntry(Action.PIN, "There is no sandbox yet")
                .containsEntry(Action.COPY, "There is no sandbox yet")
                .containsEntry(Action.SHOW_IN_STRAYS, "There is no sandbox yet")
                .containsEntry(Action.DESTROY, "There is no sandbox yet")
                .containsEntry(Action.TAKE_BACK, "There is no sandbox yet")
                .containsEntry(Action.TERMINAL, "There is no VM yet")
                .containsEntry(Action.SNAPSHOTS, "There is no VM yet")
                .containsEntry(Action.UP, "There is no VM yet")
                .containsEntry(Action.LOG, "Vagrant has not run for it yet")
                .containsEntry(Action.KEEP_AND_LOOK, "Its start did not fail")
                .containsEntry(Action.READ_AGAIN, "Choose an eval of an open task file")
                .containsEntry(Action.CLOSE_TASK_FILE, "Choose an eval of an open task file");
    }

    @Test
    void whatCanNotBeStartedSaysWhy() {
        EvalSample without = new EvalSample(
                "sqli-01",
                "input",
                false,
                "",
                List.of(),
                List.of(),
                List.of(),
                false,
                "",
                Optional.of("docker"),
                Optional.empty());
        assertThat(rules(sample(Optional.of(without))).obstacles())
                .containsEntry(Action.START, "The sample asks for no Vagrant sandbox")
                .containsEntry(Action.VAGRANTFILE, "It has no Vagrantfile");
        assertThat(rules(sample(Optional.empty())).obstacles()).containsEntry(Action.START, "Open its task file first");
        assertThat(rules(new Subject.Sandbox(view(SandboxState.READY, went(), MachineState.RUNNING), false))
                        .obstacles())
                .containsEntry(Action.START, "Choose a sample");
    }

    @Test
    void theStoryOfAFailedStartCanBeToldAndTriedAgain() {
        SandboxView story = view(SandboxState.FAILED, failed(false));
        RowRules ended = rules(new Subject.Sandbox(story, true));
        assertThat(ended.obstacles()).doesNotContainKeys(Action.START, Action.LOG, Action.KEEP_AND_LOOK);
        assertThat(ended.main()).contains(Action.LOG);
        assertThat(rules(new Subject.Sandbox(withoutManifest(story), true)).obstacles())
                .as("without a manifest nobody knows what was started")
                .containsEntry(Action.START, "Choose a sample")
                .containsEntry(Action.KEEP_AND_LOOK, "Its start did not fail");
        assertThat(rules(new Subject.Sandbox(view(SandboxState.FAILED, failed(true)), true))
                        .main())
                .as("who cancelled it knows why it ended")
                .contains(Action.START);
    }

    @Test
    void aSampleTellsTheStoryOfItsLastFailedStart() {
        SandboxView story = view(SandboxState.FAILED, failed(false));
        Subject.Sample sample = new Subject.Sample(
                "web_flag", Samples.FILE.toString(), "sqli-01", Optional.empty(), List.of(), Optional.of(story));
        assertThat(RowRules.story(sample)).contains(story);
        assertThat(RowRules.failed(sample)).isTrue();
        RowRules closed = rules(sample);
        assertThat(closed.obstacles())
                .containsEntry(Action.START, "Open its task file first")
                .as("the manifest says what was started")
                .doesNotContainKeys(Action.KEEP_AND_LOOK, Action.LOG);
        assertThat(closed.main()).contains(Action.LOG);
    }

    @Test
    void aStartThatFailedIsOverOnceItIsReadyOrChanges() {
        for (SandboxState state : SandboxState.values()) {
            Subject subject = new Subject.Sandbox(view(state, failed(false), MachineState.STOPPED), false);
            assertThat(RowRules.failed(subject))
                    .as(state.name())
                    .isEqualTo(state != SandboxState.READY && !state.changing());
        }
        assertThat(RowRules.failed(new Subject.Sandbox(view(SandboxState.STOPPED, went()), false)))
                .isFalse();
    }

    @Test
    void onlyWhatThisWindowDoesCanBeCancelled() {
        Subject starting = new Subject.Sandbox(view(SandboxState.STARTING, went()), false);
        assertThat(rules(starting, true, MachineWork.none()).obstacles()).doesNotContainKey(Action.CANCEL);
        assertThat(rules(starting).obstacles())
                .containsEntry(Action.CANCEL, "Another process does this, or it can not be stopped any more");
        assertThat(rules(new Subject.Sandbox(view(SandboxState.READY, went()), false))
                        .obstacles())
                .containsEntry(Action.CANCEL, "Nothing is under way");
    }

    @Test
    void aSandboxWithoutAManifestCanNotBePinned() {
        Subject.Sandbox ours = new Subject.Sandbox(view(SandboxState.READY, went(), MachineState.RUNNING), false);
        assertThat(rules(ours).obstacles()).doesNotContainKeys(Action.PIN, Action.COPY, Action.SHOW_IN_STRAYS);
        RowRules other = rules(new Subject.Sandbox(withoutManifest(ours.view()), false));
        assertThat(other.obstacles())
                .containsEntry(Action.PIN, "It has no manifest of Corral")
                .containsEntry(Action.TAKE_BACK, "It has no manifest of Corral");
    }

    @Test
    void destroyWaitsForWhatIsUnderWay() {
        SandboxView ready = view(SandboxState.READY, went(), MachineState.RUNNING);
        assertThat(rules(new Subject.Sandbox(ready, false)).obstacles()).doesNotContainKey(Action.DESTROY);
        assertThat(rules(new Subject.Sandbox(view(SandboxState.DESTROYING, went()), false))
                        .obstacles())
                .containsEntry(Action.DESTROY, "It is being destroyed");
        MachineWork halting = new MachineWork(Map.of(ID + "/", new MachineWork.Doing("halting", NOW)), Map.of());
        RowRules during = rules(new Subject.Sandbox(ready, false), false, halting);
        assertThat(during.obstacles())
                .containsEntry(Action.DESTROY, "It is halting: wait, or cancel that")
                .containsEntry(Action.HALT, "It is halting");
        assertThat(during.main()).contains(Action.LOG);
        assertThat(rules(new Subject.Group(Subject.GroupKind.STRAYS, List.of(ready)))
                        .obstacles())
                .as("all strays at once")
                .doesNotContainKey(Action.DESTROY);
        assertThat(rules(new Subject.Group(Subject.GroupKind.BY_HAND, List.of(ready)))
                        .obstacles())
                .containsKey(Action.DESTROY);
    }

    @Test
    void theMainActionLeadsOutOfTheState() {
        assertThat(rules(new Subject.Sandbox(view(SandboxState.READY, went(), MachineState.RUNNING), false))
                        .main())
                .contains(Action.TERMINAL);
        assertThat(rules(new Subject.Sandbox(view(SandboxState.STARTING, went(), MachineState.RUNNING), false))
                        .main())
                .as("while it starts its log is what there is to see")
                .contains(Action.LOG);
        assertThat(rules(sample(defined(), view(SandboxState.FAILED, failed(false), MachineState.FAILED)))
                        .main())
                .contains(Action.LOG);
        assertThat(rules(sample(defined(), view(SandboxState.STOPPED, went(), MachineState.STOPPED)))
                        .main())
                .contains(Action.UP);
        assertThat(rules(sample(defined(), view(SandboxState.FAILED, failed(false), MachineState.RUNNING)))
                        .main())
                .as("its VM was kept to look at")
                .contains(Action.TERMINAL);
        SandboxView one = view(SandboxState.READY, went(), MachineState.RUNNING);
        assertThat(rules(sample(defined(), one, one)).main())
                .as("two sandboxes of one sample: which?")
                .isEmpty();
    }

    @Test
    void anEvalIsSolvedByHandWhereASampleOfItAsksForAVm() {
        Optional<TaskFile.Loaded> file = Optional.of(new TaskFile.Loaded(Samples.FILE, Samples.evals()));
        for (EvalTask task : Samples.evals()) {
            boolean asks =
                    task.samples().stream().anyMatch(sample -> sample.sandbox().isPresent());
            Subject.Eval eval =
                    new Subject.Eval(task.name(), Samples.FILE.toString(), Optional.of(task), List.of(), file);
            assertThat(rules(eval).obstacles().get(Action.SOLVE))
                    .isEqualTo(asks ? null : "No sample of it asks for a Vagrant sandbox");
        }
        assertThat(rules(new Subject.Eval("web_flag", "", Optional.empty(), List.of(), Optional.empty()))
                        .obstacles())
                .containsEntry(Action.SOLVE, "Open its task file first");
    }

    @Test
    void headingsFoldAndAFailedFileIsReadAgain() {
        TaskFile.Loaded file = new TaskFile.Loaded(Samples.FILE, Samples.evals());
        Subject.Eval eval =
                new Subject.Eval("web_flag", Samples.FILE.toString(), Optional.empty(), List.of(), Optional.of(file));
        assertThat(rules(eval).main()).isEmpty();
        assertThat(rules(eval).obstacles()).doesNotContainKeys(Action.READ_AGAIN, Action.CLOSE_TASK_FILE);
        assertThat(rules(new Subject.Group(Subject.GroupKind.STRAYS, List.of())).main())
                .isEmpty();
        Subject.File failed = new Subject.File(new TaskFile.Failed(Samples.FILE, "It raises.", "Mend it.", ""));
        assertThat(rules(failed).main()).contains(Action.READ_AGAIN);
        Subject.File loading = new Subject.File(new TaskFile.Loading(Samples.FILE));
        assertThat(rules(loading).main()).isEmpty();
    }

    @Test
    void theButtonOfAnEvalWhoseFileChangedReadsItAgain() {
        TaskFile.Loaded fresh = new TaskFile.Loaded(Samples.FILE, Samples.evals());
        assertThat(button(fresh)).isEmpty();
        assertThat(button(new TaskFile.Loaded(Samples.FILE, Samples.evals(), "changed since it was read")))
                .contains(Action.READ_AGAIN);
        Row ready = row(new Subject.Sandbox(view(SandboxState.READY, went(), MachineState.RUNNING), false));
        assertThat(RowRules.button(ready, RowRules.of(Optional.of(ready), id -> false)))
                .contains(Action.TERMINAL);
    }

    private static Optional<Action> button(TaskFile.Loaded file) {
        Row row = row(
                new Subject.Eval("web_flag", Samples.FILE.toString(), Optional.empty(), List.of(), Optional.of(file)));
        return RowRules.button(row, RowRules.of(Optional.of(row), id -> false));
    }

    @Test
    void aMachineRowOpensItsOwnTerminal() {
        SandboxView two = view(SandboxState.READY, went(), MachineState.RUNNING, MachineState.STOPPED);
        Subject.Machine off = new Subject.Machine(two, two.machines().get(1));
        assertThat(RowRules.terminalMachine(off)).contains(two.machines().get(1));
        assertThat(RowRules.terminalMachine(new Subject.Sandbox(two, false)))
                .contains(two.machines().getFirst());
        assertThat(rules(off).main()).contains(Action.UP);
        Manifest.Pin pin = new Manifest.Pin("ada", NOW, Optional.empty());
        SandboxView pinned = new SandboxView(
                two.id(),
                two.directory(),
                two.manifest().map(manifest -> manifest.withPin(Optional.of(pin))),
                two.state(),
                two.detail(),
                two.liveness(),
                two.machines(),
                two.operation(),
                two.createdAt());
        assertThat(rules(new Subject.Machine(pinned, pinned.machines().getFirst()))
                        .pinned())
                .isTrue();
        assertThat(rules(off).pinned()).isFalse();
    }
}
