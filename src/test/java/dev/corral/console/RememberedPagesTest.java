package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.settings.PageMemory;
import dev.corral.console.settings.StateFile;
import dev.corral.console.settings.WindowState;
import dev.corral.console.strays.Line;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeItem;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What the next window finds as it was left, and what can be done with it on any page. */
@Tag("unit")
class RememberedPagesTest extends TreeOfWindow {
    private static final String KERNEL = "sample:hello_debian|" + Samples.FILE + "|kernel";
    private static final String FOLDED = "sample:web_flag|" + Samples.FILE + "|sqli-01";
    private static final String LIVE = "sandbox:sqli-01-9f3c2a1b";

    @Start
    void open(Stage given) throws Exception {
        open(
                new FixtureCorral("/home/ada", Samples.evals(), StrayItems.everyState(Instant.now())),
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\",\"dock_open\":false,\"pages\":{"
                        + "\"sandboxes\":{\"chosen\":[\"" + KERNEL + "\"],\"folds\":{\"" + FOLDED
                        + "\":false},\"details\":0.6},"
                        + "\"strays\":{\"chosen\":[\"" + LIVE
                        + "\",\"has gone\"],\"folds\":{\"GHOST\":false,\"NONE\":false}}}}",
                List.of(),
                folder -> {});
    }

    @SuppressWarnings("unchecked")
    private TableView<Line> table() {
        return (TableView<Line>) node("#strays-table");
    }

    private static String key(TreeItem<?> item) {
        return item.getValue().toString();
    }

    @Test
    void rowsFoldsAndDividersAreAsTheyWere(FxRobot robot) {
        until(() -> tree().getSelectionModel().getSelectedItem() != null
                && key(tree().getSelectionModel().getSelectedItem()).startsWith("Row[key=" + KERNEL + ","));
        assertThat(onFx(() -> tree().getRoot().getChildren().stream()
                        .flatMap(eval -> eval.getChildren().stream())
                        .filter(item -> key(item).startsWith("Row[key=" + FOLDED + ","))
                        .map(TreeItem::isExpanded)
                        .toList()))
                .containsExactly(false);
        assertThat(onFx(() -> ((SplitPane) node("#page-split")).getDividerPositions()[0]))
                .isBetween(0.58, 0.62);
        until(() -> table().getSelectionModel().getSelectedItems().stream()
                .map(Line::key)
                .toList()
                .equals(List.of(LIVE)));
        assertThat(onFx(() -> table().getItems().stream()
                        .filter(line -> line.content().get() instanceof Line.Group group && !group.open())
                        .map(Line::key)
                        .toList()))
                .containsExactly("group:GHOST");
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> node("#palette-field") != null);
        robot.write("theme: light").push(KeyCode.ENTER);
        StateFile<WindowState> store = new StateFile<>(state.resolve("window.json"), WindowState.class);
        until(() -> store.load().orElseThrow().theme().name().equals("LIGHT"));
        PageMemory kept = store.load().orElseThrow().page("sandboxes");
        assertThat(kept.chosen()).containsExactly(KERNEL);
        assertThat(kept.folds()).containsEntry(FOLDED, false);
        assertThat(store.load().orElseThrow().page("strays").chosen()).containsExactly(LIVE);
        assertThat(store.load().orElseThrow().page("strays").folds()).containsOnlyKeys("GHOST");
    }

    @Test
    void aSandboxAmongWhatTakesRoomHasItsTerminalUnderTheSameKey(FxRobot robot) {
        until(() -> table().getSelectionModel().getSelectedItems().size() == 1);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        until(() -> stage.getScene().getFocusOwner() == table());
        robot.push(KeyCode.T);
        until(() -> ((TabPane) node("#dock .tab-pane"))
                .getTabs().stream().anyMatch(tab -> tab.getText().startsWith("sqli-01 · ")));
    }
}
