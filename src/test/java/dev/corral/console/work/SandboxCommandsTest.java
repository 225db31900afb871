package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of sandboxes, without a toolkit. */
@Tag("unit")
class SandboxCommandsTest {
    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private final Inventory inventory = Samples.inventory(now);
    private final FixtureCorral corral = new FixtureCorral("/home/ada", Samples.evals(), inventory);
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final NotedDock dock = new NotedDock();
    private SandboxCommands commands;
    private OperationFeed feed;

    @AfterEach
    void close() {
        feed.close();
    }

    @BeforeEach
    void trustedFolder() throws Exception {
        Files.writeString(folder.resolve("Vagrantfile"), "");
        commands = new SandboxCommands(
                corral, threads, desk, new TrustStore(folder.resolve("trusted.json"), List.of(folder)), dock);
        feed = new OperationFeed(corral.operations(), threads, desk);
    }

    private String start() {
        List<String> begun = new ArrayList<>();
        commands.start(
                new StartRequest(
                        folder.resolve("Vagrantfile"),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        false,
                        Manifest.Origin.none(),
                        Optional.empty(),
                        false),
                "it",
                begun::add);
        return begun.getFirst();
    }

    private Inventory showing(String id, SandboxState state) {
        SandboxView view = Samples.sandbox(
                id,
                "",
                "",
                state,
                "",
                Liveness.LIVE,
                Optional.of(Samples.start(id, now, state == SandboxState.READY, Optional.empty(), "boot", 4)),
                now,
                Samples.machine(id, "web-" + id, false, MachineState.RUNNING, "192.0.2.1", now),
                Samples.machine(id, "db-" + id, true, MachineState.RUNNING, "192.0.2.2", now));
        return new Inventory(now, folder, List.of(view), List.of(), List.of(), "", List.of());
    }

    private Activity activity() {
        return desk.activities().getFirst();
    }

    private SandboxView ready() {
        return inventory.sandboxes().getFirst();
    }

    @Test
    void aStartShowsItsPhaseAndOpensTheTerminalOnceWhenItIsReady() {
        String id = start();
        assertThat(activity())
                .returns("Start it", Activity::title)
                .returns(Activity.Status.RUNNING, Activity::status)
                .returns(id, Activity::sandbox);
        corral.last().reach(Phase.of(PhaseKind.BOOT, ""));
        assertThat(activity().now()).isEqualTo("boot");
        // A look at everything is later than what the operation itself tells, and changes nothing of it.
        corral.last().reach(Phase.of(PhaseKind.SSH, ""));
        String told = activity().now();
        commands.inventoryChanged(showing(id, SandboxState.STARTING));
        assertThat(activity().now()).isEqualTo(told).isNotEqualTo("boot");
        assertThat(dock.shown).isEmpty();
        commands.inventoryChanged(showing(id, SandboxState.READY));
        commands.inventoryChanged(showing(id, SandboxState.READY));
        assertThat(dock.shown).containsExactly("terminal db-" + id);
        corral.last().done().complete(null);
        assertThat(activity().status()).isEqualTo(Activity.Status.DONE);
        assertThat(commands.running()).isEmpty();
    }

    @Test
    void aCancelledStartIsNoFailureAndOpensNothing() {
        String id = start();
        assertThat(commands.cancellable(id)).isTrue();
        threads.hold();
        commands.cancel(id);
        assertThat(commands.cancelling()).containsExactly(id);
        assertThat(commands.cancellable(id)).as("a second click does nothing").isFalse();
        corral.last().reach(Phase.of(PhaseKind.BOOT, ""));
        assertThat(activity()).returns("cancelling", Activity::now).returns(false, Activity::cancellable);
        threads.release();
        assertThat(activity().status()).isEqualTo(Activity.Status.CANCELLED);
        assertThat(commands.cancelling()).isEmpty();
        assertThat(desk.notices()).isEmpty();
        commands.inventoryChanged(showing(id, SandboxState.READY));
        assertThat(dock.shown).isEmpty();
    }

    @Test
    void aFailureIsToldWithItsLogAfterTheLookThatShowsIt() {
        String id = start();
        threads.hold();
        corral.last().done().completeExceptionally(ExpectedFailure.failed("No box.", "Add it."));
        assertThat(desk.notices()).isEmpty();
        threads.release();
        assertThat(activity()).returns(Activity.Status.FAILED, Activity::status).returns("No box.", Activity::sentence);
        Notice notice = desk.notices().getFirst();
        assertThat(notice.sentence()).isEqualTo("Start it failed. No box.");
        corral.show(showing(id, SandboxState.FAILED));
        notice.remedies().getFirst().run().run();
        assertThat(dock.shown).containsExactly("log " + id);
        start();
        assertThat(desk.notices()).as("it is tried again").isEmpty();
    }

    @Test
    void aDestroyNamesItsVictimsAndDoesNothingUntilItIsConfirmed() {
        commands.destroy(List.of(ready()), true);
        Question question = desk.question().get();
        assertThat(question.title()).isEqualTo("Destroy sandbox sqli-01-9f3c2a1b?");
        assertThat(question.text())
                .isEqualTo("Everything in these VMs is lost. Another process that is alive uses it.");
        assertThat(question.victims()).containsExactly("sqli-01-9f3c2a1b: attacker, victim · web_flag");
        assertThat(question.focused()).as("the safe answer").isZero();
        Asked.answer(desk, "confirm-keep");
        assertThat(corral.asked).isEmpty();
        commands.destroy(List.of(ready()), true);
        Asked.answer(desk, "confirm-destroy");
        assertThat(corral.asked).containsExactly("destroy sqli-01-9f3c2a1b");
        assertThat(activity().title()).isEqualTo("Destroy sqli-01-9f3c2a1b");
    }

    @Test
    void theQuestionGoesWithTheLastSandboxItIsAbout() {
        commands.destroy(List.of(ready()), false);
        desk.inventoryChanged(inventory);
        assertThat(desk.question().get()).isNotNull();
        desk.inventoryChanged(new Inventory(now, folder, List.of(), List.of(), List.of(), "", List.of()));
        assertThat(desk.question().get()).isNull();
    }

    @Test
    void aDestroySaysHowItEnded() {
        List<Boolean> gone = new ArrayList<>();
        commands.destroyNow("a", gone::add);
        assertThat(gone).isEmpty();
        corral.last().done().complete(null);
        commands.destroyNow("b", gone::add);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("It is stuck.", ""));
        assertThat(gone).containsExactly(true, false);
        corral.failOperations(Optional.of(ExpectedFailure.notFound("There is no sandbox c.", "")));
        commands.destroyNow("c", gone::add);
        assertThat(desk.notices()).as("somebody else was quicker").hasSize(1);
        corral.failOperations(Optional.of(ExpectedFailure.failed("No.", "")));
        commands.destroyNow("d", gone::add);
        assertThat(gone).containsExactly(true, false, true, false);
        assertThat(desk.notices()).extracting(Notice::sentence).endsWith("No.");
    }

    @Test
    void pinsByNameAndByDirectory() {
        commands.pin("a", true);
        commands.pin(List.of(Path.of("/cache/b"), Path.of("/cache/c")), false);
        assertThat(corral.asked).containsExactly("pin a", "unpin b", "unpin c");
    }
}
