package dev.corral.console.sandboxes;

import dev.corral.console.table.NameDisplay;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableRow;
import org.jspecify.annotations.Nullable;

/**
 * The first column: arrow and what the row is. It draws arrow and indentation itself, since the toolkit's depend on which rows happen
 * to have been laid out before.
 */
final class NameCell extends TreeTableCell<Row, Row> {
    private static final double INDENT_PX = 20;

    private final NameDisplay display = new NameDisplay(this, OverrunStyle.ELLIPSIS, this::fold);
    private final ChangeListener<Object> changed = (all, before, now) -> showArrow();
    private @Nullable TreeTableRow<Row> watched;
    private @Nullable TreeItem<Row> folded;

    NameCell() {
        tableRowProperty().addListener((all, before, row) -> watch(row));
    }

    private boolean fold() {
        TreeItem<Row> item = folded;
        if (item == null || item.isLeaf()) {
            return false;
        }
        item.setExpanded(!item.isExpanded());
        return true;
    }

    private void watch(@Nullable TreeTableRow<Row> row) {
        if (watched != null) {
            watched.treeItemProperty().removeListener(changed);
        }
        watched = row;
        if (row != null) {
            row.treeItemProperty().addListener(changed);
        }
        showArrow();
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            display.clear();
            return;
        }
        // A path is told by its end.
        display.cutNote(row.subject() instanceof Subject.Eval ? OverrunStyle.LEADING_ELLIPSIS : OverrunStyle.ELLIPSIS);
        display.show(
                row.prefix(),
                row.title(),
                row.note(),
                row.note().isEmpty() ? row.title() : row.title() + "\n" + row.note(),
                row.spoken());
        showArrow();
    }

    private void showArrow() {
        TreeItem<Row> item = watched == null ? null : watched.getTreeItem();
        if (item != folded) {
            if (folded != null) {
                folded.expandedProperty().removeListener(changed);
                folded.leafProperty().removeListener(changed);
            }
            folded = item;
            if (item != null) {
                item.expandedProperty().addListener(changed);
                item.leafProperty().addListener(changed);
            }
        }
        if (item != null) {
            // The root is not shown, so the top rows are on level one.
            double indent = Math.max(0, getTreeTableView().getTreeItemLevel(item) - 1) * INDENT_PX;
            display.arrow(!item.isLeaf(), item.isExpanded(), indent);
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        display.layout(super::layoutChildren);
    }
}
