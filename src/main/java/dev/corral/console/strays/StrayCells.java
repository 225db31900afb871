package dev.corral.console.strays;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.strays.plan.Outcome;
import dev.corral.core.inventory.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

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
    static final class TextCell extends LineCell {
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
        void show(Line.@Nullable Content content) {
            String shown = content == null
                    ? ""
                    : switch (content) {
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

    /**
     * The size with a bar that compares it with the largest one. Its parts are laid out here and not by the cell, so that a
     * new size does not have the whole table laid out again.
     */
    static final class SizeCell extends LineCell {
        private static final double BAR_PX = 34;
        private static final double BAR_HIGH_PX = 6;
        private static final double WIDTH_PX = 96;
        private static final double HIGH_PX = 20;
        private final Label number = new Label();
        private final Region track = new Region();
        private final Region fill = new Region();
        private final Pane box = new Pane(track, fill, number);
        private final Tooltip tooltip = new Tooltip();
        private String use = "";

        SizeCell() {
            getStyleClass().add("size-cell");
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            box.setMinSize(WIDTH_PX, HIGH_PX);
            box.setPrefSize(WIDTH_PX, HIGH_PX);
            box.setMaxSize(WIDTH_PX, HIGH_PX);
            box.getChildren().forEach(part -> part.setManaged(false));
            track.getStyleClass().add("size-track");
            fill.getStyleClass().add("size-fill");
            track.resizeRelocate(0, (HIGH_PX - BAR_HIGH_PX) / 2, BAR_PX, BAR_HIGH_PX);
            number.setAlignment(Pos.CENTER_RIGHT);
            number.resizeRelocate(BAR_PX, 0, WIDTH_PX - BAR_PX, HIGH_PX);
        }

        @Override
        void show(Line.@Nullable Content content) {
            if (content == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            long bytes =
                    switch (content) {
                        case Line.Item item -> item.row().bytes();
                        case Line.Group group -> group.bytes();
                    };
            String text = bytes == 0 ? "" : Formats.bytes(bytes);
            if (!text.equals(number.getText())) {
                number.setText(text);
            }
            boolean bar = content instanceof Line.Item item && item.share() > 0;
            track.setVisible(bar);
            fill.setVisible(bar);
            if (content instanceof Line.Item item) {
                fill.resizeRelocate(
                        0, (HIGH_PX - BAR_HIGH_PX) / 2, Math.max(1, Math.round(item.share() * BAR_PX)), BAR_HIGH_PX);
                String wanted = use(item.row().state());
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

        private static String use(ItemState state) {
            return switch (state) {
                case KEPT -> "use-kept";
                case LIVE, STARTING -> "use-live";
                case FOREIGN, UNKNOWN -> "use-unknown";
                default -> "use-strays";
            };
        }

        private static String parts(StrayRow row) {
            if (row.bytes() <= 0) {
                return row.bytes() == 0 ? "It takes no room" : "Its size is not known";
            }
            StringBuilder text = new StringBuilder(row.bytes() + " bytes");
            row.item()
                    .parts()
                    .forEach(part ->
                            text.append('\n').append(part.what()).append(' ').append(Formats.bytes(part.bytes())));
            return text.toString();
        }
    }

    /** The state, or how far a cleanup has come with the item. */
    static final class StateCell extends LineCell {
        private final Tooltip tooltip = new Tooltip();
        private @Nullable StateStyle look;

        StateCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        void show(Line.@Nullable Content content) {
            Line.Item item = content instanceof Line.Item shown ? shown : null;
            StateStyle wanted = item == null
                    ? null
                    : item.result()
                            .map(result -> Outcome.look(result.status()))
                            .orElseGet(() -> StrayRow.look(item.row().state()));
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
            String text = item == null
                    ? ""
                    : item.result()
                            .map(Outcome::word)
                            .orElseGet(() -> item.row().state().word());
            if (!text.equals(getText())) {
                setText(text);
            }
            String tip = item == null
                    ? ""
                    : item.result().map(Outcome::tip).orElse(item.row().reason());
            tooltip.setText(tip);
            setTooltip(tip.isEmpty() ? null : tooltip);
        }
    }

    /** How old it is. Changes by itself as time goes. */
    static final class AgeCell extends LineCell {
        private final Ticker ticker;
        private final Tooltip tooltip = new Tooltip();
        // Held here, since the ticker holds it weakly: a cell lives as long as the table wants it.
        private final ChangeListener<Instant> tick = (all, before, now) -> show(content());

        AgeCell(Ticker ticker) {
            this.ticker = ticker;
            getStyleClass().add("number-cell");
            ticker.now().addListener(new WeakChangeListener<>(tick));
        }

        @Override
        void show(Line.@Nullable Content content) {
            Optional<Instant> since =
                    content instanceof Line.Item item ? item.row().item().since() : Optional.empty();
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
        return age.toMinutes() < 1
                ? "< 1m"
                : age.toMinutes() < 60
                        ? age.toMinutes() + "m"
                        : age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
