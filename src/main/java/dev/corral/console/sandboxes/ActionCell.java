package dev.corral.console.sandboxes;

import dev.corral.console.page.Action;
import dev.corral.console.shared.Icons;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableCell;
import javafx.scene.input.MouseEvent;

/**
 * The last column: a button for the row's action. It stands where nobody clicks to choose a row, is there before the pointer comes, and
 * does only what it showed when it was pressed, so that no click meant for something else starts a VM.
 */
final class ActionCell extends TreeTableCell<Row, Row> {
    private final Button button = new Button();
    private final Tooltip tooltip = new Tooltip();
    private final Function<Row, Optional<Action>> action;
    private final PressGuard guard = new PressGuard(System::nanoTime);

    /**
     * @param action what the button of a row does
     * @param choose chooses a row
     * @param run    chooses a row and does this on it
     */
    ActionCell(
            Function<Row, Optional<Action>> action,
            java.util.function.Consumer<Row> choose,
            BiConsumer<Row, Action> run) {
        this.action = action;
        getStyleClass().add("action-cell");
        setAlignment(Pos.CENTER);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().add("row-action");
        button.setFocusTraversable(false);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setTooltip(tooltip);
        button.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> guard.pressed(event.getClickCount()));
        button.setOnAction(event -> {
            Row row = getItem();
            if (row == null) {
                return;
            }
            if (guard.released()) {
                action.apply(row).ifPresent(now -> run.accept(row, now));
            } else {
                choose.accept(row);
            }
        });
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
        super.updateItem(row, empty);
        Optional<Action> now = empty || row == null ? Optional.empty() : action.apply(row);
        guard.shows(now.map(does -> row.key() + " " + does).orElse(""));
        setGraphic(now.isPresent() ? button : null);
        now.filter(does -> !does.text().equals(button.getText())).ifPresent(does -> {
            button.setText(does.text());
            button.setGraphic(Icons.of(does.icon()));
            button.setId("row-" + does.id());
            tooltip.setText(does.description());
        });
        now.ifPresent(does -> button.setAccessibleText(does.text() + ": " + row.title()));
    }

    /** Whether a press on a button was meant for what it shows. Pure but for its clock. */
    static final class PressGuard {
        /** What has just come under the pointer was not what the hand was on its way to. */
        static final long SETTLED_NS = 300_000_000;

        private final LongSupplier nanoTime;
        private String shown = "";
        private long shownSince;
        private Optional<String> pressed = Optional.empty();
        private boolean refused;

        PressGuard(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            this.shownSince = nanoTime.getAsLong() - SETTLED_NS;
        }

        /** The button shows this now; the same again changes nothing. */
        void shows(String what) {
            if (!what.equals(shown)) {
                shown = what;
                shownSince = nanoTime.getAsLong();
            }
        }

        /** The mouse has gone down on it, for the n-th time in a row. */
        void pressed(int clicks) {
            refused = clicks > 1 || nanoTime.getAsLong() - shownSince < SETTLED_NS;
            pressed = Optional.of(shown);
        }

        /** It is to act: whether it may. Without a press it was asked for in another way, by a screen reader for instance. */
        boolean released() {
            boolean meant = pressed.isEmpty() || !refused && pressed.get().equals(shown);
            pressed = Optional.empty();
            return meant;
        }
    }
}
