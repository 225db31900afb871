package dev.corral.console.vagrantfile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.proof.Proof;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.vagrantfile.steps.StepKey;
import dev.corral.console.vagrantfile.steps.StepMemory;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.vagrantfile.variables.SetMemory;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.NotedDock;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.console.work.Verb;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools do to the machines of a Vagrantfile, without a toolkit. */
@Tag("unit")
class DebugModelTest {
    private static final Instant NOW = Instant.now();
    private static final OperationView GOOD =
            Story.start("one").provisioner("packages", "shell", 1, 9).done();
    private static final OperationView BAD = Story.start("one")
            .provisioner("packages", "shell", 1, 9.8)
            .failing("app", "shell", 2, 0.9)
            .failed("The script app.sh failed.", "it");

    @TempDir
    Path folder;

    private final FixtureCorral corral = new FixtureCorral("/home/ada", List.of(), inventory());
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final NotedDock dock = new NotedDock();
    private final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    private Path file;
    private SandboxCommands sandboxes;
    private MachineCommands machines;
    private DebugModel model;
    private DebugCommands commands;

    @BeforeEach
    void open() throws IOException {
        folder = folder.toRealPath();
        file = Files.writeString(folder.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| }\n");
        TrustStore trust = new TrustStore(folder.resolve("trusted.json"), List.of(folder));
        sandboxes = new SandboxCommands(corral, threads, desk, trust, dock);
        machines = new MachineCommands(corral, threads, desk, sandboxes, dock);
        model = new DebugModel(
                corral, sandboxes, machines, threads, new StepMemory(folder), new SetMemory(folder), () -> {});
        commands = new DebugCommands(model, sandboxes, machines);
        model.open(file);
        model.reading().take(Story.resolution());
    }

    @AfterEach
    void close() {
        feed.close();
    }

    private static Inventory inventory(SandboxView... views) {
        return new Inventory(NOW, Path.of("/cache"), List.of(views), List.of(), "", List.of());
    }

    /** The sandbox under another id, made from the open file. */
    private SandboxView sandbox(String id, SandboxState state, MachineState machine, OperationView operation) {
        SandboxView made = Story.sandbox(state, machine, operation);
        Manifest old = made.manifest().orElseThrow();
        Manifest manifest = new Manifest(
                1,
                id,
                old.createdAt(),
                old.owner(),
                old.origin(),
                file.toString(),
                new Manifest.StartContext(Optional.empty(), Map.of()),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        MachineView web = made.machines().getFirst();
        return new SandboxView(
                id,
                folder.resolve("cache").resolve(id),
                Optional.of(manifest),
                state,
                "",
                made.liveness(),
                List.of(web),
                made.operation(),
                made.operations(),
                made.createdAt());
    }

    private SandboxView sandbox(SandboxState state, MachineState machine, OperationView operation) {
        return sandbox(Story.ID, state, machine, operation);
    }

    private Step step(int position) {
        return timeline().steps().stream()
                .filter(step -> step.key().equals(StepKey.provisioner(position)))
                .findFirst()
                .orElseThrow();
    }

    private MachineSteps timeline() {
        return model.timelines(NOW).getFirst();
    }

    @Test
    void upWithoutASandboxStartsOneThatIsKeptWhenItFails() {
        model.set("VAGRANT_BOX", Optional.of("other/box"));
        commands.run(Tool.UP);
        commands.run(Tool.UP);
        assertThat(corral.requests).hasSize(1);
        StartRequest request = corral.requests.getFirst();
        assertThat(request.vagrantfile()).isEqualTo(file);
        assertThat(request.keepFailed()).isTrue();
        assertThat(request.environment()).containsExactly(Map.entry("VAGRANT_BOX", "other/box"));
        String begun = corral.last().sandbox();
        model.inventory(inventory(
                sandbox("debug-old00000", SandboxState.READY, MachineState.RUNNING, GOOD),
                sandbox(
                        begun,
                        SandboxState.STARTING,
                        MachineState.STARTING,
                        Story.start("one").open(true))));
        assertThat(model.sandboxes().current().map(SandboxView::id)).contains(begun);
    }

    @Test
    void theFirstGoodStartIsSavedOnceAndOnlyThat() {
        corral.snapshots(Optional.of(List.of()));
        commands.run(Tool.UP);
        String begun = corral.last().sandbox();
        corral.last().done().complete(null);
        model.inventory(inventory(sandbox(begun, SandboxState.READY, MachineState.RUNNING, GOOD)));
        model.inventory(inventory(sandbox(begun, SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(corral.asked)
                .filteredOn(asked -> asked.startsWith("snapshot"))
                .containsExactly("snapshot-save clean " + begun + "/");
        assertThat(model.obstacles().get(Tool.RESET)).isNotNull();
        corral.snapshots(Optional.of(List.of(new VmSnapshot("clean", Optional.of(NOW)))));
        corral.last().done().complete(null);
        assertThat(model.obstacles()).doesNotContainKey(Tool.RESET);
        commands.run(Tool.RESET);
        Question question = desk.question().get();
        assertThat(question.title()).contains("snapshot clean");
        desk.answer(question, question.choices().getLast());
        assertThat(corral.asked).contains("snapshot-restore clean " + begun + "/");
    }

    @Test
    void whatWasNotStartedHereIsNotSaved() {
        corral.snapshots(Optional.of(List.of()));
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(corral.asked).isEmpty();
        assertThat(model.obstacles().get(Tool.RESET)).contains("no snapshot clean");
    }

    @Test
    void whereOnlyVagrantKnowsTheWayBackIsOpen() {
        corral.snapshots(Optional.empty());
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(model.obstacles()).doesNotContainKey(Tool.RESET);
    }

    @Test
    void aRerunBringsTheCodeInAndRunsOnlyThatStep() {
        model.inventory(inventory(sandbox(SandboxState.FAILED, MachineState.FAILED, BAD)));
        assertThat(commands.mayRerun(timeline(), step(2))).isEmpty();
        commands.rerun(timeline(), step(2), false);
        commands.rerun(timeline(), step(2), false);
        assertThat(corral.asked).containsExactly("update code " + Story.ID);
        assertThat(model.obstacles().get(Tool.PROVISION)).isEqualTo("It is updating its code");
        corral.last().done().complete(null);
        assertThat(corral.asked).containsExactly("update code " + Story.ID, "provision " + Story.ID + "/" + Story.WEB);
        assertThat(corral.selections.getLast().only()).containsExactly("2");
        corral.last().done().complete(null);
        commands.rerun(timeline(), step(2), true);
        corral.last().done().complete(null);
        assertThat(corral.selections.getLast().from()).contains("2");
    }

    @Test
    void whenTheCodeCanNotBeBroughtInNothingRuns() {
        model.inventory(inventory(sandbox(SandboxState.FAILED, MachineState.FAILED, BAD)));
        commands.rerun(timeline(), step(2), false);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("The original is gone.", "Put it back."));
        assertThat(corral.asked).containsExactly("update code " + Story.ID);
        assertThat(desk.notices().getFirst().sentence()).contains("The original is gone.");
        assertThat(model.obstacles()).doesNotContainKey(Tool.PROVISION);
    }

    @Test
    void anUnknownFileIsAskedAboutBeforeItRuns() throws IOException {
        Path other = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-other"));
        file = Files.writeString(other.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| }\n");
        model.open(file.toRealPath());
        file = file.toRealPath();
        assertThat(model.reading().unasked()).isTrue();
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.run(Tool.PROVISION);
        assertThat(corral.asked).isEmpty();
        Question question = desk.question().get();
        assertThat(question.title()).startsWith("Run this Vagrantfile for Provision");
        desk.answer(question, question.safe());
        assertThat(corral.asked).isEmpty();
        commands.run(Tool.PROVISION);
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        assertThat(corral.asked).containsExactly("update code " + Story.ID);
        Files.delete(file);
        Files.delete(other);
    }

    @Test
    void aProofIsDestroyedWhenGoodAndKeptWhenNot() {
        SandboxView mine = sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        model.inventory(inventory(mine));
        commands.run(Tool.PROVE);
        String first = corral.last().sandbox();
        assertThat(model.proof().orElseThrow().state()).isEqualTo(Proof.State.RUNNING);
        assertThat(model.obstacles()).containsKey(Tool.PROVE);
        model.inventory(inventory(mine, sandbox(first, SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(model.proof().orElseThrow())
                .returns(Proof.State.DESTROYING, Proof::state)
                .returns(true, proof -> proof.note(NOW).endsWith("destroying…"));
        assertThat(corral.asked).containsOnlyOnce("destroy " + first);
        corral.last().done().complete(null);
        assertThat(model.proof().orElseThrow())
                .returns(Proof.State.GOOD, Proof::state)
                .returns(true, proof -> proof.note(NOW).endsWith("destroyed again"));
        assertThat(model.sandboxes().current()).contains(mine);
        assertThat(dock.shown).as("no terminal of it opens").isEmpty();
        commands.run(Tool.PROVE);
        String second = corral.requests.size() > 1 ? "new-0000000" + corral.asked.size() : "";
        model.inventory(inventory(mine, sandbox(second, SandboxState.FAILED, MachineState.FAILED, BAD)));
        assertThat(model.proof().orElseThrow())
                .returns(Proof.State.FAILED, Proof::state)
                .returns("The script app.sh failed.", Proof::cause);
        assertThat(corral.asked).doesNotContain("destroy " + second);
    }

    @Test
    void aProofThatCanNotBeDestroyedIsSaidToBeThere() {
        commands.run(Tool.PROVE);
        String id = corral.last().sandbox();
        model.inventory(inventory(sandbox(id, SandboxState.READY, MachineState.RUNNING, GOOD)));
        corral.last().done().completeExceptionally(ExpectedFailure.failed("It is locked.", "Wait."));
        model.inventory(inventory(sandbox(id, SandboxState.DESTROY_FAILED, MachineState.RUNNING, GOOD)));
        assertThat(model.proof().orElseThrow())
                .returns(Proof.State.LEFT, Proof::state)
                .returns(true, proof -> proof.note(NOW).endsWith("could not be destroyed"));
        model.inventory(inventory());
        assertThat(model.proof().orElseThrow().state()).as("by hand").isEqualTo(Proof.State.GOOD);
    }

    @Test
    void aProofIsJudgedAndVariablesStayWhileAnotherFileIsOpen() throws IOException {
        model.set("VAGRANT_BOX", Optional.of("other/box"));
        commands.run(Tool.PROVE);
        String id = corral.last().sandbox();
        Path other = Files.writeString(folder.resolve("Vagrantfile.other"), "Vagrant.configure('2') { |config| }\n");
        model.open(other);
        assertThat(model.variables()).isEmpty();
        assertThat(model.proof()).isEmpty();
        model.inventory(inventory(sandbox(id, SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(corral.asked).containsOnlyOnce("destroy " + id);
        model.open(file);
        assertThat(model.variables()).containsEntry("VAGRANT_BOX", "other/box");
        assertThat(model.proof().orElseThrow().state()).isEqualTo(Proof.State.DESTROYING);
    }

    @Test
    void aSaveRunsItsStepAgainWhileThatIsWanted() {
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        machines.waiting().inventoryChanged(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        model.watch(true);
        model.reading().take(Story.resolution(Story.machine().replace("apt-get update", "apt-get update -q")));
        assertThat(corral.asked).containsExactly("update code " + Story.ID);
        corral.last().done().complete(null);
        assertThat(corral.selections.getLast().only()).containsExactly("1");
        model.open(folder.resolve("Other"));
        assertThat(model.watch().on()).isFalse();
    }

    @Test
    void whatIsAskedForBehindALockTakesTheSavedFileAlong() {
        SandboxView idle = sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        model.inventory(inventory(idle));
        machines.waiting().inventoryChanged(inventory(idle));
        commands.later(Verb.PROVISION, idle.machines().getFirst());
        corral.last().done().complete(null);
        assertThat(corral.asked).containsExactly("update code " + Story.ID, "provision " + Story.ID + "/" + Story.WEB);
    }

    @Test
    void theCopyBesideAFileIsThatOfTheChosenSandbox() {
        assertThat(model.copy(file)).isEmpty();
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        Path copy = folder.resolve("cache").resolve(Story.ID).resolve("Vagrantfile");
        assertThat(model.copy(file)).contains(copy);
        assertThat(model.copy(copy)).isEmpty();
    }

    @Test
    void theCopyOfASandboxIsRunAsItLies() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("cache").resolve(Story.ID));
        Path inside = Files.writeString(copy.resolve("Vagrantfile"), "");
        model.open(inside);
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.run(Tool.PROVISION);
        assertThat(corral.asked).containsExactly("provision " + Story.ID + "/");
    }

    @Test
    void howLongStepsTookIsKnownToTheNextWindow() {
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        DebugModel next = new DebugModel(
                corral, sandboxes, machines, threads, new StepMemory(folder), new SetMemory(folder), () -> {});
        next.open(file);
        next.reading().take(Story.resolution());
        assertThat(next.timelines(NOW).getFirst().steps())
                .filteredOn(step -> step.name().equals("1 packages"))
                .extracting(Step::usual)
                .containsExactly(Optional.of(Duration.ofSeconds(9)));
    }

    @Test
    void theVariablesOfASampleAreThoseOfItsRun() {
        model.offer(file, "web · sqli-01", Map.of("VAGRANT_BOX", "sample/box"));
        assertThat(model.variables()).containsExactly(Map.entry("VAGRANT_BOX", "sample/box"));
        model.set("EXTRA", Optional.of("1"));
        model.sets().save("mine", model.variables(), false);
        model.sets().chooseSample("web · sqli-01");
        assertThat(model.variables()).containsOnlyKeys("VAGRANT_BOX");
        model.sets().choose("mine");
        assertThat(model.variables()).containsOnlyKeys("VAGRANT_BOX", "EXTRA");
        commands.run(Tool.UP);
        assertThat(corral.requests.getFirst().environment()).containsEntry("EXTRA", "1");
    }

    @Test
    void theSameAnswerIsOneAboutTheNewText() {
        int before = model.reading().answers();
        model.reading().take(Story.resolution());
        assertThat(model.reading().answers()).isNotEqualTo(before);
    }

    @Test
    void theSuffixIsThatOfTheSandbox() {
        assertThat(suffix()).isEqualTo("-(id of the sandbox)");
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(suffix()).isEqualTo("-" + Story.ID);
    }

    private String suffix() {
        Resolution.Variable read = new Resolution.Variable("INSPECT_VM_SUFFIX", "/v", 1);
        model.reading().take(Story.resolution(List.of(read), Story.machine()));
        return model.variableRows().getFirst().value();
    }
}
