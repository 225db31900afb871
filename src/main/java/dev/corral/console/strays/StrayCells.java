package dev.corral.console.strays;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateDisplay;
import dev.corral.console.strays.plan.Outcome;
import dev.corral.console.table.SizeDisplay;
import dev.corral.console.table.TextDisplay;
import dev.corral.console.table.TimeDisplay;
import dev.corral.core.inventory.ItemState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Tooltip;
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
        private final TextDisplay display;

        TextCell(Function<Line.Item, String> text, Function<Line.Group, String> heading, String... styleClasses) {
            this.text = text;
            this.heading = heading;
            this.display = new TextDisplay(this, styleClasses);
        }

        @Override
        void show(Line.@Nullable Content content) {
            display.show(
                    content == null
                            ? ""
                            : switch (content) {
                                case Line.Item item -> text.apply(item);
                                case Line.Group group -> heading.apply(group);
                            });
        }
    }

    /** The size with a bar that compares it with the largest one. */
    static final class SizeCell extends LineCell {
        private final SizeDisplay display = new SizeDisplay(this);

        @Override
        void show(Line.@Nullable Content content) {
            switch (content) {
                case null -> display.clear();
                case Line.Item item ->
                    display.bar(item.row().bytes(), item.share(), use(item.row().state()), parts(item.row()));
                case Line.Group group -> display.number(group.bytes());
            }
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
        private final StateDisplay display = new StateDisplay(this);

        StateCell() {
            getStyleClass().add("state-cell");
        }

        @Override
        void show(Line.@Nullable Content content) {
            if (!(content instanceof Line.Item item)) {
                display.show(Optional.empty(), "");
                setTooltip(null);
                return;
            }
            ItemState state = item.row().state();
            display.show(
                    Optional.of(item.result()
                            .map(result -> Outcome.look(result.status()))
                            .orElseGet(() -> StrayRow.look(state))),
                    item.result().map(Outcome::word).orElseGet(state::word));
            String tip = item.result().map(Outcome::tip).orElse(item.row().reason());
            tooltip.setText(tip);
            setTooltip(tip.isEmpty() ? null : tooltip);
        }
    }

    /** How old it is. */
    static final class AgeCell extends LineCell {
        private final TimeDisplay display;

        AgeCell(Ticker ticker) {
            this.display = new TimeDisplay(this, ticker, "made");
        }

        @Override
        void show(Line.@Nullable Content content) {
            display.show(
                    content instanceof Line.Item item ? item.row().item().since() : Optional.empty(), StrayCells::age);
        }
    }

    /** One unit is enough to judge an age: {@code 4m}, {@code 7h}, {@code 12d}. */
    static String age(Duration age) {
        return age.toMinutes() < 1
                ? "< 1m"
                : age.toMinutes() < 60
                        ? age.toMinutes() + "m"
                        : age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
