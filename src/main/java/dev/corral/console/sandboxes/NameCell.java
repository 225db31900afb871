package dev.corral.console.sandboxes;

import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableRow;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * The first column: arrow and what the row is. It draws arrow and indentation itself, since the toolkit's depend on which rows happen
 * to have been laid out before.
 */
final class NameCell extends TreeTableCell<Row, Row> {
    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");
    private static final double GAP_PX = 6;
    private static final double INDENT_PX = 20;

    private final Region arrow = new Region();
    private final StackPane arrowBox = new StackPane(arrow);
    private final Label prefix = new Label();
    private final Label title = new Label();
    private final Label note = new Label();
    private final HBox box = new HBox(GAP_PX);
    private final Tooltip tooltip = new Tooltip();
    private final ChangeListener<Object> fold = (all, before, now) -> showArrow();
    private @Nullable TreeTableRow<Row> watched;
    private @Nullable TreeItem<Row> folded;

    NameCell() {
        getStyleClass().add("name-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        arrow.getStyleClass().add("fold-arrow");
        arrow.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        arrowBox.getStyleClass().add("fold-box");
        arrowBox.setMinWidth(Region.USE_PREF_SIZE);
        arrowBox.setOnMousePressed(event -> {
            if (folded != null && !folded.isLeaf()) {
                folded.setExpanded(!folded.isExpanded());
                event.consume();
            }
        });
        prefix.getStyleClass().add("muted");
        prefix.setMinWidth(Region.USE_PREF_SIZE);
        title.getStyleClass().add("row-title");
        title.setMinWidth(0);
        note.getStyleClass().add("muted");
        note.setMinWidth(0);
        note.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(note, Priority.ALWAYS);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getChildren().addAll(arrowBox, prefix, title, note);
        tableRowProperty().addListener((all, before, row) -> watch(row));
    }

    private void watch(TreeTableRow<Row> row) {
        if (watched != null) {
            watched.treeItemProperty().removeListener(fold);
        }
        watched = row;
        if (row != null) {
            row.treeItemProperty().addListener(fold);
        }
        showArrow();
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        set(prefix, row.prefix());
        if (!row.title().equals(title.getText())) {
            set(title, row.title());
            box.setPrefWidth(0);
        }
        note.setText(row.note());
        // A path is told by its end.
        note.setTextOverrun(
                row.subject() instanceof Subject.Eval ? OverrunStyle.LEADING_ELLIPSIS : OverrunStyle.ELLIPSIS);
        tooltip.setText(row.note().isEmpty() ? row.title() : row.title() + "\n" + row.note());
        setTooltip(tooltip);
        setGraphic(box);
        setAccessibleText(row.spoken());
        showArrow();
    }

    private static void set(Label label, String text) {
        label.setText(text);
        label.setManaged(!text.isEmpty());
        label.setVisible(!text.isEmpty());
    }

    private void showArrow() {
        TreeItem<Row> item = watched == null ? null : watched.getTreeItem();
        if (item != folded) {
            if (folded != null) {
                folded.expandedProperty().removeListener(fold);
                folded.leafProperty().removeListener(fold);
            }
            folded = item;
            if (item != null) {
                item.expandedProperty().addListener(fold);
                item.leafProperty().addListener(fold);
            }
        }
        if (item != null) {
            arrow.setVisible(!item.isLeaf());
            arrow.pseudoClassStateChanged(OPEN, item.isExpanded());
            // The root is not shown, so the top rows are on level one.
            double indent = Math.max(0, getTreeTableView().getTreeItemLevel(item) - 1) * INDENT_PX;
            HBox.setMargin(arrowBox, new Insets(0, 0, 0, indent));
        }
    }

    // A graphic gets its preferred width, however wide the cell is: here that is what is left of the cell, the name
    // first.
    // Everything is set only when it changes, since a layout that asks for the next one would go on for ever.
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (getGraphic() != box) {
            return;
        }
        double width = Math.max(0, Math.floor(getWidth() - box.getLayoutX() - GAP_PX));
        if (box.getPrefWidth() != width) {
            box.setPrefWidth(width);
            double before = arrowBox.prefWidth(-1)
                    + HBox.getMargin(arrowBox).getLeft()
                    + GAP_PX
                    + (prefix.isManaged() ? prefix.prefWidth(-1) + GAP_PX : 0);
            title.setMinWidth(Math.min(title.prefWidth(-1), Math.max(0, width - before)));
            super.layoutChildren();
        }
    }
}
