package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.settings.TrustStore;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LogLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is asked of VMs, without a toolkit. */
@Tag("unit")
class MachineCommandsTest {
    private static final String ID = "unknown-5c1d0b77";

    private final Instant now = Instant.now();
    private final Inventory inventory = Samples.inventory(now);
    private final FixtureCorral corral = new FixtureCorral("/home/ada", Samples.evals(), inventory);
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final NotedDock dock = new NotedDock();
    private final SandboxCommands sandboxes = new SandboxCommands(
            corral, threads, desk, new TrustStore(Path.of("/nowhere/trusted.json"), List.of()), dock);
    private final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    private final MachineCommands commands = new MachineCommands(corral, threads, desk, sandboxes, dock);
    private final SandboxView mine = inventory.sandbox(ID).orElseThrow();
    private final Machines all = new Machines(mine, "");
    private final SandboxView evals = inventory.sandbox("sqli-01-9f3c2a1b").orElseThrow();

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void aVerbBeginsAtOnceAndShowsItsStateMeanwhile() {
        threads.hold();
        commands.run(Verb.HALT, all);
        commands.run(Verb.HALT, all);
        assertThat(commands.work().get().words(mine)).contains("halting");
        threads.release();
        assertThat(corral.asked).as("a second click does nothing").containsExactly("halt " + ID + "/");
        assertThat(sandboxes.running()).hasSize(1);
        corral.last().done().complete(null);
        assertThat(commands.work().get().words(mine)).isEmpty();
        assertThat(desk.activities().getFirst())
                .returns("Halt " + ID, Activity::title)
                .returns(Activity.Status.DONE, Activity::status);
    }

    @Test
    void aVerbThatEndsAProgramAsksFirst() {
        dock.terminals.add("default");
        commands.run(Verb.SUSPEND, all);
        assertThat(desk.question().get()).as("nothing ends by it").isNull();
        commands.run(Verb.RELOAD, all);
        assertThat(desk.question().get().text()).isEqualTo("A terminal of default is open: what runs there ends.");
        assertThat(desk.question().get().focused()).isZero();
        desk.answer(desk.question().get(), desk.question().get().safe());
        assertThat(corral.asked).containsExactly("suspend " + ID + "/");
    }

    @Test
    void whatAnotherProcessUsesAsksFirst() {
        Machines victim = new Machines(evals, "victim-sqli-01-9f3c2a1b");
        commands.run(Verb.PROVISION, victim);
        assertThat(desk.question().get()).isNull();
        corral.last().done().complete(null);
        commands.run(Verb.SUSPEND, victim);
        assertThat(desk.question().get())
                .returns("Suspend sqli-01-9f3c2a1b/victim?", question -> question.title())
                .returns("Another process that is alive uses the sandbox.", question -> question.text());
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        assertThat(corral.asked)
                .containsExactly(
                        "provision sqli-01-9f3c2a1b/victim-sqli-01-9f3c2a1b",
                        "suspend sqli-01-9f3c2a1b/victim-sqli-01-9f3c2a1b");
    }

    @Test
    void aFailureStaysWithItsMachineUntilItIsTriedAgain() {
        commands.run(Verb.UP, all);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("No memory.", "Free some."));
        assertThat(commands.work().get().failure(mine))
                .get()
                .returns("No memory.", FailureView::sentence)
                .returns("up", FailureView::phase);
        assertThat(desk.notices()).hasSize(1);
        commands.run(Verb.UP, all);
        assertThat(commands.work().get().failure(mine)).isEmpty();
        assertThat(desk.notices()).isEmpty();
    }

    @Test
    void changedCodeIsAskedAboutOnceTheVerbWasRefused() {
        commands.run(Verb.UP, all);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("No memory.", "Free some."));
        assertThat(desk.question().get()).as("that was for another reason").isNull();
        corral.change(List.of("Vagrantfile", "helper.rb (new)"));
        commands.run(Verb.UP, all);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("Changed.", "Decide."));
        assertThat(desk.question().get())
                .returns("Up " + ID + " with changed files?", question -> question.title())
                .returns(0, question -> question.focused());
        Asked.answer(desk, "changed-restore");
        assertThat(corral.asked).hasSize(3).containsOnly("up " + ID + "/");
        corral.last().done().completeExceptionally(ExpectedFailure.failed("Again.", "Look."));
        assertThat(desk.question().get()).as("that was decided").isNull();
    }

    @Test
    void aVerbThatDoesNotBeginLeavesNothingUnderWay() {
        corral.failOperations(Optional.of(ExpectedFailure.failed("It is busy.", "Wait.")));
        commands.run(Verb.UP, all);
        assertThat(commands.work().get().words(mine)).isEmpty();
        assertThat(desk.notices()).extracting(Notice::sentence).containsExactly("It is busy.");
        assertThat(sandboxes.running()).isEmpty();
    }

    @Test
    void aCancelledVerbIsNoFailure() {
        commands.run(Verb.UP, all);
        sandboxes.cancel(ID);
        assertThat(desk.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
        assertThat(commands.work().get().failure(mine)).isEmpty();
        assertThat(desk.notices()).isEmpty();
    }

    @Test
    void snapshotsAreSavedAtOnceAndLostOnlyWhenConfirmed() {
        List<String> changed = new ArrayList<>();
        VmSnapshot snapshot = new VmSnapshot("clean", Optional.of(now.minusSeconds(60)));
        commands.save(all, "clean", () -> changed.add("saved"));
        corral.last().done().complete(null);
        commands.restore(all, snapshot, () -> changed.add("restored"));
        commands.delete(all, snapshot, () -> changed.add("deleted"));
        assertThat(corral.asked).hasSize(1);
        assertThat(desk.question().get().focused()).isZero();
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        corral.last().done().complete(null);
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        assertThat(changed).containsExactly("saved", "restored");
        corral.last().done().completeExceptionally(ExpectedFailure.failed("No.", ""));
        assertThat(changed).as("told only when it ended well").hasSize(2);
        assertThat(corral.asked)
                .containsExactly(
                        "snapshot-save clean " + ID + "/",
                        "snapshot-restore clean " + ID + "/",
                        "snapshot-delete clean " + ID + "/");
    }

    @Test
    void whatWasConfirmedWhileSomethingElseRunsIsSaidAndNotDropped() {
        VmSnapshot snapshot = new VmSnapshot("clean", Optional.of(now.minusSeconds(60)));
        commands.restore(all, snapshot, () -> {});
        commands.delete(all, snapshot, () -> {});
        commands.run(Verb.HALT, all);
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        commands.save(all, "later", () -> {});
        commands.run(Verb.HALT, all);
        assertThat(corral.asked).containsExactly("halt " + ID + "/");
        assertThat(desk.notices())
                .extracting(Notice::sentence)
                .containsExactly(
                        "Restore " + ID + " to clean was not begun: sandbox " + ID + " is halting.",
                        "Delete snapshot clean of " + ID + " was not begun: sandbox " + ID + " is halting.",
                        "Save " + ID + " as later was not begun: sandbox " + ID + " is halting.");
        assertThat(desk.notices()).extracting(Notice::nextStep).allMatch(step -> step.contains("Ask again"));
        corral.last().done().complete(null);
        commands.restore(all, snapshot, () -> {});
        desk.answer(desk.question().get(), desk.question().get().choices().getLast());
        assertThat(corral.asked).contains("snapshot-restore clean " + ID + "/");
        assertThat(desk.notices()).as("it is under way now").hasSize(2);
        corral.last().done().complete(null);
        commands.run(Verb.HALT, all);
        assertThat(corral.asked)
                .as("what is over can be asked again")
                .filteredOn(("halt " + ID + "/")::equals)
                .hasSize(2);
    }

    @Test
    void aListGetsWhatVagrantSaid() {
        LogLine line = new LogLine(Optional.empty(), "default", LogLine.Level.DETAIL, "clean");
        corral.say(List.of(line));
        List<LogLine> told = new ArrayList<>();
        commands.list(all, told::addAll);
        corral.last().done().complete(null);
        assertThat(told).containsExactly(line);
    }

    @Test
    void oneVmOfSeveralIsDestroyedOnlyWhenConfirmed() {
        commands.destroy(evals, evals.machines().getLast(), true);
        assertThat(desk.question().get().text())
                .contains("its other VM stays")
                .endsWith("Another process that is alive uses it.");
        assertThat(desk.question().get().focused()).isZero();
        Asked.answer(desk, "confirm-destroy");
        assertThat(corral.asked).containsExactly("destroy sqli-01-9f3c2a1b/victim-sqli-01-9f3c2a1b");
        assertThat(commands.work().get().words(evals)).contains("destroying · victim");
    }

    @Test
    void takingBackSaysSo() {
        commands.takeBack(List.of("a", "b"));
        assertThat(corral.asked).containsExactly("take back a", "take back b");
        assertThat(desk.notices())
                .extracting(Notice::sentence)
                .containsExactly("2 sandboxes belong to this window now.");
    }
}
