package dev.corral.console.vagrantfile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.steps.StepMemory;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.vagrantfile.variables.SetMemory;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.NotedDock;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown and done about what is saved and does not hold for a sandbox yet, without a toolkit. */
@Tag("unit")
class ChangesTest {
    private static final Instant NOW = Instant.now();
    private static final OperationView GOOD =
            Story.start("one").provisioner("packages", "shell", 1, 9).done();

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
        return sandbox(id, state, machine, operation, new Manifest.StartContext(Optional.empty(), Map.of()));
    }

    private SandboxView startedWith(Manifest.StartContext context) {
        return sandbox(Story.ID, SandboxState.READY, MachineState.RUNNING, GOOD, context);
    }

    private SandboxView sandbox(
            String id,
            SandboxState state,
            MachineState machine,
            OperationView operation,
            Manifest.StartContext context) {
        SandboxView made = Story.sandbox(state, machine, operation);
        Manifest old = made.manifest().orElseThrow();
        Manifest manifest = new Manifest(
                1,
                id,
                old.createdAt(),
                old.owner(),
                old.origin(),
                file.toString(),
                context,
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

    @Test
    void whatNeedsADestroyIsDestroyedAndStartedAnewInOne() {
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.apply(new Difference(Story.WEB, "box", "a", "b", Needs.DESTROY, 0, Place.NONE));
        assertThat(desk.question().get().choices().getLast().label()).isEqualTo("Destroy + up");
        assertThat(corral.asked).isEmpty();
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        assertThat(corral.asked).containsExactly("destroy " + Story.ID);
        corral.last().done().complete(null);
        assertThat(corral.requests).singleElement().returns(file, StartRequest::vagrantfile);
        assertThat(model.sandboxes().awaited()).isEqualTo(corral.last().sandbox());
    }

    @Test
    void itStartsAsTheOldOneWasStartedWithWhatIsSetHereOnTop() throws IOException {
        SandboxView old = startedWith(new Manifest.StartContext(
                Optional.of("libvirt"),
                Map.of("SIZE", "small", "BOX", "a", "INHERITED", "1"),
                Optional.of("web-" + Story.ID),
                List.of("SIZE", "BOX")));
        model.inventory(inventory(old));
        model.set("BOX", Optional.of("b"));
        commands.apply(new Difference(Story.WEB, "box", "a", "b", Needs.DESTROY, 0, Place.NONE));
        // Another file with other variables is open when the sandbox is gone.
        Path other = Files.writeString(folder.resolve("Other"), "");
        model.open(other);
        model.set("BOX", Optional.of("c"));
        yes();
        corral.last().done().complete(null);
        assertThat(corral.requests)
                .singleElement()
                .returns(file, StartRequest::vagrantfile)
                .returns(Optional.of("libvirt"), StartRequest::provider)
                .returns(Optional.of("web"), StartRequest::primary)
                .returns(Map.of("SIZE", "small", "BOX", "b"), StartRequest::environment);
        assertThat(model.sandboxes().awaited()).isEmpty();
    }

    @Test
    void whetherItMayStartIsAskedBeforeTheOldOneIsDestroyed() throws IOException {
        Path strange = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-strange"));
        file = Files.writeString(strange.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| }\n")
                .toRealPath();
        model.open(file);
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.apply(new Difference(Story.WEB, "box", "a", "b", Needs.DESTROY, 0, Place.NONE));
        assertThat(desk.question().get().title()).startsWith("Run this Vagrantfile");
        yes();
        assertThat(desk.question().get().title()).startsWith("Destroy");
        yes();
        assertThat(corral.asked).containsExactly("destroy " + Story.ID);
        corral.last().done().complete(null);
        assertThat(desk.question().get()).isNull();
        assertThat(corral.requests).hasSize(1);
        Files.delete(file);
        Files.delete(strange);
    }

    @Test
    void aStartThatDoesNotBeginAfterTheDestroyIsTold() {
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.apply(new Difference(Story.WEB, "box", "a", "b", Needs.DESTROY, 0, Place.NONE));
        yes();
        threads.hold();
        sandboxes.start(StartRequest.of(file), "it", begun -> {});
        corral.last().done().complete(null);
        threads.release();
        assertThat(desk.notices())
                .anyMatch(notice -> notice.sentence().contains("was not begun: the same was asked for before"));
    }

    @Test
    void whatCanNotBeDestroyedIsNotStartedAgain() {
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.apply(new Difference(Story.WEB, "box", "a", "b", Needs.DESTROY, 0, Place.NONE));
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        corral.last().done().completeExceptionally(ExpectedFailure.failed("It is locked.", "Wait."));
        assertThat(corral.requests).isEmpty();
    }

    @Test
    void whatIsSavedAndNotActiveIsListed() {
        Difference difference = new Difference(Story.WEB, "libvirt.memory", "1", "2", Needs.RELOAD, 0, Place.NONE);
        corral.differ(List.of(difference));
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(model.changes().found()).containsExactly(difference);
        corral.differ(List.of());
        model.saved();
        assertThat(model.changes().found()).isEmpty();
        assertThat(model.changes().note()).isEqualTo("The machines are as the saved file says.");
    }

    @Test
    void whatDiffersFromOneSandboxIsNotShownForAnother() {
        Difference difference = new Difference(Story.WEB, "libvirt.memory", "1", "2", Needs.RELOAD, 0, Place.NONE);
        corral.differ(List.of(difference));
        model.inventory(inventory(
                sandbox(SandboxState.READY, MachineState.RUNNING, GOOD),
                sandbox(
                        "debug-other000",
                        SandboxState.STARTING,
                        MachineState.STARTING,
                        Story.start("two").open(true))));
        model.choose(Story.ID);
        assertThat(model.changes().found()).containsExactly(difference);
        model.choose("debug-other000");
        assertThat(model.changes().found()).isEmpty();
        model.choose(Story.ID);
        assertThat(model.changes().found()).containsExactly(difference);
        threads.hold();
        model.saved();
        model.choose("debug-other000");
        threads.release();
        assertThat(model.changes().found()).as("an answer that comes late").isEmpty();
    }

    @Test
    void aDifferenceIsMadeGoodWithWhatItNeeds() {
        model.inventory(inventory(sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        commands.apply(new Difference(Story.WEB, "provisioner 2 (app)", "a", "b", Needs.PROVISION, 2, Place.NONE));
        corral.last().done().complete(null);
        assertThat(corral.selections.getLast().from()).contains("2");
        corral.last().done().complete(null);
        commands.apply(new Difference(Story.WEB, "libvirt.memory", "1", "2", Needs.RELOAD, 0, Place.NONE));
        // The sandbox is another process's.
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        corral.last().done().complete(null);
        assertThat(corral.asked).contains("reload " + Story.ID + "/" + Story.WEB);
        corral.last().done().complete(null);
        commands.apply(new Difference(Story.WEB, "box", "a", "b", Needs.DESTROY, 0, Place.NONE));
        assertThat(desk.question().get().title()).startsWith("Destroy sandbox");
    }

    private void yes() {
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
    }
}
