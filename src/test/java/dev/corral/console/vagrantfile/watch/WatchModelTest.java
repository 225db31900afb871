package dev.corral.console.vagrantfile.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.NotedDock;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a save runs again in the window, without a toolkit. */
@Tag("unit")
class WatchModelTest {
    private static final OperationView START =
            Story.start("one").provisioner("packages", "shell", 1, 9).done();
    private static final String UPDATE = "update code " + Story.ID;
    private static final String PROVISION = "provision " + Story.ID + "/" + Story.WEB;

    @TempDir
    private Path folder;

    private final SandboxView idle = Story.sandbox(SandboxState.READY, MachineState.RUNNING, START);
    private final SandboxView held = Story.sandbox(
            SandboxState.READY,
            MachineState.RUNNING,
            START,
            Story.later("two", OperationKind.RELOAD, 60)
                    .provisioner("packages", "shell", 1, 9)
                    .open(true));
    private final FixtureCorral corral = new FixtureCorral("/home/ada", List.of(), inventory());
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    private Optional<SandboxView> current = Optional.of(idle);
    private boolean asStarted = true;
    private Path file;
    private MachineCommands machines;
    private WatchModel watch;

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(folder.toRealPath().resolve("Vagrantfile"), "# a Vagrantfile");
        use(List.of(folder.toRealPath()));
    }

    private void use(List<Path> trusted) {
        SandboxCommands sandboxes = new SandboxCommands(
                corral, threads, desk, new TrustStore(folder.resolve("trusted.json"), trusted), new NotedDock());
        machines = new MachineCommands(corral, threads, desk, sandboxes, new NotedDock());
        machines.waiting().inventoryChanged(inventory(idle));
        watch = new WatchModel(
                new WatchModel.Ground() {
                    @Override
                    public Optional<SandboxView> sandbox() {
                        return current;
                    }

                    @Override
                    public Optional<Path> original() {
                        return Optional.of(file);
                    }

                    @Override
                    public boolean readAsStarted(SandboxView view) {
                        return asStarted;
                    }
                },
                machines.waiting(),
                machines.unattended(),
                threads,
                () -> {});
    }

    @AfterEach
    void close() {
        feed.close();
    }

    private static Inventory inventory(SandboxView... views) {
        return new Inventory(Instant.now(), Path.of("/cache"), List.of(views), List.of(), "", List.of());
    }

    private void see(SandboxView view) {
        current = Optional.of(view);
        machines.waiting().inventoryChanged(inventory(view));
    }

    private static Resolution file(String first, String second) {
        return Story.resolution("""
                {"name": "web", "provisioners": [
                   {"index": 0, "type": "shell", "settings": {"inline": "%s"}},
                   {"index": 1, "type": "shell", "settings": {"inline": "%s"}}]}
                """.formatted(first, second).replace("%", "%%"));
    }

    private void on() {
        watch.read(file("a", "b"));
        watch.turn(true);
    }

    private void ends() {
        corral.last().done().complete(null);
    }

    @Test
    void whatASaveChangedRunsAgainWithTheCodeAsItIs() {
        on();
        watch.read(file("a", "b2"));
        assertThat(corral.asked).containsExactly(UPDATE);
        assertThat(watch.words()).isEqualTo("runs again what was saved of web");
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        assertThat(corral.selections.getLast().only()).containsExactly("2");
        ends();
        assertThat(watch.words()).isEqualTo("ran 2 of web again");
        watch.read(file("a", "b2"));
        assertThat(corral.asked).hasSize(2);
    }

    @Test
    void withoutTheSwitchNothingRunsAndWhatWasSavedBeforeNeither() {
        watch.read(file("a", "b"));
        watch.read(file("a2", "b"));
        assertThat(watch.words()).isEmpty();
        watch.turn(true);
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).isEqualTo("waits for a save");
        watch.turn(false);
        watch.read(file("a3", "b"));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void whileTheSandboxIsHeldSavesBecomeOneRun() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.read(file("a2", "b2"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).isEqualTo("waits with what was saved of web, see Activity");
        assertThat(desk.activities()).singleElement().returns("waits: reload is under way", Activity::now);
        see(idle);
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
    }

    @Test
    void savesDuringARunAreOneMoreAfterIt() {
        on();
        watch.read(file("a2", "b"));
        ends();
        watch.read(file("a2", "b2"));
        watch.read(file("a2", "b3"));
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        ends();
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION, UPDATE, PROVISION);
        assertThat(corral.selections.getLast().only()).containsExactly("2");
    }

    @Test
    void turnedOffItTakesBackWhatWaits() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.turn(false);
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
        see(idle);
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).isEmpty();
    }

    @Test
    void whatIsCancelledInActivityIsNotRunByTheNextSaveEither() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        assertThat(machines.waiting().cancel(desk.activities().getFirst().id())).isTrue();
        assertThat(watch.words()).isEqualTo("waits for a save");
        see(idle);
        assertThat(corral.asked).isEmpty();
        watch.read(file("a2", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("2");
    }

    @Test
    void whatWentWithItsSandboxDoesNotWaitForEver() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        machines.waiting().inventoryChanged(inventory());
        assertThat(watch.words()).isEqualTo("waits for a save");
        see(idle);
        watch.read(file("a3", "b"));
        assertThat(corral.asked).containsExactly(UPDATE);
    }

    @Test
    void whatIsHeldAtOnceCanBeTakenBack() {
        on();
        corral.failOperations(Optional.of(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                .withKind(ExpectedFailure.Kind.BUSY)));
        watch.read(file("a2", "b"));
        assertThat(watch.words()).startsWith("waits with what was saved of web");
        watch.turn(false);
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
    }

    @Test
    void aLockOfAnotherVagrantIsWaitedFor() {
        on();
        watch.read(file("a2", "b"));
        ends();
        corral.last()
                .done()
                .completeExceptionally(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                        .withKind(ExpectedFailure.Kind.BUSY));
        assertThat(watch.words()).startsWith("waits with what was saved of web");
        watch.read(file("a2", "b2"));
        machines.waiting().look(Instant.now().plusSeconds(6));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1", "2");
        ends();
        assertThat(watch.words()).isEqualTo("ran 1, 2 of web again");
        assertThat(desk.notices()).isEmpty();
    }

    @Test
    void aStepThatFailsIsSaidAndWaitsForTheNextSave() {
        on();
        watch.read(file("a2", "b"));
        ends();
        corral.last().done().completeExceptionally(ExpectedFailure.failed("The script failed.", "Mend it."));
        assertThat(watch.words()).isEqualTo("failed: 1 of web. The script failed.");
        watch.read(file("a3", "b"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("1");
    }

    @Test
    void whatWouldNeedAQuestionIsNotRunAndThatIsSaid() {
        use(List.of());
        on();
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(desk.question().get()).isNull();
        assertThat(watch.words()).contains("has changed since you let it run");
        assertThat(desk.notices().getFirst().sentence()).contains("was not begun");
    }

    @Test
    void whatIsSavedDuringAStartRunsAfterIt() {
        OperationView under = Story.start("one").open(true);
        on();
        see(Story.sandbox(SandboxState.STARTING, MachineState.NOT_CREATED, under));
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).startsWith("waits with what was saved of web");
        see(idle);
        ends();
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
        assertThat(corral.selections.getLast().only()).containsExactly("1");
    }

    @Test
    void aStartThatMadeNoMachineLeavesItToTheNext() {
        on();
        see(Story.sandbox(
                SandboxState.STARTING,
                MachineState.NOT_CREATED,
                Story.start("one").open(true)));
        watch.read(file("a2", "b"));
        see(Story.sandbox(SandboxState.FAILED, MachineState.NOT_CREATED, START));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).startsWith("web has no VM yet");
    }

    @Test
    void aMachineThatIsNotThereWaitsForItsUp() {
        current = Optional.empty();
        on();
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).startsWith("checks each save");
        see(idle);
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void whatOtherVariablesChangeIsNotRun() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.otherVariables();
        see(idle);
        watch.read(file("by another variable", "b"));
        assertThat(corral.asked).isEmpty();
        watch.read(file("by another variable", "b2"));
        ends();
        assertThat(corral.selections.getLast().only()).containsExactly("2");
    }

    @Test
    void anAnswerForTheVariablesBeforeIsNotTheNewBasis() {
        on();
        threads.hold();
        watch.read(file("a2", "b"));
        watch.otherVariables();
        watch.read(file("a3", "b"));
        threads.release();
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void aSandboxThatWasStartedWithOtherVariablesIsLeftAloneAndThatIsSaid() {
        on();
        asStarted = false;
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        assertThat(watch.words()).contains("did not run what was saved of web: the variables here are others");
    }

    @Test
    void whatWaitedForOneSandboxIsNotRunForAnother() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.another();
        see(idle);
        watch.read(file("a2", "b"));
        assertThat(corral.asked).isEmpty();
        watch.read(file("a3", "b"));
        assertThat(corral.asked).containsExactly(UPDATE);
    }

    @Test
    void aSandboxThatIsNotTheChosenOneAnyMoreIsLeftAlone() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        current = Optional.empty();
        machines.waiting().inventoryChanged(inventory(idle));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void aRunBehindALockIsNotTriedAgainForOtherVariables() {
        on();
        watch.read(file("a2", "b"));
        ends();
        watch.otherVariables();
        corral.last()
                .done()
                .completeExceptionally(ExpectedFailure.failed("Another Vagrant has locked it.", "Wait.")
                        .withKind(ExpectedFailure.Kind.BUSY));
        watch.read(file("by another variable", "b"));
        machines.waiting().look(Instant.now().plusSeconds(6));
        assertThat(corral.asked).containsExactly(UPDATE, PROVISION);
    }

    @Test
    void anotherFileTurnsItOff() {
        on();
        see(held);
        watch.read(file("a2", "b"));
        watch.open();
        see(idle);
        assertThat(watch.on()).isFalse();
        assertThat(corral.asked).isEmpty();
    }
}
