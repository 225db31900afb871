package dev.corral.console.vagrantfile.machines;

import dev.corral.console.table.TextDisplay;
import dev.corral.core.vagrantfile.Place;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/** What the tables beside the editor have in common. */
final class Tables {
    private Tables() {}

    /**
     * An empty table whose rows lead to lines of the file.
     *
     * @param id    its id
     * @param what  what it lists, for people who hear it
     * @param place where a row leads to
     * @param jump  goes there
     */
    static <T> TableView<T> of(String id, String what, Function<T, Place> place, Consumer<Place> jump) {
        TableView<T> table = new TableView<>();
        table.setId(id);
        table.setAccessibleText(what);
        table.getStyleClass().addAll("strays-table", "debug-table");
        table.setFixedCellSize(30);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setRowFactory(view -> {
            TableRow<T> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && row.getItem() != null) {
                    go(place.apply(row.getItem()), jump);
                }
            });
            return row;
        });
        table.setOnKeyPressed(event -> {
            T chosen = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                go(place.apply(chosen), jump);
                event.consume();
            }
        });
        return table;
    }

    private static void go(Place place, Consumer<Place> jump) {
        if (place.known()) {
            jump.accept(place);
        }
    }

    /** A column of texts. */
    static <T> TableColumn<T, String> text(String title, double width, Function<T, String> text, String... styles) {
        TableColumn<T, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue())));
        column.setCellFactory(made -> new TextCell<>(styles));
        return column;
    }

    /** The column of lines: {@code line 12}, with the file's name where it is another one. */
    static <T> TableColumn<T, String> line(Function<T, Place> place, Function<Place, String> words) {
        return text("Line", 96, row -> words.apply(place.apply(row)), "quiet-cell");
    }

    /** A label for an empty table. */
    static Label empty(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("muted");
        label.setWrapText(true);
        label.setMaxWidth(440);
        return label;
    }

    private static final class TextCell<T> extends TableCell<T, String> {
        private final TextDisplay display;

        TextCell(String... styles) {
            display = new TextDisplay(this, styles);
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            display.show(empty || text == null ? "" : text);
        }
    }
}
