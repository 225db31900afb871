package dev.corral.console.guest.network;

import dev.corral.console.shared.Clipboards;
import dev.corral.console.table.TextDisplay;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** A table of texts that can be copied: the chosen rows by Ctrl+C, or all. For the FX thread. */
final class TextTable extends TableView<List<String>> {
    private static final double ROW_PX = 28;

    private final List<String> titles;

    /**
     * @param titles the columns' titles
     * @param widths the columns' widths
     */
    TextTable(String id, String what, String nothing, List<String> titles, List<Integer> widths) {
        this.titles = titles;
        setId(id);
        setAccessibleText(what);
        getStyleClass().add("strays-table");
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        for (int i = 0; i < titles.size(); i++) {
            int at = i;
            TableColumn<List<String>, String> column = new TableColumn<>(titles.get(i));
            column.setPrefWidth(widths.get(i));
            column.setSortable(false);
            column.setReorderable(false);
            column.setCellValueFactory(
                    row -> new ReadOnlyObjectWrapper<>(row.getValue().get(at)));
            column.setCellFactory(made -> new TextCell());
            getColumns().add(column);
        }
        Label empty = new Label(nothing);
        empty.getStyleClass().add("muted");
        empty.setWrapText(true);
        setPlaceholder(empty);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.C && event.isShortcutDown() && !event.isShiftDown()) {
                copy();
                event.consume();
            }
        });
    }

    /** Shows rows; what was chosen stays so by its place. */
    void show(List<List<String>> rows) {
        if (!rows.equals(getItems())) {
            List<Integer> chosen = List.copyOf(getSelectionModel().getSelectedIndices());
            getItems().setAll(rows);
            getSelectionModel().clearSelection();
            chosen.stream().filter(at -> at < rows.size()).forEach(getSelectionModel()::select);
        }
    }

    /** Copies the chosen rows, or all when none is, under their titles. */
    void copy() {
        List<List<String>> rows = getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", titles));
        (rows.isEmpty() ? List.copyOf(getItems()) : rows).forEach(row -> lines.add(String.join("\t", row)));
        Clipboards.copy(String.join("\n", lines));
    }

    private static final class TextCell extends TableCell<List<String>, String> {
        private final TextDisplay display = new TextDisplay(this, "machine-text");

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            display.show(empty || text == null ? "" : text);
        }
    }
}
