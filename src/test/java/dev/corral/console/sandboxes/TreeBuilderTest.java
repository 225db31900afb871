package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.page.Action;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.work.MachineWork;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TreeBuilderTest {
    private static final Instant NOW = Samples.NOW;
    private final TreeBuilder builder = new TreeBuilder(Path.of("/home/ada"));
    private final List<TaskFile> files = List.of(new TaskFile.Loaded(Samples.FILE, Samples.evals()));

    private List<TreeNode> build() {
        return builder.build(Samples.inventory(NOW), files, TreeBuilder.Asked.nothing());
    }

    private static Row row(List<TreeNode> nodes, String keyStart) {
        return nodes.stream()
                .flatMap(TreeNode::rows)
                .filter(row -> row.key().startsWith(keyStart))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void evalsComeFirstThenWhatBelongsToNone() {
        assertThat(build())
                .extracting(node -> node.row().title())
                .containsExactly("web_flag", "hello_debian", "Started by hand", "Strays");
    }

    @Test
    void aSampleCarriesItsOnlySandboxAndTheVmsLieBelowIt() {
        TreeNode sample = build().getFirst().children().getFirst();
        assertThat(sample.row().state()).isEqualTo("ready");
        assertThat(sample.row().look()).isEqualTo(StateStyle.READY);
        assertThat(sample.row().note()).isEqualTo("sandbox sqli-01-9f3c2a1b");
        assertThat(sample.children()).extracting(node -> node.row().title()).containsExactly("attacker", "victim");
        assertThat(sample.children().getFirst().row().note()).isEqualTo("default");
    }

    @Test
    void aVmLosesTheSuffixThatItWasMadeWith() {
        SandboxView usual = Samples.inventory(NOW).sandboxes().getFirst();
        Manifest known = usual.manifest().orElseThrow();
        SandboxView odd = new SandboxView(
                usual.id(),
                usual.directory(),
                Optional.of(new Manifest(
                        1,
                        known.id(),
                        known.createdAt(),
                        known.owner(),
                        known.origin(),
                        known.vagrantfile(),
                        new Manifest.StartContext(Optional.empty(), Map.of("INSPECT_VM_SUFFIX", "-01-9f3c2a1b")),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty())),
                usual.state(),
                "",
                usual.liveness(),
                usual.machines(),
                Optional.empty(),
                usual.createdAt());
        Inventory inventory = new Inventory(NOW, Path.of("/c"), List.of(odd), List.of(), "", List.of());
        TreeNode sample = builder.build(inventory, files, TreeBuilder.Asked.nothing())
                .getFirst()
                .children()
                .getFirst();
        assertThat(sample.children())
                .extracting(node -> node.row().title())
                .containsExactly("attacker-sqli", "victim-sqli");
    }

    @Test
    void whatChangesSaysItsPhase() {
        assertThat(row(build(), "sample:web_flag|" + Samples.FILE + "|sqli-02").state())
                .isEqualTo("starting · provision");
    }

    @Test
    void aFailedStartThatWasCleanedUpStaysOnItsSample() {
        Row failed = row(build(), "sample:hello_debian|" + Samples.FILE + "|1");
        assertThat(failed.state()).isEqualTo("box failed");
        assertThat(failed.look()).isEqualTo(StateStyle.FAILED);
        assertThat(failed.note()).isEqualTo("The box generic/debian99 could not be found.");
    }

    @Test
    void beforeTheFirstInventoryNoRowSaysThatNothingRuns() {
        Inventory none = new Inventory(Instant.EPOCH, Path.of("/c"), List.of(), List.of(), "", List.of());
        List<Row> rows = builder.build(none, files, TreeBuilder.Asked.nothing()).stream()
                .flatMap(eval -> Stream.concat(Stream.of(eval), eval.children().stream()))
                .map(TreeNode::row)
                .toList();
        assertThat(rows).isNotEmpty().extracting(Row::state).containsOnly("looking");
    }

    @Test
    void aStartThatWasAskedForShowsAtOnce() {
        Manifest.Origin asked = Manifest.Origin.sample("hello_debian", Samples.FILE.toString(), "kernel");
        List<TreeNode> nodes = builder.build(
                Samples.inventory(NOW), files, new TreeBuilder.Asked(Set.of(asked), Set.of(), MachineWork.none()));
        assertThat(row(nodes, "sample:hello_debian|" + Samples.FILE + "|kernel").state())
                .isEqualTo("starting");
    }

    @Test
    void aStartThatIsBeingStoppedSaysSoAtOnce() {
        List<TreeNode> nodes = builder.build(
                Samples.inventory(NOW),
                files,
                new TreeBuilder.Asked(Set.of(), Set.of("sqli-02-11aa07de", "sqli-01-9f3c2a1b"), MachineWork.none()));
        assertThat(row(nodes, "sample:web_flag|" + Samples.FILE + "|sqli-02").state())
                .isEqualTo("cancelling");
        assertThat(row(nodes, "sample:web_flag|" + Samples.FILE + "|sqli-01").state())
                .isEqualTo("ready");
    }

    @Test
    void aPinIsSaidInTheRowAndInItsRules() {
        Inventory before = Samples.inventory(NOW);
        List<SandboxView> views = before.sandboxes().stream()
                .map(view -> view.id().equals("sqli-01-9f3c2a1b") ? pinned(view) : view)
                .toList();
        Inventory inventory = new Inventory(
                before.takenAt(),
                before.cache(),
                views,
                before.ended(),
                before.items(),
                before.hypervisor(),
                before.problems());
        String key = "sample:web_flag|" + Samples.FILE + "|sqli-01";
        Row free = row(build(), key);
        Row kept = row(builder.build(inventory, files, TreeBuilder.Asked.nothing()), key);
        assertThat(free.note()).isEqualTo("sandbox sqli-01-9f3c2a1b");
        assertThat(kept.note()).isEqualTo("pinned · sandbox sqli-01-9f3c2a1b");
        assertThat(RowRules.of(Optional.of(free), id -> false).pinned()).isFalse();
        assertThat(RowRules.of(Optional.of(kept), id -> false).pinned()).isTrue();
    }

    private static SandboxView pinned(SandboxView view) {
        Manifest manifest = view.manifest().orElseThrow();
        Manifest.Pin pin = new Manifest.Pin("ada", NOW, Optional.empty());
        return new SandboxView(
                view.id(),
                view.directory(),
                Optional.of(manifest.withPin(Optional.of(pin))),
                view.state(),
                view.detail(),
                view.liveness(),
                view.machines(),
                view.operation(),
                view.createdAt());
    }

    @Test
    void straysStandTogetherWithTheirSize() {
        Row strays = row(build(), "group:STRAYS");
        assertThat(strays.look()).isEqualTo(StateStyle.STRAY);
        assertThat(strays.box()).endsWith("reclaimable");
    }

    @Test
    void anEvalIsFoundFromItsSandboxesAlone() {
        List<TreeNode> nodes = builder.build(Samples.inventory(NOW), List.of(), TreeBuilder.Asked.nothing());
        assertThat(nodes.getFirst().row().title()).isEqualTo("web_flag");
        assertThat(nodes.getFirst().children()).hasSize(3);
    }

    @Test
    void filesShowThatTheyLoadAndWhyTheyFailed() {
        Path path = Path.of("/home/ada/evals/broken.py");
        List<TreeNode> nodes = builder.build(
                empty(),
                List.of(new TaskFile.Loading(Samples.FILE), new TaskFile.Failed(path, "It raises.", "Mend it.", "")),
                TreeBuilder.Asked.nothing());
        assertThat(nodes).extracting(node -> node.row().state()).containsExactly("loading", "not loaded");
    }

    @Test
    void keysAreUniqueAndTheSameEveryTime() {
        List<String> keys =
                build().stream().flatMap(TreeNode::rows).map(Row::key).toList();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(build()).isEqualTo(build());
    }

    @Test
    void everyRowSaysNameAndState() {
        assertThat(build().stream().flatMap(TreeNode::rows)).allSatisfy(row -> {
            assertThat(row.spoken()).isNotBlank();
            assertThat(row.state()).isNotBlank();
        });
    }

    @Test
    void foreignTextIsCleanInRows() {
        List<TaskFile> evil = List.of(new TaskFile.Loaded(
                Samples.FILE, List.of(Samples.eval("e\u001B[1m", Samples.sample("id\n\u202E2", "in\u0000put")))));
        assertThat(builder.build(empty(), evil, TreeBuilder.Asked.nothing()).stream()
                        .flatMap(TreeNode::rows))
                .allSatisfy(
                        row -> assertThat(row.title() + row.note()).doesNotContain("\n", "\u001B", "\u202E", "\u0000"));
    }

    @Test
    void ofTwoThousandSamplesNoneIsLeftOut() {
        var samples = java.util.stream.IntStream.range(0, 2000)
                .mapToObj(i -> Samples.sample("s" + i, "text"))
                .toArray(dev.corral.core.inspect.tasks.EvalSample[]::new);
        List<TaskFile> many = List.of(new TaskFile.Loaded(Samples.FILE, List.of(Samples.eval("big", samples))));
        assertThat(builder.build(empty(), many, TreeBuilder.Asked.nothing())
                        .getFirst()
                        .children())
                .hasSize(2000);
    }

    private static Inventory empty() {
        return new Inventory(NOW, Path.of("/home/ada/.cache"), List.of(), List.of(), "", List.of());
    }

    @Test
    void rulesFollowTheState() {
        List<TreeNode> nodes = build();
        RowRules ready =
                RowRules.of(Optional.of(row(nodes, "sample:web_flag|" + Samples.FILE + "|sqli-01")), id -> false);
        assertThat(ready.main()).contains(Action.TERMINAL);
        RowRules fresh =
                RowRules.of(Optional.of(row(nodes, "sample:hello_debian|" + Samples.FILE + "|kernel")), id -> false);
        assertThat(fresh.main()).contains(Action.START);
        assertThat(fresh.obstacles()).containsKeys(Action.TERMINAL, Action.DESTROY);
        RowRules failed =
                RowRules.of(Optional.of(row(nodes, "sample:hello_debian|" + Samples.FILE + "|1")), id -> false);
        assertThat(failed.main()).contains(Action.LOG);
        assertThat(failed.obstacles()).doesNotContainKey(Action.KEEP_AND_LOOK);
        RowRules machine = RowRules.of(Optional.of(row(nodes, "vm:sqli-01")), id -> false);
        assertThat(machine.main()).contains(Action.TERMINAL);
        assertThat(RowRules.of(Optional.empty(), id -> false).obstacles())
                .containsKeys(RowRules.ROW_ACTIONS.toArray(Action[]::new));
    }

    private static SandboxView of(SandboxView view, Optional<Manifest> manifest, Liveness liveness) {
        return new SandboxView(
                view.id(),
                view.directory(),
                manifest,
                view.state(),
                view.detail(),
                liveness,
                view.machines(),
                view.operation(),
                view.createdAt());
    }

    private static SandboxView from(SandboxView view, Manifest.Origin origin) {
        Manifest known = view.manifest().orElseThrow();
        return of(
                view,
                Optional.of(new Manifest(
                        1,
                        known.id(),
                        known.createdAt(),
                        known.owner(),
                        origin,
                        known.vagrantfile(),
                        known.context(),
                        known.machines(),
                        known.primary(),
                        known.copied(),
                        known.pin())),
                view.liveness());
    }

    private List<TreeNode> build(List<SandboxView> sandboxes, List<SandboxView> ended) {
        return builder.build(
                new Inventory(NOW, Path.of("/c"), sandboxes, ended, "", List.of()), files, TreeBuilder.Asked.nothing());
    }

    @Test
    void whatBelongsToNoEvalLiesInItsGroup() {
        SandboxView view = Samples.inventory(NOW).sandbox("web-02-91fe33c0").orElseThrow();
        List<TreeNode> nodes = build(
                List.of(view, of(view, Optional.empty(), Liveness.UNKNOWN), of(view, Optional.empty(), Liveness.LIVE)),
                List.of());
        assertThat(nodes)
                .extracting(node -> node.row().title())
                .containsExactly("web_flag", "hello_debian", "Started by hand", "Strays", "Owner unknown");
        for (TreeNode group : nodes.subList(2, 5)) {
            assertThat(group.children()).singleElement().satisfies(child -> {
                assertThat(child.row().title()).isEqualTo("web-02-91fe33c0");
                assertThat(child.children()).extracting(vm -> vm.row().title()).containsExactly("default");
            });
        }
    }

    @Test
    void failedStartsByHandStayInSightTheLastFiveOfThem() {
        SandboxView failed = Samples.inventory(NOW).ended().getFirst();
        SandboxView byHand = from(failed, Manifest.Origin.none());
        SandboxView nobodys = of(failed, Optional.empty(), Liveness.UNKNOWN);
        TreeNode group = build(List.of(), List.of(failed, nobodys, byHand, byHand, byHand, byHand, byHand, byHand))
                .getLast();
        assertThat(group.row().title()).isEqualTo("Started by hand");
        assertThat(group.children())
                .hasSize(5)
                .allSatisfy(child -> assertThat(child.row().key()).isEqualTo("ended:1-0badc0de"));
        assertThat(build(List.of(), List.of(failed))).hasSize(2);
    }

    @Test
    void whereTheTaskFileIsNotNotedTheNameDecides() {
        SandboxView view = Samples.inventory(NOW).sandbox("sqli-01-9f3c2a1b").orElseThrow();
        SandboxView nameOnly = from(view, Manifest.Origin.sample("web_flag", "", "sqli-01"));
        assertThat(build(List.of(nameOnly), List.of())).hasSize(2);
        assertThat(row(build(List.of(nameOnly), List.of()), "sample:web_flag|" + Samples.FILE + "|sqli-01")
                        .state())
                .isEqualTo("ready");
        SandboxView other = from(view, Manifest.Origin.sample("web_flag", "/other.py", "sqli-01"));
        assertThat(build(List.of(other), List.of())).as("of another file").hasSize(3);
        SandboxView unknown = from(view, Manifest.Origin.sample("other_eval", "", "sqli-01"));
        assertThat(build(List.of(unknown), List.of()).getLast().row().key()).isEqualTo("eval:other_eval|");
        SandboxView failed = Samples.inventory(NOW).ended().getFirst();
        assertThat(row(
                                build(
                                        List.of(),
                                        List.of(from(failed, Manifest.Origin.sample("hello_debian", "", "1")))),
                                "sample:hello_debian|" + Samples.FILE + "|1")
                        .state())
                .isEqualTo("box failed");
        assertThat(row(
                                build(
                                        List.of(),
                                        List.of(from(
                                                failed, Manifest.Origin.sample("hello_debian", "/other.py", "1")))),
                                "sample:hello_debian|" + Samples.FILE + "|1")
                        .state())
                .isEqualTo("not started");
    }

    @Test
    void aStrayOfAnEvalThatIsNotOpenIsAmongTheStrays() {
        SandboxView stray = of(
                Samples.inventory(NOW).sandbox("sqli-01-9f3c2a1b").orElseThrow(),
                Samples.inventory(NOW).sandbox("sqli-01-9f3c2a1b").orElseThrow().manifest(),
                Liveness.STRAY);
        assertThat(build(List.of(stray), List.of())).as("its eval is open").hasSize(2);
        assertThat(builder.build(
                        new Inventory(NOW, Path.of("/c"), List.of(stray), List.of(), "", List.of()),
                        List.of(),
                        TreeBuilder.Asked.nothing()))
                .extracting(node -> node.row().title())
                .containsExactly("Strays");
    }
}
