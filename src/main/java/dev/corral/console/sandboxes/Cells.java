package dev.corral.console.sandboxes;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateStyle;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableCell;
import org.jspecify.annotations.Nullable;

/** The cells of the columns after the first. */
final class Cells {
    private Cells() {}

    /** A cell that shows one text of the row. */
    static final class TextCell extends TreeTableCell<Row, Row> {
        private final Function<Row, String> text;
        private final Tooltip tooltip = new Tooltip();

        TextCell(Function<Row, String> text, String... styleClasses) {
            this.text = text;
            getStyleClass().addAll(styleClasses);
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            String shown = empty || row == null ? "" : text.apply(row);
            setText(shown);
            tooltip.setText(shown);
            setTooltip(shown.length() > 12 ? tooltip : null);
        }
    }

    /** Word, shape and colour of the state. */
    static final class StateCell extends TreeTableCell<Row, Row> {
        private final Tooltip tooltip = new Tooltip();
        private @Nullable StateStyle look;

        StateCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            StateStyle wanted = empty || row == null ? null : row.look();
            if (look != wanted) {
                if (look != null) {
                    getStyleClass().remove(look.styleClass());
                }
                if (wanted != null) {
                    getStyleClass().add(wanted.styleClass());
                }
                look = wanted;
                setGraphic(
                        wanted == null || wanted.shape() == null
                                ? null
                                : Icons.of(wanted.shape(), "state-shape", wanted.styleClass()));
            }
            setText(wanted == null ? "" : row.state());
            tooltip.setText(getText());
            setTooltip(wanted == null ? null : tooltip);
        }
    }

    /** How long it is up, or how long its operation has taken. Changes by itself as time goes. */
    static final class UpCell extends TreeTableCell<Row, Row> {
        private final Ticker ticker;
        private final Tooltip tooltip = new Tooltip();
        // Held here, since the ticker holds it weakly: a cell lives as long as the table wants it.
        private final ChangeListener<Instant> tick = (all, before, now) -> show();

        UpCell(Ticker ticker) {
            this.ticker = ticker;
            getStyleClass().add("number-cell");
            ticker.now().addListener(new WeakChangeListener<>(tick));
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            show();
        }

        private void show() {
            Row row = getItem();
            if (isEmpty() || row == null || row.since().isEmpty()) {
                setText("");
                setTooltip(null);
                return;
            }
            Instant since = row.since().get();
            Duration up = Duration.between(since, ticker.now().get());
            String text = row.changing() ? Formats.duration(up) : Formats.coarse(up);
            if (!text.equals(getText())) {
                setText(text);
            }
            tooltip.setText("since " + Formats.exact(since));
            setTooltip(tooltip);
        }
    }
}
