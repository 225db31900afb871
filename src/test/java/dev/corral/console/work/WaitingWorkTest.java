package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waits behind whatever holds a sandbox. */
@Tag("unit")
class WaitingWorkTest {
    private static final OperationView START =
            Story.start("one").provisioner("packages", "shell", 1, 9).done();
    private static final OperationView PROVISIONS = Story.later("two", OperationKind.PROVISION, 60)
            .provisioner("packages", "shell", 1, 9)
            .open(true);

    private final SandboxView idle = Story.sandbox(SandboxState.READY, MachineState.RUNNING, START);
    private final SandboxView held = Story.sandbox(SandboxState.READY, MachineState.RUNNING, START, PROVISIONS);
    private final FixtureCorral corral = new FixtureCorral("/home/ada", List.of(), inventory(idle));
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final SandboxCommands sandboxes = new SandboxCommands(
            corral, threads, desk, new TrustStore(Path.of("/nowhere/trusted.json"), List.of()), new NotedDock());
    private final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    private final NotedDock dock = new NotedDock();
    private final MachineCommands commands = new MachineCommands(corral, threads, desk, sandboxes, dock);

    @AfterEach
    void close() {
        feed.close();
    }

    private static Inventory inventory(SandboxView... views) {
        return new Inventory(Instant.now(), Path.of("/cache"), List.of(views), List.of(), "", List.of());
    }

    private void see(SandboxView... views) {
        commands.waiting().inventoryChanged(inventory(views));
    }

    private Machines web(SandboxView view) {
        return new Machines(view, Story.WEB);
    }

    private static String provision() {
        return "provision " + Story.ID + "/" + Story.WEB;
    }

    @Test
    void itStandsInActivityUntilItsTurn() {
        see(held);
        commands.runLater(Verb.PROVISION, web(held), Optional.empty());
        commands.runLater(Verb.PROVISION, web(held), Optional.empty());
        assertThat(desk.activities())
                .singleElement()
                .returns("Provision " + Story.ID + "/web", Activity::title)
                .returns("waits: provision is under way", Activity::now)
                .returns(true, Activity::cancellable);
        commands.waiting().look(Instant.now());
        assertThat(corral.asked).isEmpty();
        see(idle);
        assertThat(corral.asked).containsExactly(provision());
        assertThat(desk.activities())
                .as("the operation itself stands for it")
                .singleElement()
                .returns(corral.last().id(), Activity::id);
        corral.last().done().complete(null);
        see(idle);
        assertThat(corral.asked).containsExactly(provision());
    }

    @Test
    void oneComesAfterTheOther() {
        see(held);
        commands.runLater(Verb.PROVISION, web(held), Optional.empty());
        commands.runLater(Verb.SUSPEND, web(held), Optional.empty());
        see(idle);
        see(idle);
        assertThat(corral.asked).containsExactly(provision());
        corral.last().done().complete(null);
        assertThat(corral.asked).as("another process's owner is asked about").hasSize(1);
        assertThat(desk.question().get().title()).startsWith("Suspend");
    }

    @Test
    void itCanBeTakenBack() {
        see(held);
        commands.runLater(Verb.PROVISION, web(held), Optional.empty());
        String id = desk.activities().getFirst().id();
        assertThat(commands.waiting().cancel(id)).isTrue();
        assertThat(commands.waiting().cancel(id)).isFalse();
        see(idle);
        assertThat(corral.asked).isEmpty();
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
    }

    @Test
    void whatWasRefusedBecauseOfALockIsOfferedForLater() {
        see(idle);
        commands.run(Verb.PROVISION, web(idle));
        corral.last().done().completeExceptionally(busy());
        Notice notice = desk.notices().getFirst();
        assertThat(notice.remedies()).extracting(Notice.Remedy::label).containsExactly("Run after it", "Open log");
        notice.remedies().getFirst().run().run();
        assertThat(corral.asked).containsExactly(provision(), provision());
        corral.last().done().completeExceptionally(busy());
        assertThat(desk.activities())
                .filteredOn(one -> one.status() == Activity.Status.RUNNING)
                .singleElement()
                .returns("waits: Another Vagrant has locked it.", Activity::now);
        commands.waiting().look(Instant.now());
        assertThat(corral.asked).as("not at once").hasSize(2);
        commands.waiting().look(Instant.now().plusSeconds(6));
        assertThat(corral.asked).hasSize(3);
        corral.last().done().complete(null);
        commands.waiting().look(Instant.now().plusSeconds(60));
        assertThat(corral.asked).hasSize(3);
    }

    @Test
    void whatIsOfferedForLaterAsksBeforeAProgramEnds() {
        see(held);
        commands.run(Verb.HALT, web(held));
        yes();
        corral.last().done().completeExceptionally(busy());
        Notice.Remedy later = desk.notices().getFirst().remedies().getFirst();
        dock.terminals.add(Story.WEB);
        later.run().run();
        assertThat(desk.activities()).noneMatch(one -> one.now().startsWith("waits"));
        assertThat(desk.question().get().text()).contains("A terminal of web is open");
        yes();
        assertThat(desk.activities()).anyMatch(one -> one.now().startsWith("waits"));
    }

    private void yes() {
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
    }

    private static ExpectedFailure busy() {
        return ExpectedFailure.failed("Another Vagrant has locked it.", "Wait for its end.")
                .withKind(ExpectedFailure.Kind.BUSY);
    }

    @Test
    void whatFailsForAnotherReasonIsOver() {
        see(held);
        commands.runLater(Verb.PROVISION, web(held), Optional.empty());
        see(idle);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("No.", "Mend it."));
        commands.waiting().look(Instant.now().plusSeconds(60));
        assertThat(corral.asked).hasSize(1);
        assertThat(desk.notices().getFirst().sentence()).contains("No.");
    }

    @Test
    void aSandboxThatGoesTakesWhatWaitsWithIt() {
        see(held);
        commands.runLater(Verb.PROVISION, web(held), Optional.empty());
        see();
        assertThat(desk.activities().getFirst())
                .returns(Activity.Status.FAILED, Activity::status)
                .returns("The sandbox has gone meanwhile.", Activity::sentence);
        see(idle);
        assertThat(corral.asked).isEmpty();
    }
}
