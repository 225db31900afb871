package dev.corral.console.solve.attempts;

import dev.corral.console.fx.FxThread;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateDisplay;
import dev.corral.console.shared.Texts;
import dev.corral.console.table.ColumnRoom;
import dev.corral.console.table.TextDisplay;
import dev.corral.core.solve.attempts.Attempt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** The attempts, one a row. A double click or Enter opens one. For the FX thread. */
final class AttemptTable extends TableView<AttemptRow> {
    private static final double ROW_PX = 28;
    private static final double WHO_PX = 150;
    private static final double WHO_LEAST_PX = 90;

    private final TableColumn<AttemptRow, AttemptRow> sample;
    private final ColumnRoom wide;
    private final ColumnRoom narrow;
    private boolean whole;

    /** @param open opens an attempt */
    AttemptTable(Consumer<AttemptRow> open) {
        setId("attempts-table");
        getStyleClass().add("strays-table");
        setAccessibleText("Attempts");
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(UNCONSTRAINED_RESIZE_POLICY);
        TableColumn<AttemptRow, AttemptRow> who =
                column("Who", WHO_PX, Comparator.comparing(AttemptRow::who), "A circle: a person. A robot: a model.");
        who.setCellFactory(made -> new WhoCell());
        sample = text(
                "Sample",
                110,
                row -> Texts.line(row.attempt().sample()),
                Comparator.comparing(row -> row.attempt().sample()),
                "");
        TableColumn<AttemptRow, AttemptRow> time = number(
                "Time",
                90,
                AttemptRow::time,
                by(row -> row.attempt().compared()),
                "What attempts are compared by: a person's adjusted time, a model's working time");
        TableColumn<AttemptRow, AttemptRow> wall = number(
                "Wall",
                90,
                AttemptRow::wall,
                by(row -> row.person()
                        ? row.attempt().times().wall()
                        : row.attempt().times().total()),
                "From the first start of the clock to the end; a model's: Inspect's own time of the sample");
        TableColumn<AttemptRow, AttemptRow> active = number(
                "Active",
                90,
                AttemptRow::active,
                by(row -> row.attempt().times().active()),
                "A person's time without pauses");
        TableColumn<AttemptRow, AttemptRow> adjusted = number(
                "Adjusted",
                90,
                AttemptRow::adjusted,
                by(row -> row.attempt().times().adjusted()),
                "A person's time without pauses and without what was struck out");
        TableColumn<AttemptRow, AttemptRow> score =
                column("Score", 80, by(row -> row.attempt().right()), "What the scorers said");
        score.setCellFactory(made -> new ScoreCell());
        TableColumn<AttemptRow, AttemptRow> commands = number(
                "Commands",
                100,
                row -> row.attempt().commands().map(Object::toString).orElse(""),
                by(row -> row.attempt().commands().map(Integer::doubleValue)),
                "Commands that were entered in recorded terminals");
        TableColumn<AttemptRow, AttemptRow> messages = number(
                "Messages",
                100,
                row -> row.attempt().messages().map(Object::toString).orElse(""),
                by(row -> row.attempt().messages().map(Integer::doubleValue)),
                "Messages of the conversation with the model");
        TableColumn<AttemptRow, AttemptRow> status =
                text("Status", 110, AttemptRow::status, Comparator.comparing(AttemptRow::status), "How far it came");
        TableColumn<AttemptRow, AttemptRow> when = text(
                "When",
                150,
                row -> row.when().map(AttemptTable::minute).orElse(""),
                Comparator.comparing(row -> row.when().orElse(Instant.MIN)),
                "When it began");
        getColumns()
                .setAll(List.of(who, sample, time, wall, active, adjusted, score, commands, messages, status, when));
        List<TableColumn<AttemptRow, AttemptRow>> ranked =
                List.of(time, score, adjusted, wall, active, commands, when, status, messages);
        narrow = new ColumnRoom(who, WHO_PX, WHO_LEAST_PX, Set.of(time, score), ranked);
        wide = new ColumnRoom(who, WHO_PX, WHO_LEAST_PX, Set.of(sample, time, score), ranked);
        whole(false);
        // Not while the table is being laid out: cells that come then would keep the look of a moment ago.
        widthProperty().addListener((all, before, width) -> FxThread.later(this::fit));
        setRowFactory(view -> {
            TableRow<AttemptRow> row = new TableRow<>();
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

    private void fit() {
        (whole ? wide : narrow).fit(getWidth());
    }

    /** Whether attempts at several samples are shown. */
    void whole(boolean several) {
        whole = several;
        sample.setVisible(several);
        fit();
    }

    /** The chosen one. */
    Optional<AttemptRow> chosen() {
        return Optional.ofNullable(getSelectionModel().getSelectedItem());
    }

    /** Shows these; what was chosen stays so as far as it is still there. */
    void show(List<AttemptRow> rows) {
        Optional<Attempt> before = chosen().map(AttemptRow::attempt);
        getItems().setAll(rows);
        sort();
        before.ifPresent(this::choose);
    }

    /** Chooses the row of an attempt. */
    void choose(Attempt attempt) {
        for (int i = 0; i < getItems().size(); i++) {
            if (getItems().get(i).attempt().equals(attempt)) {
                getSelectionModel().clearAndSelect(i);
                scrollTo(Math.max(0, i - 3));
                return;
            }
        }
    }

    private static String minute(Instant time) {
        return Formats.exact(time).substring(0, "2026-01-01 10:00".length());
    }

    // Those of which nobody knows it come last.
    private static Comparator<AttemptRow> by(Function<AttemptRow, Optional<Double>> number) {
        return Comparator.comparingDouble(row -> number.apply(row).orElse(Double.MAX_VALUE));
    }

    private static TableColumn<AttemptRow, AttemptRow> column(
            String title, double width, Comparator<AttemptRow> order, String tip) {
        TableColumn<AttemptRow, AttemptRow> column = new TableColumn<>();
        Label head = new Label(title);
        head.setMaxWidth(Double.MAX_VALUE);
        if (!tip.isEmpty()) {
            head.setTooltip(new Tooltip(tip));
        }
        column.setGraphic(head);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setComparator(order);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        return column;
    }

    private static TableColumn<AttemptRow, AttemptRow> text(
            String title, double width, Function<AttemptRow, String> text, Comparator<AttemptRow> order, String tip) {
        TableColumn<AttemptRow, AttemptRow> column = column(title, width, order, tip);
        column.setCellFactory(made -> new TextCell(text, "quiet-cell"));
        return column;
    }

    private static TableColumn<AttemptRow, AttemptRow> number(
            String title, double width, Function<AttemptRow, String> text, Comparator<AttemptRow> order, String tip) {
        TableColumn<AttemptRow, AttemptRow> column = column(title, width, order, tip);
        column.getStyleClass().add("number-column");
        column.setCellFactory(made -> new TextCell(text, "number-cell"));
        return column;
    }

    private static final class WhoCell extends TableCell<AttemptRow, AttemptRow> {
        private final TextDisplay display = new TextDisplay(this, "file-name-cell");

        @Override
        protected void updateItem(@Nullable AttemptRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                display.show("");
                setGraphic(null);
            } else {
                display.show(row.who());
                setGraphic(Icons.of(row.person() ? MaterialDesignA.ACCOUNT_OUTLINE : MaterialDesignR.ROBOT_OUTLINE));
                setAccessibleText(row.spoken());
            }
        }
    }

    private static final class ScoreCell extends TableCell<AttemptRow, AttemptRow> {
        private final StateDisplay display = new StateDisplay(this);

        ScoreCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        protected void updateItem(@Nullable AttemptRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                display.show(Optional.empty(), "");
            } else {
                display.show(row.look(), row.score());
            }
        }
    }

    private static final class TextCell extends TableCell<AttemptRow, AttemptRow> {
        private final Function<AttemptRow, String> text;
        private final TextDisplay display;

        TextCell(Function<AttemptRow, String> text, String style) {
            this.text = text;
            this.display = new TextDisplay(this, style);
        }

        @Override
        protected void updateItem(@Nullable AttemptRow row, boolean empty) {
            super.updateItem(row, empty);
            display.show(empty || row == null ? "" : text.apply(row));
        }
    }
}
