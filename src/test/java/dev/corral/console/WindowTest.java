package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.page.Action;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.vagrant.LogLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeItem;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The whole window over a core that only pretends. */
@Tag("unit")
class WindowTest extends TreeOfWindow {
    private static final String SQLI_01 = "sample:web_flag|" + Samples.FILE + "|sqli-01";
    private static final String KERNEL = "sample:hello_debian|" + Samples.FILE + "|kernel";
    private static final String FAILED = "sample:hello_debian|" + Samples.FILE + "|1";

    @Start
    void open(Stage given) throws Exception {
        FixtureCorral core = new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
        core.log(List.of(new LogLine(Optional.empty(), "attacker", LogLine.Level.ERROR, "the line that matters")));
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\"}",
                List.of(Path.of("/home/ada/evals")),
                folder -> {});
    }

    @BeforeEach
    void waitForRows() {
        until(() -> item(KERNEL) != null);
    }

    private boolean shown(String text) {
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .anyMatch(label -> label.isVisible() && text.equals(((Label) label).getText()));
    }

    private List<String> tabs() {
        return ((TabPane) stage.getScene().lookup("#dock .tab-pane"))
                .getTabs().stream().map(tab -> tab.getText()).toList();
    }

    @Test
    void samplesVmsAndCountsAreShown(FxRobot robot) {
        assertThat(onFx(() -> item(SQLI_01).getChildren().size())).isEqualTo(2);
        until(() -> shown("Vagrant 2.4.9"));
        until(() -> shown("5 running · 1 starting"));
        assertThat(onFx(() -> ((Labeled) node("#pill-strays")).getText())).startsWith("1 stray · ");
    }

    @Test
    void aBugOnAnyThreadIsShownOnceWithItsDetails(FxRobot robot) throws InterruptedException {
        boolean checked = WaitForAsyncUtils.checkAllExceptions;
        WaitForAsyncUtils.checkAllExceptions = false;
        try {
            for (int time = 0; time < 3; time++) {
                Thread.ofVirtual().start(WindowTest::fail).join();
                Platform.runLater(WindowTest::fail);
            }
            until(() -> shown("This is a bug in Corral: a planted bug"));
            assertThat(onFx(() ->
                            node(".message-area").lookupAll(".message-card").size()))
                    .isLessThanOrEqualTo(2);
        } finally {
            WaitForAsyncUtils.clearExceptions();
            WaitForAsyncUtils.checkAllExceptions = checked;
        }
    }

    private static void fail() {
        throw new IllegalStateException("a planted bug");
    }

    @Test
    void theFilterKeepsWhatFitsAndEscapeLeaves(FxRobot robot) {
        choose(robot, KERNEL);
        robot.press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL);
        until(() -> stage.getScene().getFocusOwner() == stage.getScene().lookup("#filter"));
        robot.write("sqli-01");
        until(() -> item(KERNEL) == null && item(SQLI_01) != null);
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() -> item(KERNEL) != null);
    }

    @Test
    void thePaletteGoesToASampleAndRunsACommand(FxRobot robot) {
        choose(robot, KERNEL);
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        until(() -> stage.getScene().lookup("#palette-field") != null);
        robot.write("sqli-01").press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> tree().getSelectionModel().getSelectedItem() == item(SQLI_01));
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("theme: light").press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> stage.getScene().getRoot().getStyleClass().contains("corral-light"));
        until(() -> read("window.json").contains("LIGHT"));
    }

    private String read(String name) {
        try {
            return Files.readString(state.resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theKeyboardMapOpensOnAQuestionMark(FxRobot robot) {
        choose(robot, KERNEL);
        robot.write("?");
        until(() -> stage.getScene().lookup("#key-map") != null);
        assertThat(onFx(() -> shown(Action.DESTROY.text()))).isTrue();
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() ->
                stage.getScene().lookup("#key-map") == null && stage.getScene().getFocusOwner() == tree());
    }

    @Test
    void theFocusStaysWithinAnOpenLayer(FxRobot robot) {
        choose(robot, KERNEL);
        robot.press(KeyCode.F1).release(KeyCode.F1);
        until(() -> stage.getScene().getFocusOwner() == stage.getScene().lookup("#key-map-close"));
        robot.press(KeyCode.TAB).release(KeyCode.TAB).press(KeyCode.TAB).release(KeyCode.TAB);
        WaitForAsyncUtils.waitForFxEvents();
        until(() -> stage.getScene().getFocusOwner() == stage.getScene().lookup("#key-map-close"));
        robot.press(KeyCode.S).release(KeyCode.S);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void enterStartsASampleAndTheRowSaysSoAtOnce(FxRobot robot) {
        choose(robot, KERNEL);
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        // The sample's Vagrantfile does not exist here, but its folder is trusted, so nothing is read.
        until(() -> corral.asked.contains("start kernel"));
        until(() -> item(KERNEL).getValue().toString().contains("state=starting"));
        until(() -> tabs().contains("Activity 1"));
        assertThat(corral.asked).filteredOn("start kernel"::equals).hasSize(1);
        corral.last().done().completeExceptionally(ExpectedFailure.failed("The box is not there.", "Add it."));
        until(() -> shown("Add it."));
        until(() -> tabs().contains("Activity"));
    }

    @Test
    void deletingNamesTheVictimsAndKeepsThemUnlessTold(FxRobot robot) {
        choose(robot, SQLI_01);
        robot.press(KeyCode.DELETE).release(KeyCode.DELETE);
        until(() -> stage.getScene().lookup("#question") != null);
        assertThat(onFx(() -> shown("sqli-01-9f3c2a1b: attacker, victim · web_flag")))
                .isTrue();
        until(() -> stage.getScene().getFocusOwner() == stage.getScene().lookup("#confirm-keep"));
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> stage.getScene().lookup("#question") == null);
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("destroy"));
        choose(robot, SQLI_01);
        robot.press(KeyCode.DELETE).release(KeyCode.DELETE);
        until(() -> stage.getScene().lookup("#confirm-destroy") != null);
        robot.clickOn("#confirm-destroy");
        until(() -> corral.asked.contains("destroy sqli-01-9f3c2a1b"));
    }

    @Test
    void aButtonThatCanNotBeUsedAnyMoreGivesTheFocusToTheList(FxRobot robot) {
        choose(robot, SQLI_01);
        robot.interact(() -> stage.getScene()
                .lookup("#details")
                .lookup("#" + Action.DESTROY.id())
                .requestFocus());
        until(() -> stage.getScene().getFocusOwner().getId().equals(Action.DESTROY.id()));
        robot.interact(() -> tree().getSelectionModel().select(item(KERNEL)));
        until(() -> stage.getScene()
                .lookup("#details")
                .lookup("#" + Action.DESTROY.id())
                .isDisabled());
        until(() -> stage.getScene().getFocusOwner() == tree());
    }

    @Test
    void oneVmGoesInTwoSteps(FxRobot robot) {
        choose(robot, "vm:unknown-5c1d0b77/default");
        robot.press(KeyCode.DELETE).release(KeyCode.DELETE);
        until(() -> stage.getScene().getFocusOwner() == stage.getScene().lookup("#confirm-destroy"));
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> corral.asked.contains("destroy unknown-5c1d0b77"));
    }

    @Test
    void aFailureShowsItsCauseAndEnterOpensItsLog(FxRobot robot) {
        choose(robot, FAILED);
        until(() -> shown("The box generic/debian99 could not be found."));
        assertThat(onFx(() -> ((TextInputControl) node("#failure .machine-area")).getText()))
                .contains("remote catalog");
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> tabs().contains("Start · 1-0badc0de"));
        until(() -> stage.getScene().lookup(".log-area") != null
                && ((org.fxmisc.richtext.StyleClassedTextArea) stage.getScene().lookup(".log-area"))
                        .getText()
                        .contains("the line that matters"));
    }

    @Test
    void selectionAndFoldsSurviveUpdates(FxRobot robot) {
        choose(robot, "vm:sqli-01-9f3c2a1b/victim-sqli-01-9f3c2a1b");
        robot.interact(
                () -> item("sample:web_flag|" + Samples.FILE + "|sqli-02").setExpanded(false));
        TreeItem<Object> before = onFx(() -> tree().getSelectionModel().getSelectedItem());
        Inventory now = Samples.inventory(Instant.now().plusSeconds(60));
        for (int i = 0; i < 20; i++) {
            Inventory changed = i % 2 == 0
                    ? new Inventory(
                            now.takenAt(),
                            now.cache(),
                            now.sandboxes().subList(0, 2),
                            List.of(),
                            now.hypervisor(),
                            List.of())
                    : now;
            corral.show(changed);
        }
        until(() -> shown("5 running · 1 starting"));
        assertThat(onFx(() -> tree().getSelectionModel().getSelectedItem())).isSameAs(before);
        assertThat(onFx(() ->
                        item("sample:web_flag|" + Samples.FILE + "|sqli-02").isExpanded()))
                .isFalse();
    }

    @Test
    void everyControlThatCanBeReachedHasANameAndIsLargeEnough(FxRobot robot) {
        choose(robot, SQLI_01);
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> stage.getScene().getRoot().lookupAll(".button").forEach(button -> {
            Labeled labeled = (Labeled) button;
            if (labeled.isVisible() && labeled.getScene() != null && labeled.getWidth() > 0) {
                assertThat(labeled.getText() != null && !labeled.getText().isBlank()
                                || labeled.getAccessibleText() != null)
                        .as("name of " + labeled)
                        .isTrue();
                assertThat(Math.min(labeled.getWidth(), labeled.getHeight()))
                        .as("size of " + labeled)
                        .isGreaterThanOrEqualTo(24);
            }
        }));
    }

    @Test
    void nothingIsLaidOutWhileNothingChanges(FxRobot robot) throws Exception {
        Inventory all = Samples.inventory(Instant.now());
        corral.show(new Inventory(
                all.takenAt(), all.cache(), all.sandboxes().subList(0, 1), List.of(), all.hypervisor(), List.of()));
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        until(() -> stage.getScene().lookup("#palette-field") != null);
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        choose(robot, SQLI_01);
        Thread.sleep(1_500);
        int[] layouts = {0};
        ChangeListener<Boolean> count = (property, before, needed) -> layouts[0]++;
        robot.interact(() -> stage.getScene().getRoot().needsLayoutProperty().addListener(count));
        Thread.sleep(Duration.ofSeconds(3));
        robot.interact(() -> stage.getScene().getRoot().needsLayoutProperty().removeListener(count));
        assertThat(layouts[0]).isLessThan(10);
    }
}
