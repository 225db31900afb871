package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.page.Action;
import dev.corral.console.sandboxes.details.DetailButtons;
import dev.corral.console.sandboxes.details.Snapshots;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.work.MachineWork;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class MachineRulesTest {
    private static final Instant NOW = Samples.NOW;
    private static final String ID = "sqli-01-9f3c2a1b";
    private static final List<TaskFile> FILES = List.of(new TaskFile.Loaded(Samples.FILE, Samples.evals()));

    private static SandboxView sandbox(Liveness liveness, MachineState... states) {
        MachineView[] machines = new MachineView[states.length];
        for (int i = 0; i < states.length; i++) {
            machines[i] = Samples.machine(ID, (i == 0 ? "attacker-" : "victim-") + ID, i == 0, states[i], "", NOW);
        }
        return Samples.sandbox(
                ID, "web_flag", "sqli-01", SandboxState.STOPPED, "", liveness, Optional.empty(), NOW, machines);
    }

    private static List<TreeNode> tree(SandboxView view, MachineWork work) {
        return new TreeBuilder(Path.of("/home/ada"))
                .build(
                        new Inventory(NOW, Path.of("/home/ada/.cache"), List.of(view), List.of(), "", List.of()),
                        FILES,
                        new TreeBuilder.Asked(Set.of(), Set.of(), work));
    }

    private static Row row(List<TreeNode> nodes, String keyStart) {
        return nodes.stream()
                .flatMap(TreeNode::rows)
                .filter(row -> row.key().startsWith(keyStart))
                .findFirst()
                .orElseThrow();
    }

    private static RowRules rules(SandboxView view, String keyStart, MachineWork work) {
        return RowRules.of(Optional.of(row(tree(view, work), keyStart)), id -> false, work);
    }

    @ParameterizedTest
    @CsvSource({"STOPPED,UP", "PAUSED,RESUME", "RUNNING,TERMINAL"})
    void aStateOffersWhatLeadsOutOfItFirst(MachineState state, Action first) {
        SandboxView view = sandbox(Liveness.LIVE, state);
        for (String key : List.of("sample:web_flag|" + Samples.FILE + "|sqli-01", "vm:" + ID)) {
            RowRules rules = rules(view, key, MachineWork.none());
            assertThat(rules.main()).as(key).contains(first);
            assertThat(rules.obstacles()).doesNotContainKey(first);
            assertThat(DetailButtons.of(row(tree(view, MachineWork.none()), key).subject(), false))
                    .contains(first);
        }
    }

    @ParameterizedTest
    @EnumSource(MachineState.class)
    void everyVerbHasAWayOrAReason(MachineState state) {
        Map<Action, String> obstacles =
                rules(sandbox(Liveness.LIVE, state), "vm:", MachineWork.none()).obstacles();
        assertThat(MachineRules.VERBS.keySet()).allSatisfy(action -> assertThat(obstacles.getOrDefault(action, "free"))
                .isNotBlank());
        // What is not there, or changes by itself, can't be asked for anything.
        boolean none = Set.of(
                        MachineState.GONE, MachineState.STARTING, MachineState.PROVISIONING, MachineState.DESTROYING)
                .contains(state);
        assertThat(obstacles.keySet().containsAll(MachineRules.VERBS.keySet())).isEqualTo(none);
    }

    @Test
    void aMachineThatIsNotCreatedYetCanOnlyBeBroughtUp() {
        SandboxView view = sandbox(Liveness.LIVE, MachineState.RUNNING, MachineState.NOT_CREATED);
        Map<Action, String> obstacles =
                MachineRules.obstacles(new Subject.Machine(view, view.machines().getLast()), MachineWork.none());
        assertThat(obstacles)
                .doesNotContainKey(Action.UP)
                .containsEntry(Action.HALT, "There is no VM yet")
                .containsEntry(Action.PROVISION, "There is no VM yet")
                .containsKey(Action.SNAPSHOTS);
        MachineWork busy = new MachineWork(Map.of(ID + "/", new MachineWork.Doing("halting", NOW)), Map.of());
        assertThat(MachineRules.obstacles(
                        new Subject.Machine(view, view.machines().getLast()), busy))
                .containsEntry(Action.UP, "It is halting");
    }

    @Test
    void ofSeveralVmsEachVerbAppliesWhenItAppliesToOne() {
        Map<Action, String> obstacles = rules(
                        sandbox(Liveness.LIVE, MachineState.RUNNING, MachineState.STOPPED),
                        "sample:web_flag",
                        MachineWork.none())
                .obstacles();
        assertThat(obstacles)
                .doesNotContainKeys(Action.UP, Action.HALT, Action.SNAPSHOTS)
                .containsKey(Action.RESUME);
    }

    @Test
    void whileSomethingIsDoneNothingElseIsAndTheRowSaysWhat() {
        SandboxView view = sandbox(Liveness.LIVE, MachineState.STOPPED, MachineState.STOPPED);
        MachineWork work =
                new MachineWork(Map.of(ID + "/victim-" + ID, new MachineWork.Doing("starting up", NOW)), Map.of());
        assertThat(row(tree(view, work), "vm:" + ID + "/victim").state()).isEqualTo("starting up");
        assertThat(row(tree(view, work), "vm:" + ID + "/victim").look()).isEqualTo(StateStyle.CHANGING);
        assertThat(row(tree(view, work), "vm:" + ID + "/attacker").state()).isEqualTo("stopped");
        assertThat(row(tree(view, work), "sample:web_flag|" + Samples.FILE + "|sqli-01")
                        .state())
                .isEqualTo("starting up · victim");
        assertThat(row(tree(view, work), "eval:web_flag"))
                .returns("1 starting up", Row::state)
                .returns(StateStyle.CHANGING, Row::look);
        RowRules rules = rules(view, "sample:web_flag|" + Samples.FILE + "|sqli-01", work);
        assertThat(rules.obstacles()).containsKeys(Action.UP, Action.HALT, Action.SNAPSHOTS, Action.DESTROY);
        // Above all not Start: a second Enter must not make another sandbox.
        assertThat(rules.main()).isNotEqualTo(Optional.of(Action.START)).isNotEqualTo(Optional.of(Action.UP));
    }

    @Test
    void whatFailedStandsOnTheRow() {
        SandboxView view = sandbox(Liveness.LIVE, MachineState.RUNNING, MachineState.RUNNING);
        FailureView failure = new FailureView(
                Phase.read("halt", "victim"),
                "vagrant halt ended with exit code 1.",
                "",
                List.of("the line that matters"),
                0,
                false);
        MachineWork work = new MachineWork(Map.of(), Map.of(ID + "/victim-" + ID, failure));
        assertThat(row(tree(view, work), "vm:" + ID + "/victim").note()).isEqualTo(failure.sentence());
        assertThat(row(tree(view, work), "vm:" + ID + "/victim").state()).isEqualTo("running");
        assertThat(row(tree(view, work), "vm:" + ID + "/attacker").note()).isEqualTo("default");
        assertThat(row(tree(view, work), "sample:web_flag|" + Samples.FILE + "|sqli-01")
                        .note())
                .contains(failure.sentence());
    }

    @Test
    void onlyAVmWithOthersGoesAlone() {
        SandboxView two = sandbox(Liveness.LIVE, MachineState.RUNNING, MachineState.STOPPED);
        assertThat(MachineRules.oneOfSeveral(
                        row(tree(two, MachineWork.none()), "vm:").subject()))
                .isPresent();
        assertThat(MachineRules.oneOfSeveral(
                        row(tree(two, MachineWork.none()), "sample:web_flag").subject()))
                .isEmpty();
        SandboxView one = sandbox(Liveness.LIVE, MachineState.RUNNING, MachineState.NOT_CREATED);
        assertThat(MachineRules.oneOfSeveral(
                        row(tree(one, MachineWork.none()), "vm:").subject()))
                .isEmpty();
    }

    @Test
    void aStrayStaysWithItsSampleAndCanBeTakenBack() {
        SandboxView stray = sandbox(Liveness.STRAY, MachineState.RUNNING);
        Row row = row(tree(stray, MachineWork.none()), "sample:web_flag|" + Samples.FILE + "|sqli-01");
        assertThat(row.state()).startsWith("stray · ");
        assertThat(row.look()).isEqualTo(StateStyle.STRAY);
        assertThat(row.note()).startsWith("owner has ended");
        assertThat(tree(stray, MachineWork.none()))
                .noneMatch(node -> node.row().key().startsWith("group:"));
        assertThat(rules(stray, row.key(), MachineWork.none()).obstacles()).doesNotContainKey(Action.TAKE_BACK);
        assertThat(DetailButtons.of(row.subject(), false)).contains(Action.TAKE_BACK);
        for (Liveness other : List.of(Liveness.LIVE, Liveness.PINNED, Liveness.UNKNOWN)) {
            assertThat(rules(sandbox(other, MachineState.RUNNING), row.key(), MachineWork.none())
                            .obstacles())
                    .containsKey(Action.TAKE_BACK);
            assertThat(DetailButtons.of(
                            row(tree(sandbox(other, MachineState.RUNNING), MachineWork.none()), row.key())
                                    .subject(),
                            false))
                    .doesNotContain(Action.TAKE_BACK);
        }
    }

    @Test
    void aPinIsShownWhoeverElseNeedsTheSandbox() {
        for (Liveness liveness : Liveness.values()) {
            SandboxView view = sandbox(liveness, MachineState.RUNNING);
            SandboxView pinned = new SandboxView(
                    view.id(),
                    view.directory(),
                    view.manifest()
                            .map(manifest ->
                                    manifest.withPin(Optional.of(new Manifest.Pin("window", NOW, Optional.empty())))),
                    view.state(),
                    "",
                    liveness,
                    view.machines(),
                    Optional.empty(),
                    NOW);
            Row row = row(tree(pinned, MachineWork.none()), "sample:web_flag|" + Samples.FILE + "|sqli-01");
            assertThat(row.note()).as(liveness.name()).contains("pinned");
            assertThat(RowRules.of(Optional.of(row), id -> false).pinned())
                    .as(liveness.name())
                    .isTrue();
            assertThat(RowRules.of(Optional.of(row(tree(view, MachineWork.none()), row.key())), id -> false)
                            .pinned())
                    .isFalse();
        }
    }

    @Test
    void snapshotsOfSeveralVmsAreJoinedByNameTheNewestFirst() {
        Instant earlier = NOW.minusSeconds(60);
        List<Snapshots.Saved> saved = Snapshots.join(new java.util.TreeMap<>(Map.of(
                "attacker",
                        List.of(
                                new VmSnapshot("both", Optional.of(NOW)),
                                new VmSnapshot("alone", Optional.of(NOW.plusSeconds(1)))),
                "victim",
                        List.of(
                                new VmSnapshot("both", Optional.of(earlier)),
                                new VmSnapshot("unknown time", Optional.empty())))));
        assertThat(saved).extracting(one -> one.snapshot().name()).containsExactly("alone", "both", "unknown time");
        assertThat(saved.get(1).vms()).containsExactly("attacker", "victim");
        assertThat(saved.get(1).snapshot().takenAt()).contains(earlier);
    }

    @Test
    void joinedSnapshotsHaveAParentWhereAllVmsAgree() {
        VmSnapshot agreed = new VmSnapshot("a", Optional.of(NOW), Optional.of("clean"));
        VmSnapshot here = new VmSnapshot("b", Optional.of(NOW), Optional.of("clean"));
        VmSnapshot there = new VmSnapshot("b", Optional.of(NOW), Optional.of("a"));
        assertThat(Snapshots.join(new java.util.TreeMap<>(
                        Map.of("attacker", List.of(agreed, here), "victim", List.of(agreed, there)))))
                .extracting(
                        one -> one.snapshot().name() + one.snapshot().parent().orElse(""))
                .containsExactlyInAnyOrder("aclean", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RESUME, It is not suspended",
        "RUNNING, UP, It runs already",
        "STOPPED, HALT, It is off already",
        "STOPPED, RESUME, 'It is off, not suspended: Up boots it'",
        "STOPPED, SUSPEND, It is off: Up boots it",
        "PAUSED, UP, It is suspended: Resume goes on with it",
        "GONE, UP, The VM is gone",
        "GONE, SNAPSHOTS, The VM is gone"
    })
    void aVerbThatDoesNotFitSaysWhy(MachineState state, Action action, String why) {
        assertThat(rules(sandbox(Liveness.LIVE, state), "vm:", MachineWork.none())
                        .obstacles())
                .containsEntry(action, why);
    }
}
