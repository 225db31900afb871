package dev.corral.console.guest.files;

import dev.corral.console.shared.Icons;
import dev.corral.console.table.TextDisplay;
import dev.corral.core.ssh.files.GuestEntry;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** The entries of a folder. Files that are dropped on it are sent there. For the FX thread. */
final class FileTable extends TableView<FileRow> {
    private static final double ROW_PX = 28;

    /**
     * @param open    opens a row
     * @param dropped takes files of this machine
     */
    FileTable(Consumer<FileRow> open, Consumer<List<Path>> dropped) {
        setId("guest-files");
        getStyleClass().add("strays-table");
        setAccessibleText("Files of the VM");
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        TableColumn<FileRow, FileRow> name = column("Name", 300, FileRow.ORDER);
        name.setCellFactory(made -> new NameCell());
        getColumns().add(name);
        getColumns().add(text("Size", 90, FileRow::size, Comparator.comparingLong(row -> row.entry()
                .size())));
        getColumns()
                .add(text(
                        "Mode",
                        110,
                        row -> row.entry().permissions(),
                        Comparator.comparing(row -> row.entry().permissions()),
                        "machine-text"));
        getColumns().add(text("Owner", 130, FileRow::owner, Comparator.comparing(FileRow::owner)));
        getColumns()
                .add(text(
                        "Modified",
                        160,
                        FileRow::modified,
                        Comparator.comparing(row -> row.entry().modified()),
                        "quiet-cell"));
        setRowFactory(view -> {
            TableRow<FileRow> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && row.getItem() != null) {
                    open.accept(row.getItem());
                }
            });
            return row;
        });
        setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        setOnDragDropped(event -> drop(event, dropped));
    }

    private static void drop(DragEvent event, Consumer<List<Path>> dropped) {
        List<Path> files =
                event.getDragboard().getFiles().stream().map(File::toPath).toList();
        event.setDropCompleted(!files.isEmpty());
        event.consume();
        dropped.accept(files);
    }

    private static TableColumn<FileRow, FileRow> column(String title, double width, Comparator<FileRow> order) {
        TableColumn<FileRow, FileRow> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setComparator(order);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        return column;
    }

    private static TableColumn<FileRow, FileRow> text(
            String title, double width, Function<FileRow, String> text, Comparator<FileRow> order, String... styles) {
        TableColumn<FileRow, FileRow> column = column(title, width, order);
        column.setCellFactory(made -> new TextCell(text, styles));
        return column;
    }

    /** The chosen rows. */
    List<FileRow> chosen() {
        // While rows are exchanged the selection may have holes.
        return getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** Shows rows; what was chosen stays so as far as it is still there. */
    void show(List<FileRow> rows, Optional<String> choose) {
        Set<String> before = choose.map(Set::of)
                .orElseGet(
                        () -> chosen().stream().map(row -> row.entry().name()).collect(Collectors.toUnmodifiableSet()));
        getItems().setAll(rows);
        sort();
        getSelectionModel().clearSelection();
        int[] again = IntStream.range(0, getItems().size())
                .filter(i -> before.contains(getItems().get(i).entry().name()))
                .toArray();
        if (again.length > 0) {
            // At once: each choice of its own would copy those before it.
            getSelectionModel().selectIndices(again[0], Arrays.copyOfRange(again, 1, again.length));
            if (choose.isPresent()) {
                scrollTo(Math.max(0, again[0] - 3));
            }
        }
    }

    private static Ikon icon(GuestEntry entry) {
        return switch (entry.leadsTo()) {
            case FOLDER -> MaterialDesignF.FOLDER_OUTLINE;
            case FILE -> MaterialDesignF.FILE_OUTLINE;
            default -> MaterialDesignA.ALERT_BOX_OUTLINE;
        };
    }

    private static final class NameCell extends TableCell<FileRow, FileRow> {
        private final TextDisplay display = new TextDisplay(this, "file-name-cell");

        @Override
        protected void updateItem(@Nullable FileRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                display.show("");
                setGraphic(null);
            } else {
                display.show(row.title());
                setGraphic(Icons.of(icon(row.entry())));
            }
        }
    }

    private static final class TextCell extends TableCell<FileRow, FileRow> {
        private final Function<FileRow, String> text;
        private final TextDisplay display;

        TextCell(Function<FileRow, String> text, String... styles) {
            this.text = text;
            this.display = new TextDisplay(this, styles);
        }

        @Override
        protected void updateItem(@Nullable FileRow row, boolean empty) {
            super.updateItem(row, empty);
            display.show(empty || row == null ? "" : text.apply(row));
        }
    }
}
