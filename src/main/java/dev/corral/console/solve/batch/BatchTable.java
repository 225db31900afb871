package dev.corral.console.solve.batch;

import dev.corral.console.shared.StateDisplay;
import dev.corral.console.shared.Texts;
import dev.corral.console.table.TextDisplay;
import dev.corral.core.solve.batch.Batches;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/** The samples of a batch, in the order in which they are solved. A double click or Enter opens a session. For the FX thread. */
final class BatchTable extends TableView<Batches.Row> {
    private static final double ROW_PX = 30;
    private static final double NUMBER_PX = 56;

    BatchTable(Consumer<Batches.Row> open) {
        setId("batch-table");
        getStyleClass().add("strays-table");
        setAccessibleText("Samples of the batch");
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<Batches.Row, Batches.Row> number = text(
                "", NUMBER_PX, row -> (row.current() ? "▶ " : "") + (getItems().indexOf(row) + 1), "number-cell");
        number.setMinWidth(NUMBER_PX);
        number.setMaxWidth(NUMBER_PX);
        getColumns().add(number);
        getColumns().add(text("Sample", 200, row -> Texts.line(row.item().sample()), "name-text-cell"));
        TableColumn<Batches.Row, Batches.Row> state = column("State", 190);
        state.setCellFactory(made -> new StateCell());
        getColumns().add(state);
        getColumns().add(text("Session", 200, Batches.Row::session, "quiet-cell"));
        setRowFactory(view -> {
            TableRow<Batches.Row> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && row.getItem() != null) {
                    open.accept(row.getItem());
                }
            });
            return row;
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                chosen().ifPresent(open);
                event.consume();
            }
        });
    }

    private static TableColumn<Batches.Row, Batches.Row> column(String title, double width) {
        TableColumn<Batches.Row, Batches.Row> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        // The order is that in which they are solved.
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        return column;
    }

    private static TableColumn<Batches.Row, Batches.Row> text(
            String title, double width, Function<Batches.Row, String> text, String style) {
        TableColumn<Batches.Row, Batches.Row> column = column(title, width);
        column.setCellFactory(made -> new TextCell(text, style));
        return column;
    }

    /** The chosen one. */
    Optional<Batches.Row> chosen() {
        return Optional.ofNullable(getSelectionModel().getSelectedItem());
    }

    /** Shows these; the place that is chosen stays so. */
    void show(List<Batches.Row> rows) {
        if (rows.equals(getItems())) {
            return;
        }
        int before = getSelectionModel().getSelectedIndex();
        getItems().setAll(rows);
        if (before >= 0 && before < rows.size()) {
            getSelectionModel().clearAndSelect(before);
        }
    }

    private static final class StateCell extends TableCell<Batches.Row, Batches.Row> {
        private final StateDisplay display = new StateDisplay(this);

        StateCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        protected void updateItem(Batches.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                display.show(Optional.empty(), "");
            } else {
                display.show(Optional.of(BatchRules.look(row)), BatchRules.words(row));
            }
        }
    }

    private static final class TextCell extends TableCell<Batches.Row, Batches.Row> {
        private final Function<Batches.Row, String> text;
        private final TextDisplay display;

        TextCell(Function<Batches.Row, String> text, String style) {
            this.text = text;
            this.display = new TextDisplay(this, style);
        }

        @Override
        protected void updateItem(Batches.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            display.show(empty || row == null ? "" : text.apply(row));
        }
    }
}
