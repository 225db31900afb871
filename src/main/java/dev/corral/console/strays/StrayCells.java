package dev.corral.console.strays;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Look;
import dev.corral.console.shared.Ticker;
import dev.corral.core.inventory.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** The cells of the columns after the first two. */
final class StrayCells {
    private StrayCells() {}

    /** What a heading says about its state. */
    static String explanation(ItemState state) {
        return switch (state) {
            case STRAY -> "The owner has ended and nobody keeps them";
            case DESTROY_FAILED -> "A destroy did not work; the handle is still there";
            case ORPHAN -> "VMs whose directory is gone";
            case LEFTOVER -> "Disks, networks and folders that no VM belongs to";
            case GHOST -> "Entries of Vagrant's index without a VM";
            case UNKNOWN -> "Nobody can say whose they are: they stay unless checked";
            case KEPT -> "Somebody said that they stay: they go only when checked";
            case STARTING -> "A start is under way: never touched";
            case LIVE -> "In use: never touched";
            case FOREIGN -> "Somebody else's: never touched";
        };
    }

    /** A cell that shows one text of an item, and perhaps one of a heading. */
    static final class TextCell extends TableCell<Line, Line.Content> {
        private final Function<Line.Item, String> text;
        private final Function<Line.Group, String> heading;
        private final Tooltip tooltip = new Tooltip();

        TextCell(Function<Line.Item, String> text, Function<Line.Group, String> heading, String... styleClasses) {
            this.text = text;
            this.heading = heading;
            getStyleClass().addAll(styleClasses);
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(520);
        }

        @Override
        protected void updateItem(Line.Content content, boolean empty) {
            super.updateItem(content, empty);
            String shown = empty || content == null ? "" : switch (content) {
                case Line.Item item -> text.apply(item);
                case Line.Group group -> heading.apply(group);
            };
            if (!shown.equals(getText())) {
                setText(shown);
            }
            tooltip.setText(shown);
            setTooltip(shown.length() > 12 ? tooltip : null);
        }
    }

    /** The size with a bar that compares it with the largest one. */
    static final class SizeCell extends TableCell<Line, Line.Content> {
        private static final double BAR_PX = 36;
        private final Label number = new Label();
        private final Region fill = new Region();
        private final StackPane track = new StackPane(fill);
        private final HBox box = new HBox(7, track, number);
        private final Tooltip tooltip = new Tooltip();
        private String use = "";

        SizeCell() {
            getStyleClass().add("size-cell");
            track.getStyleClass().add("size-track");
            track.setMinSize(BAR_PX, 6);
            track.setPrefSize(BAR_PX, 6);
            track.setMaxSize(BAR_PX, 6);
            track.setAlignment(Pos.CENTER_LEFT);
            number.setMaxWidth(Double.MAX_VALUE);
            number.setAlignment(Pos.CENTER_RIGHT);
            number.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(number, Priority.ALWAYS);
            box.setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(Line.Content content, boolean empty) {
            super.updateItem(content, empty);
            if (empty || content == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            long bytes = switch (content) {
                case Line.Item item -> item.row().bytes();
                case Line.Group group -> group.bytes();
            };
            String text = bytes == 0 ? "" : Formats.bytes(bytes);
            if (!text.equals(number.getText())) {
                number.setText(text);
            }
            track.setVisible(content instanceof Line.Item item && item.share() > 0);
            if (content instanceof Line.Item item) {
                double width = Math.max(1, Math.round(item.share() * BAR_PX));
                if (fill.getMaxWidth() != width) {
                    fill.setMaxWidth(width);
                }
                String wanted = item.row().state().reclaimable() ? "use-strays" : item.row().state() == ItemState.KEPT ? "use-kept"
                        : item.row().state() == ItemState.LIVE || item.row().state() == ItemState.STARTING ? "use-live" : "use-unknown";
                if (!wanted.equals(use)) {
                    fill.getStyleClass().remove(use);
                    fill.getStyleClass().add(wanted);
                    use = wanted;
                }
                tooltip.setText(parts(item.row()));
                setTooltip(tooltip);
            } else {
                setTooltip(null);
            }
            setGraphic(box);
        }

        private static String parts(StrayRow row) {
            if (row.bytes() <= 0) {
                return row.bytes() == 0 ? "It takes no room" : "Its size is not known";
            }
            StringBuilder text = new StringBuilder(row.bytes() + " bytes");
            row.item().parts().forEach(part -> text.append('\n').append(part.what()).append(' ').append(Formats.bytes(part.bytes())));
            return text.toString();
        }
    }

    /** The state, or how far a cleanup has come with the item. */
    static final class StateCell extends TableCell<Line, Line.Content> {
        private final Tooltip tooltip = new Tooltip();
        private Look look;

        StateCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        protected void updateItem(Line.Content content, boolean empty) {
            super.updateItem(content, empty);
            Line.Item item = !empty && content instanceof Line.Item shown ? shown : null;
            Look wanted = item == null ? null : item.result().map(result -> Outcome.look(result.status()))
                    .orElseGet(() -> StrayRow.look(item.row().state()));
            if (look != wanted) {
                if (look != null) {
                    getStyleClass().remove(look.styleClass());
                }
                if (wanted != null) {
                    getStyleClass().add(wanted.styleClass());
                }
                look = wanted;
                setGraphic(wanted == null || wanted.shape() == null ? null : Icons.of(wanted.shape(), "state-shape", wanted.styleClass()));
            }
            String text = item == null ? "" : item.result().map(Outcome::word).orElseGet(() -> item.row().state().word());
            if (!text.equals(getText())) {
                setText(text);
            }
            String tip = item == null ? "" : item.result().map(Outcome::tip).orElse(item.row().reason());
            tooltip.setText(tip);
            setTooltip(tip.isEmpty() ? null : tooltip);
        }
    }

    /** How old it is. Changes by itself as time goes. */
    static final class AgeCell extends TableCell<Line, Line.Content> {
        private final Ticker ticker;
        private final Tooltip tooltip = new Tooltip();
        // Held here, since the ticker holds it weakly: a cell lives as long as the table wants it.
        private final ChangeListener<Instant> tick = (all, before, now) -> show();

        AgeCell(Ticker ticker) {
            this.ticker = ticker;
            getStyleClass().add("number-cell");
            ticker.now().addListener(new WeakChangeListener<>(tick));
        }

        @Override
        protected void updateItem(Line.Content content, boolean empty) {
            super.updateItem(content, empty);
            show();
        }

        private void show() {
            Optional<Instant> since = !isEmpty() && getItem() instanceof Line.Item item ? item.row().item().since() : Optional.empty();
            String text = since.map(then -> age(then, ticker.now().get())).orElse("");
            if (!text.equals(getText())) {
                setText(text);
            }
            since.ifPresent(then -> tooltip.setText("made " + Formats.exact(then)));
            setTooltip(since.isPresent() ? tooltip : null);
        }
    }

    /** One unit is enough to judge an age: {@code 4m}, {@code 7h}, {@code 12d}. */
    static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.toMinutes() < 1 ? "< 1m" : age.toMinutes() < 60 ? age.toMinutes() + "m" : age.toHours() < 48 ? age.toHours() + "h"
                : age.toDays() + "d";
    }
}
