package dev.corral.console;

import dev.corral.console.strays.Line;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;

/** The window's page of strays as a test sees it, over items of every state. */
abstract class TableOfWindow extends WindowOverFixture {
    /** A sandbox with two VMs whose owner has ended. */
    static final String STRAY = "sandbox:sqli-07-2be0a1c4";
    /** A sandbox that a run of Inspect uses. */
    static final String LIVE = "sandbox:sqli-01-9f3c2a1b";

    @Override
    final Node rows() {
        return table();
    }

    @SuppressWarnings("unchecked")
    final TableView<Line> table() {
        return (TableView<Line>) stage.getScene().lookup("#strays-table");
    }

    final Line line(String key) {
        return table().getItems().stream()
                .filter(line -> line.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    final boolean visible(String query) {
        Node node = node(query);
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return node != null;
    }

    final String text(String query) {
        return ((Labeled) node(query)).getText();
    }

    final boolean focused(String query) {
        return stage.getScene().getFocusOwner() == node(query);
    }

    final void page(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        until(() -> visible("#strays-page") && focused("#strays-table"));
    }

    final void choose(FxRobot robot, String key) {
        robot.interact(() -> {
            table().requestFocus();
            table().getSelectionModel().clearAndSelect(table().getItems().indexOf(line(key)));
        });
    }

    final boolean said(String text) {
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .filter(Labeled.class::isInstance)
                .anyMatch(label -> label.isVisible()
                        && ((Labeled) label).getText() != null
                        && ((Labeled) label).getText().contains(text));
    }
}
