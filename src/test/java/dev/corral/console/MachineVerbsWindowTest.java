package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.page.Action;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.LogLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Verbs, snapshots and the end of single VMs in the window, over a core that only pretends. */
@Tag("unit")
class MachineVerbsWindowTest extends TreeOfWindow {
    private static final String ID = "sqli-01-9f3c2a1b";
    private static final String ATTACKER = "attacker-" + ID;
    private static final String VICTIM = "victim-" + ID;
    private static final String SAMPLE = "sample:web_flag|" + Samples.FILE + "|sqli-01";

    @Start
    void open(Stage given) throws Exception {
        FixtureCorral core = new FixtureCorral(
                "/home/ada", Samples.evals(), inventory(Liveness.STRAY, MachineState.STOPPED, MachineState.RUNNING));
        core.say(List.of(new LogLine(Optional.empty(), "", LogLine.Level.STEP, "what Vagrant says")));
        core.snapshots(Optional.of(List.of(
                new VmSnapshot("clean", Optional.of(Instant.now().minusSeconds(700))),
                new VmSnapshot("after", Optional.of(Instant.now().minusSeconds(60)), Optional.of("clean")))));
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\"}",
                List.of(Path.of("/home/ada/evals")),
                folder -> {});
    }

    private static Inventory inventory(Liveness liveness, MachineState attacker, MachineState victim) {
        Instant now = Instant.now();
        SandboxView view = Samples.sandbox(
                ID,
                "web_flag",
                "sqli-01",
                SandboxState.DEGRADED,
                "",
                liveness,
                Optional.empty(),
                now,
                Samples.machine(ID, ATTACKER, true, attacker, "", now),
                Samples.machine(ID, VICTIM, false, victim, "", now));
        return new Inventory(now, Path.of("/home/ada/.cache"), List.of(view), List.of(), "libvirt", List.of());
    }

    @BeforeEach
    void waitForRows() {
        until(() -> item(SAMPLE) != null && !item(SAMPLE).getChildren().isEmpty());
    }

    private static void press(FxRobot robot, KeyCode... keys) {
        robot.press(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.release(keys[i]);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private boolean shown(String text) {
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .anyMatch(label -> label.isVisible()
                        && ((Label) label).getText() != null
                        && ((Label) label).getText().contains(text));
    }

    private String row(String key) {
        return item(key).getValue().toString();
    }

    @Test
    void enterOnAStoppedVmBootsItOnceAndTheRowSaysSo(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + ATTACKER);
        press(robot, KeyCode.ENTER);
        until(() -> corral.asked.contains("up " + ID + "/" + ATTACKER));
        until(() -> row("vm:" + ID + "/" + ATTACKER).contains("state=starting up"));
        press(robot, KeyCode.ENTER);
        press(robot, KeyCode.U);
        assertThat(corral.asked)
                .containsOnlyOnce("up " + ID + "/" + ATTACKER)
                .noneMatch(asked -> asked.startsWith("start"));
        corral.last().done().complete(null);
        until(() -> row("vm:" + ID + "/" + ATTACKER).contains("state=stopped"));
    }

    @Test
    void aVerbCanBeCancelledFromItsRow(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + ATTACKER);
        press(robot, KeyCode.U);
        until(() -> corral.asked.contains("up " + ID + "/" + ATTACKER));
        until(() -> row("vm:" + ID + "/" + ATTACKER).contains("state=starting up"));
        press(robot, KeyCode.C);
        until(() -> corral.last().done().isCancelled());
        until(() -> row("vm:" + ID + "/" + ATTACKER).contains("state=stopped"));
    }

    @Test
    void aFailureStandsWithItsLinesInTheDetails(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + VICTIM);
        press(robot, KeyCode.SHIFT, KeyCode.H);
        until(() -> corral.asked.contains("halt " + ID + "/" + VICTIM));
        corral.last()
                .done()
                .completeExceptionally(ExpectedFailure.failed("vagrant halt ended with exit code 1.", "Read the lines.")
                        .withDetails("the line that matters"));
        until(() -> node("#failure").isVisible());
        assertThat(onFx(() -> ((TextInputControl) node("#failure .machine-area")).getText()))
                .contains("the line that matters");
        assertThat(onFx(() -> row("vm:" + ID + "/" + VICTIM)))
                .contains("note=vagrant halt ended with exit code 1.")
                .contains("state=running");
        // Tried again it is not told any more.
        robot.interact(() -> tree().requestFocus());
        press(robot, KeyCode.SHIFT, KeyCode.H);
        until(() -> !node("#failure").isVisible());
    }

    @Test
    void lettersThatAreTypedAreNoVerbs(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + VICTIM);
        until(() -> node("#more-actions") != null);
        for (String field : List.of("#snapshot-name", "#filter")) {
            robot.interact(() -> node(field).requestFocus());
            press(robot, KeyCode.SHIFT, KeyCode.H);
            press(robot, KeyCode.SHIFT, KeyCode.P);
            press(robot, KeyCode.U);
            assertThat(onFx(() -> ((TextInputControl) node(field)).getText()))
                    .as(field)
                    .isEqualTo("HPu");
        }
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void aSnapshotIsSavedByNameAndOneThatCanNotBeIsSaidAtOnce(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + VICTIM);
        until(() -> shown("clean"));
        press(robot, KeyCode.N);
        until(() -> stage.getScene().getFocusOwner() == node("#snapshot-name"));
        for (String name : List.of("-x", "two words", "../up", "ü")) {
            robot.interact(() -> ((TextInputControl) node("#snapshot-name")).setText(name));
            press(robot, KeyCode.ENTER);
            until(() -> shown("can't be a snapshot's name"));
        }
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("snapshot-save"));
        robot.interact(() -> ((TextInputControl) node("#snapshot-name")).setText("before-1.0"));
        press(robot, KeyCode.ENTER);
        until(() -> corral.asked.contains("snapshot-save before-1.0 " + ID + "/" + VICTIM));
    }

    @Test
    void goingBackNamesWhatIsLostAndTheSafeAnswerHasTheFocus(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + VICTIM);
        until(() -> node(".restore-snapshot") != null);
        robot.interact(() -> ((javafx.scene.control.Button) node(".restore-snapshot")).fire());
        until(() -> stage.getScene().getFocusOwner() == node("#confirm-leave"));
        assertThat(onFx(() -> shown("Restore " + ID + "/victim to snapshot clean?")))
                .isTrue();
        assertThat(onFx(() -> shown("11 min ago"))).isTrue();
        press(robot, KeyCode.ENTER);
        until(() -> node("#question") == null);
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("snapshot-restore"));
        robot.interact(() -> ((javafx.scene.control.Button) node(".restore-snapshot")).fire());
        until(() -> node("#confirm-machine") != null);
        robot.interact(() -> ((javafx.scene.control.Button) node("#confirm-machine")).fire());
        until(() -> corral.asked.contains("snapshot-restore clean " + ID + "/" + VICTIM));
    }

    @Test
    void aSnapshotStandsBelowTheOneThatItCameFrom(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + VICTIM);
        until(() -> saved().size() == 2);
        assertThat(onFx(() -> saved().stream()
                        .map(line -> ((Labeled) line.getChildren().getFirst()).getText())
                        .toList()))
                .containsExactly("clean", "after");
        assertThat(onFx(() -> saved().getFirst().getPadding().getLeft())).isZero();
        assertThat(onFx(() -> saved().getLast().getPadding().getLeft())).isPositive();
        assertThat(onFx(() -> ((Labeled) saved().getLast().getChildren().getFirst()).getAccessibleText()))
                .isEqualTo("after, came from clean");
    }

    private List<HBox> saved() {
        return stage.getScene().getRoot().lookupAll(".restore-snapshot").stream()
                .map(button -> (HBox) button.getParent())
                .toList();
    }

    @Test
    void whereOnlyVagrantCanTellAClickAsksIt(FxRobot robot) {
        corral.snapshots(Optional.empty());
        corral.say(List.of(
                new LogLine(Optional.of(Instant.EPOCH), VICTIM, LogLine.Level.STEP, VICTIM + ":"),
                new LogLine(Optional.of(Instant.EPOCH), VICTIM, LogLine.Level.DETAIL, "told-by-vagrant")));
        choose(robot, "vm:" + ID + "/" + VICTIM);
        until(() -> node("#list-snapshots").isVisible());
        assertThat(corral.asked).isEmpty();
        robot.interact(() -> ((javafx.scene.control.Button) node("#list-snapshots")).fire());
        until(() -> corral.asked.contains("snapshot-list " + ID + "/" + VICTIM));
        corral.last().done().complete(null);
        until(() -> shown("told-by-vagrant"));
    }

    @Test
    void deletingOneVmOfSeveralNamesItAlone(FxRobot robot) {
        choose(robot, "vm:" + ID + "/" + VICTIM);
        assertThat(onFx(() -> ((Labeled) node("#details").lookup("#" + Action.DESTROY.id())).getText()))
                .isEqualTo("Destroy VM");
        press(robot, KeyCode.DELETE);
        until(() -> node("#question") != null);
        assertThat(onFx(() -> shown("Destroy VM " + ID + "/victim?"))).isTrue();
        assertThat(onFx(() -> shown("its other VM stays"))).isTrue();
        press(robot, KeyCode.ENTER);
        until(() -> corral.asked.contains("destroy " + ID + "/" + VICTIM));
        assertThat(corral.asked).doesNotContain("destroy " + ID);
    }

    @Test
    void whatAnEarlierWindowLeftIsOfferedAndTheOfferGoesWithIt(FxRobot robot) {
        until(() -> shown("An earlier window ended without closing and left 1 sandbox behind: " + ID));
        choose(robot, SAMPLE);
        robot.interact(
                () -> ((javafx.scene.control.Button) node("#details").lookup("#" + Action.TAKE_BACK.id())).fire());
        until(() -> corral.asked.contains("take back " + ID));
        corral.show(inventory(Liveness.LIVE, MachineState.STOPPED, MachineState.RUNNING));
        until(() -> !shown("An earlier window ended"));
        until(() -> node("#details").lookup("#" + Action.TAKE_BACK.id()) == null);
    }
}
