package dev.corral.console.sandboxes;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateDisplay;
import dev.corral.console.table.TextDisplay;
import dev.corral.console.table.TimeDisplay;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableCell;

/** The cells of the columns after the first. */
final class Cells {
    private Cells() {}

    /** A cell that shows one text of the row. */
    static final class TextCell extends TreeTableCell<Row, Row> {
        private final Function<Row, String> text;
        private final TextDisplay display;

        TextCell(Function<Row, String> text, String... styleClasses) {
            this.text = text;
            this.display = new TextDisplay(this, styleClasses);
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            display.show(empty || row == null ? "" : text.apply(row));
        }
    }

    /** Word, shape and colour of the state. */
    static final class StateCell extends TreeTableCell<Row, Row> {
        private final Tooltip tooltip = new Tooltip();
        private final StateDisplay display = new StateDisplay(this);

        StateCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            boolean filled = !empty && row != null;
            display.show(filled ? Optional.of(row.look()) : Optional.empty(), filled ? row.state() : "");
            tooltip.setText(getText());
            setTooltip(filled ? tooltip : null);
        }
    }

    /** How long it is up, or how long its operation has taken. */
    static final class UpCell extends TreeTableCell<Row, Row> {
        private final TimeDisplay display;

        UpCell(Ticker ticker) {
            this.display = new TimeDisplay(this, ticker, "since");
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            boolean filled = !empty && row != null;
            display.show(
                    filled ? row.since() : Optional.empty(),
                    filled && row.changing() ? Formats::duration : Formats::coarse);
        }
    }
}
