package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.strays.Line;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The page of strays in the whole window, over a core that only pretends. */
@Tag("unit")
class StraysWindowTest extends TableOfWindow {
    private final List<Path> opened = new ArrayList<>();

    @Start
    void open(Stage given) throws Exception {
        open(
                new FixtureCorral("/home/ada", Samples.evals(), StrayItems.everyState(Instant.now())),
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":900,\"theme\":\"DARK\",\"dock_open\":false}",
                List.of(),
                opened::add);
    }

    @BeforeEach
    void waitForRows() {
        until(() -> line(STRAY) != null);
    }

    @Test
    void twoStepsGiveTheRoomBackAndNothingLiveIsTouched(FxRobot robot) {
        until(() -> text("#pill-strays").equals("10 strays · 11 GiB"));
        robot.clickOn("#action-clean-up");
        until(() -> visible("#plan-run") && text("#plan-run").equals("Clean up 10 · 11 GiB") && focused("#plan-back"));
        assertThat(corral.asked).isEmpty();
        robot.clickOn("#plan-run");
        until(() -> text("#plan-back").equals("Close"));
        assertThat(corral.asked)
                .hasSize(10)
                .contains("destroy sqli-07-2be0a1c4", "remove_index_entry 1a2b3c4d")
                .noneMatch(asked -> asked.contains("sqli-01-9f3c2a1b")
                        || asked.contains("unknown-0badf00d")
                        || asked.contains("windows"));
        until(() -> said("11 GiB regained"));
    }

    @Test
    void enterOnThePlanLeavesEverythingAsItIs(FxRobot robot) {
        page(robot);
        choose(robot, STRAY);
        robot.push(KeyCode.DELETE);
        until(() -> visible("#plan-run") && text("#plan-run").startsWith("Clean up 1 ·") && focused("#plan-back"));
        robot.push(KeyCode.ENTER);
        until(() -> !visible("#plan") && focused("#strays-table"));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void rowsAreCheckedByKeyAndLiveOnesNever(FxRobot robot) {
        page(robot);
        choose(robot, STRAY);
        robot.push(KeyCode.SPACE);
        until(() -> text("#clean-up-shown").startsWith("Clean up 1 checked · 3.7 GiB"));
        choose(robot, LIVE);
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.CONTROL, KeyCode.A);
        until(() -> text("#clean-up-shown").startsWith("Clean up 10 checked"));
        robot.push(KeyCode.DELETE);
        until(() -> visible("#plan-run") && text("#plan-run").startsWith("Clean up 10"));
        robot.push(KeyCode.ESCAPE);
        until(() -> focused("#strays-table"));
        robot.push(KeyCode.ESCAPE);
        until(() -> text("#clean-up-shown").equals("Clean up all strays…"));
    }

    @Test
    void shuttingDownInsteadIsPlannedAnewAndTheFocusStaysOnTheChoice(FxRobot robot) {
        robot.clickOn("#action-clean-up");
        until(() -> visible("#choice-keep") && visible("#plan-copy"));
        robot.clickOn("#choice-keep");
        until(() -> text("#plan-run").equals("Shut down 3"));
        robot.clickOn("#plan-copy");
        String[] copied = {""};
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).contains("\"result\" : \"would_be_shut_down\"").doesNotContain("index_entry");
        assertThat(copied[0].getBytes(StandardCharsets.UTF_8).length).isGreaterThan(300);
    }

    @Test
    void aRunGoesOnWhenThePageChangesAndCanBeStoppedAndTriedAgain(FxRobot robot) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        corral.cleanUpWith((step, plan, item) -> {
            go.await();
            if (step.state() == ItemState.DESTROY_FAILED) {
                throw ExpectedFailure.failed("The volume is in use.", "End the process that uses it.");
            }
            corral.backups().add(Path.of("/backups/" + corral.backups().size()));
            return step.bytes() / 2;
        });
        robot.clickOn("#action-clean-up");
        until(() -> visible("#plan-run") && focused("#plan-back"));
        robot.clickOn("#plan-run");
        until(() -> visible("#run-stop") && text("#run-show").equals("Back to the list"));
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        until(() -> !visible("#strays-page"));
        until(() -> ((TabPane) node("#dock .tab-pane"))
                .getTabs().stream().anyMatch(tab -> tab.getText().equals("Activity 1")));
        robot.interact(() ->
                stage.fireEvent(new javafx.stage.WindowEvent(stage, javafx.stage.WindowEvent.WINDOW_CLOSE_REQUEST)));
        until(() -> visible("#quit-dialog") && said("Clean up 10 items"));
        robot.clickOn("#quit-stay");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        until(() -> visible("#run-stop"));
        robot.clickOn("#run-stop");
        until(() -> text("#run-stop").equals("Stopping…"));
        go.countDown();
        until(() -> text("#plan-back").equals("Close") && visible("#plan-retry"));
        assertThat(onFx(() -> said("1 of 10 failed")
                        && said("The volume is in use. End the process that uses it.")
                        && said("less.")))
                .isTrue();
        until(() -> visible("#plan-put-back"));
        robot.clickOn("#plan-put-back");
        until(() -> corral.asked.stream().anyMatch(asked -> asked.startsWith("restore /backups/")) && said("put back"));
        robot.clickOn("#plan-retry");
        until(() -> visible("#plan-run") && text("#plan-run").startsWith("Clean up "));
    }

    @Test
    void aPlanThatCanNotBeMadeSaysWhyAndCanBeTriedAgain(FxRobot robot) {
        corral.failPlanning(
                Optional.of(ExpectedFailure.failed("The cache directory can't be read.", "Check its permissions.")));
        robot.clickOn("#action-clean-up");
        until(() -> visible("#plan-retry") && said("The cache directory can't be read."));
        corral.failPlanning(Optional.empty());
        robot.clickOn("#plan-retry");
        until(() -> visible("#plan-run") && text("#plan-run").startsWith("Clean up 10"));
    }

    @Test
    void selectionAndMarksSurviveUpdatesAndPageChanges(FxRobot robot) {
        page(robot);
        choose(robot, STRAY);
        robot.push(KeyCode.SPACE);
        Line before = line(STRAY);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        until(() -> !visible("#strays-page"));
        List<InventoryItem> fewer =
                new ArrayList<>(StrayItems.everyState(Instant.now()).items());
        fewer.removeIf(item -> item.name().startsWith("web-02"));
        corral.show(StrayItems.with(Samples.inventory(Instant.now()), fewer, List.of("libvirt does not answer.")));
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        until(() -> visible("#strays-page") && visible("#strays-problems") && line("sandbox:web-02-11fe7a90") == null);
        assertThat(onFx(() -> table().getSelectionModel().getSelectedItems().equals(List.of(before))
                        && focused("#strays-table")))
                .isTrue();
        assertThat(onFx(() -> text("#clean-up-shown"))).startsWith("Clean up 1 checked");
    }

    @Test
    void fromAnItemToItsSampleAndBack(FxRobot robot) {
        page(robot);
        choose(robot, LIVE);
        robot.push(KeyCode.G);
        until(() -> visible("#sandbox-tree") && !visible("#strays-page"));
        TreeTableView<?> tree = (TreeTableView<?>) node("#sandbox-tree");
        until(() -> tree.getSelectionModel().getSelectedItem() != null
                && tree.getSelectionModel()
                        .getSelectedItem()
                        .getValue()
                        .toString()
                        .contains("sqli-01"));
        robot.interact(() -> table().getSelectionModel().clearSelection());
        robot.push(KeyCode.G);
        until(() -> visible("#strays-page")
                && table().getSelectionModel().getSelectedItems().equals(List.of(line(LIVE))));
    }

    @Test
    void theDirectoryIsOpenedAndItsPathAndTheIdsAreCopied(FxRobot robot) {
        page(robot);
        choose(robot, STRAY);
        robot.push(KeyCode.D);
        until(() -> opened.size() == 1);
        assertThat(opened.getFirst()).hasFileName("sqli-07-2be0a1c4");
        robot.push(KeyCode.CONTROL, KeyCode.C);
        until(() -> "sqli-07-2be0a1c4".equals(Clipboard.getSystemClipboard().getString()));
        robot.push(KeyCode.P);
        until(() -> corral.asked.contains("pin sqli-07-2be0a1c4"));
    }

    @Test
    void aSliceOfThePictureAndTheWordsOfTheFieldFilter(FxRobot robot) {
        page(robot);
        robot.clickOn("#slice-boxes");
        until(() -> table().getItems().size() == 2);
        robot.clickOn("#chip-strays");
        robot.clickOn("#strays-filter");
        robot.interact(() -> ((javafx.scene.control.TextInputControl) node("#strays-filter")).clear());
        robot.write("kind:index");
        until(() -> table().getItems().size() == 3);
        robot.push(KeyCode.ESCAPE);
        until(() -> line(STRAY) != null);
        corral.show(new dev.corral.core.inventory.Inventory(
                Instant.now(), Path.of("/c"), List.of(), List.of(), "libvirt", List.of()));
        until(() -> said("Nothing is left behind") && !visible("#pill-strays") && !visible("#action-clean-up"));
    }

    @Test
    void everyControlHasANameAndIsLargeEnough(FxRobot robot) {
        page(robot);
        choose(robot, STRAY);
        robot.push(KeyCode.ENTER);
        until(() -> visible("#stray-details"));
        robot.interact(() -> stage.getScene()
                .getRoot()
                .lookupAll(".button, .toggle-button")
                .forEach(button -> {
                    Labeled labeled = (Labeled) button;
                    boolean shown = labeled.getWidth() > 0;
                    for (Node each = labeled; each != null; each = each.getParent()) {
                        shown &= each.isVisible();
                    }
                    if (shown) {
                        assertThat(labeled.getText() != null
                                                && !labeled.getText().isBlank()
                                        || labeled.getAccessibleText() != null)
                                .as("name of " + labeled)
                                .isTrue();
                        assertThat(Math.min(labeled.getWidth(), labeled.getHeight()))
                                .as("size of " + labeled)
                                .isGreaterThanOrEqualTo(24);
                    }
                }));
        assertThat(((ListView<?>) node("#plan-list")).getAccessibleText()).isNotBlank();
    }

    @Test
    void theHeadGivesWayInANarrowWindow(FxRobot robot) {
        until(() -> visible("#pill-strays") && visible("#pill-vagrant"));
        for (int width : new int[] {1440, 1000, 1440}) {
            robot.interact(() -> {
                stage.setWidth(width);
                stage.setHeight(700);
            });
            until(() -> Math.abs(stage.getScene().getWidth() - width) < 40 && headInside());
            assertThat(visible("#pill-strays")).isTrue();
            assertThat(visible("#action-start-sandbox")).isTrue();
            until(() -> visible("#pill-vagrant") == (width > 1000));
        }
    }

    @Test
    void theCardsAreAsTallAsTheirTextNeedsAtThatWidth(FxRobot robot) {
        Inventory all = StrayItems.everyState(Instant.now());
        // Few items, so that the names beside the picture decide.
        robot.interact(() -> corral.show(StrayItems.with(
                all,
                all.items().stream()
                        .filter(item -> item.state() == ItemState.UNKNOWN
                                || item.kind() == ItemKind.FOLDER
                                || item.kind() == ItemKind.BOX_COPY
                                || item.key().equals(STRAY))
                        .toList(),
                List.of())));
        page(robot);
        Region cards = (Region) node("#disk-card").getParent();
        for (int width : new int[] {1440, 1000, 1440, 1100, 1440}) {
            robot.interact(() -> stage.setWidth(width));
            until(() -> Math.abs(stage.getScene().getWidth() - width) < 40);
            until(() -> Math.abs(cards.getHeight()
                            - cards.getChildrenUnmodifiable().stream()
                                    .map(Region.class::cast)
                                    .mapToDouble(card -> card.prefHeight(card.getWidth()))
                                    .max()
                                    .orElseThrow())
                    < 1);
        }
    }

    private boolean headInside() {
        HBox head = (HBox) node(".header");
        return head.getChildren().stream()
                .filter(Node::isVisible)
                .map(child -> child.localToScene(child.getBoundsInLocal()))
                .allMatch(bounds -> bounds.getMinX() >= 0
                        && bounds.getMaxX() <= stage.getScene().getWidth());
    }
}
