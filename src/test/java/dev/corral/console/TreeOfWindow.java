package dev.corral.console;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import org.testfx.api.FxRobot;

/** The window's tree of sandboxes as a test sees it. */
abstract class TreeOfWindow extends WindowOverFixture {

    @Override
    final Node rows() {
        return tree();
    }

    @SuppressWarnings("unchecked")
    final TreeTableView<Object> tree() {
        return (TreeTableView<Object>) stage.getScene().lookup("#sandbox-tree");
    }

    /** The row of that key; null when there is none. */
    final TreeItem<Object> item(String key) {
        return find(tree().getRoot(), key);
    }

    private static TreeItem<Object> find(TreeItem<Object> item, String key) {
        if (item.getValue() != null && item.getValue().toString().startsWith("Row[key=" + key + ",")) {
            return item;
        }
        return item.getChildren().stream()
                .map(child -> find(child, key))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    final void choose(FxRobot robot, String key) {
        robot.interact(() -> {
            tree().requestFocus();
            tree().getSelectionModel().select(item(key));
        });
    }

    /** Whether any text in the window contains this, hidden behind nothing but its own place. */
    final boolean anyText(String part) {
        return stage.getScene().getRoot().lookupAll("*").stream()
                .anyMatch(node -> node instanceof Labeled labeled
                                && labeled.getText() != null
                                && labeled.getText().contains(part)
                        || node instanceof Labeled tip
                                && tip.getTooltip() != null
                                && tip.getTooltip().getText() != null
                                && tip.getTooltip().getText().contains(part)
                        || node instanceof javafx.scene.control.TextInputControl input
                                && input.getText() != null
                                && input.getText().contains(part)
                        || node.getAccessibleText() != null
                                && node.getAccessibleText().contains(part));
    }
}
