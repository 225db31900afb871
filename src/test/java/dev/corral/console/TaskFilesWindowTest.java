package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Opening, remembering and closing task files, and what a click on a row does, over a core that only pretends. */
@Tag("unit")
class TaskFilesWindowTest extends TreeOfWindow {
    private static final String EVAL = "eval:web_flag|" + Samples.FILE;
    private static final String SQLI_01 = "sample:web_flag|" + Samples.FILE + "|sqli-01";
    private static final String KERNEL = "sample:hello_debian|" + Samples.FILE + "|kernel";
    private Path folder;

    @Start
    void open(Stage given) throws Exception {
        folder = Files.createTempDirectory("corral-task-files");
        FixtureCorral core = new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1000,\"height\":700,\"theme\":\"DARK\"}",
                List.of(Path.of("/home/ada/evals")),
                dir -> {});
    }

    private String remembered() {
        try {
            return Files.exists(state.resolve("task-files.json"))
                    ? Files.readString(state.resolve("task-files.json"))
                    : "";
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean row(String key, String part) {
        return item(key) != null && item(key).getValue().toString().contains(part);
    }

    private void openAnother(FxRobot robot) {
        until(() -> item(EVAL) != null);
        corral.failLoading(Optional.of(ExpectedFailure.failed("It raises.", "Mend it.")));
        robot.interact(() -> window.open(folder.resolve("../" + folder.getFileName() + "/other.py")));
        until(() -> row("file:" + folder.resolve("other.py"), "It raises."));
        corral.failLoading(Optional.empty());
    }

    @Test
    void whatIsOpenIsRememberedAtOnceAndOpensWithTheNextWindow(FxRobot robot) throws Exception {
        openAnother(robot);
        until(() -> remembered().contains(folder.resolve("other.py").toString())
                && remembered().contains(Samples.FILE.toString()));
        robot.interact(() -> {
            window.close();
            stage.close();
        });
        Files.writeString(state.resolve("keep.json"), remembered());
        Path kept = state;
        robot.interact(() -> {
            stage = new Stage();
            window = new MainWindow(corral, stage, new WindowOptions(List.of(), Optional.of(kept), () -> {}));
            window.open(folder.resolve("given.py"));
            window.show();
        });
        until(() -> item(EVAL) != null);
        until(() -> remembered().contains("given.py"));
        assertThat(remembered()).contains(folder.resolve("other.py").toString(), Samples.FILE.toString());
    }

    @Test
    void aClosedTaskFileLeavesItsSandboxesListed(FxRobot robot) {
        until(() -> item(KERNEL) != null && item(SQLI_01) != null);
        choose(robot, EVAL);
        robot.press(KeyCode.CONTROL, KeyCode.W).release(KeyCode.W, KeyCode.CONTROL);
        until(() -> item(KERNEL) == null);
        assertThat(onFx(() -> item(SQLI_01))).isNotNull();
        until(() -> !remembered().substring(0, remembered().indexOf("recent")).contains(Samples.FILE.toString()));
        assertThat(remembered()).contains(Samples.FILE.toString());
    }

    @Test
    void aFileThatDoesNotLoadIsReadAgainFromItsRow(FxRobot robot) {
        openAnother(robot);
        String key = "file:" + folder.resolve("other.py");
        choose(robot, key);
        int before = corral.asked.size();
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> item(key) == null);
        assertThat(corral.asked.subList(before, corral.asked.size())).containsExactly("forget");
    }

    @Test
    void aFileThatChangesOrGoesSaysSoOnItsRowAndIsReadAgain(FxRobot robot) throws Exception {
        until(() -> item(EVAL) != null);
        choose(robot, EVAL);
        robot.press(KeyCode.CONTROL, KeyCode.W).release(KeyCode.W, KeyCode.CONTROL);
        until(() -> item(KERNEL) == null);
        Path file = Files.writeString(folder.resolve("web_flag.py"), "one");
        robot.interact(() -> window.open(file));
        until(() -> item(KERNEL) != null);
        Files.writeString(file, "another");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        until(() -> row(EVAL, "changed since it was read"));
        Files.delete(file);
        until(() -> row(EVAL, "no longer there"));
        assertThat(onFx(() -> item(KERNEL))).isNotNull();
        Files.writeString(file, "back");
        choose(robot, EVAL);
        robot.interact(() -> ((Button) node("#details #action-read-again")).fire());
        until(() -> row(EVAL, "title=web_flag") && !row(EVAL, "no longer there") && !row(EVAL, "changed since"));
    }

    @Test
    void theRecentOnesAreOfferedAndThoseThatHaveGoneAreMarked(FxRobot robot) {
        openAnother(robot);
        robot.press(KeyCode.CONTROL, KeyCode.O).release(KeyCode.O, KeyCode.CONTROL);
        until(() -> node("#open-recent") != null && node("#open-recent").isFocused());
        assertThat(onFx(() -> ((ListView<?>) node("#open-recent")).getItems().toString()))
                .contains(folder.resolve("other.py").toString(), Samples.FILE.toString());
        until(() -> ((ListView<?>) node("#open-recent")).getItems().toString().contains("no longer there"));
        robot.press(KeyCode.DOWN).release(KeyCode.DOWN).press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> node("#open-dialog") == null);
        until(() -> remembered().indexOf(Samples.FILE.toString(), remembered().indexOf("recent"))
                < remembered().indexOf("other.py", remembered().indexOf("recent")));
    }

    @Test
    void aClickAnywhereOnARowButItsButtonOnlyChoosesIt(FxRobot robot) {
        until(() -> item(KERNEL) != null && buttonOf(KERNEL) != null);
        Node rowOf = onFx(() -> buttonOf(KERNEL).getParent().getParent());
        Bounds row = onFx(() -> rowOf.localToScreen(rowOf.getLayoutBounds()));
        Bounds button =
                onFx(() -> buttonOf(KERNEL).localToScreen(buttonOf(KERNEL).getLayoutBounds()));
        for (double x = row.getMinX() + 8; x < button.getMinX() - 2; x += 60) {
            choose(robot, EVAL);
            robot.moveTo(x, row.getCenterY());
            robot.press(MouseButton.PRIMARY).release(MouseButton.PRIMARY);
            WaitForAsyncUtils.waitForFxEvents();
            robot.sleep(600);
        }
        assertThat(onFx(() -> tree().getSelectionModel().getSelectedItem())).isSameAs(item(KERNEL));
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("start"));
        assertThat(onFx(() -> buttonOf(KERNEL).localToScreen(buttonOf(KERNEL).getLayoutBounds())))
                .isEqualTo(button);
        robot.moveTo(buttonOf(KERNEL)).press(MouseButton.PRIMARY).release(MouseButton.PRIMARY);
        until(() -> corral.asked.contains("start kernel"));
    }

    @Test
    void aDoubleClickOnARowsButtonStartsOnce(FxRobot robot) {
        until(() -> item(KERNEL) != null && buttonOf(KERNEL) != null);
        robot.sleep(400);
        robot.doubleClickOn(buttonOf(KERNEL));
        until(() -> corral.asked.contains("start kernel"));
        robot.sleep(500);
        assertThat(corral.asked).filteredOn(asked -> asked.startsWith("start")).hasSize(1);
        assertThat(onFx(() -> ((javafx.scene.control.TabPane) node("#dock .tab-pane"))
                        .getTabs()
                        .size()))
                .isEqualTo(1);
    }

    private Node buttonOf(String key) {
        int index = tree().getRow(item(key));
        return tree().lookupAll(".row-action").stream()
                .filter(Node::isVisible)
                .filter(button -> button.getParent() instanceof javafx.scene.control.TreeTableCell<?, ?> cell
                        && cell.getIndex() == index
                        && cell.isVisible())
                .findFirst()
                .orElse(null);
    }
}
