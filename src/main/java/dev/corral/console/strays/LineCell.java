package dev.corral.console.strays;

import javafx.beans.value.ChangeListener;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/**
 * A cell that follows its line by itself. A table that is told of new values lays out all its rows again; so the table's
 * value is the line, which stays, and the cell changes only what is seen differently.
 */
abstract class LineCell extends TableCell<Line, Line> {
    // Held here and taken off when the cell gets another line: a cell lives as long as the table wants it.
    private final ChangeListener<Line.Content> changed = (all, before, now) -> show(now);
    private @Nullable Line watched;

    /** Shows the line's content, or nothing when it is null. */
    abstract void show(Line.@Nullable Content content);

    /** What the line shows now, or null. */
    final Line.@Nullable Content content() {
        return watched == null ? null : watched.content().get();
    }

    @Override
    protected final void updateItem(Line line, boolean empty) {
        super.updateItem(line, empty);
        Line next = empty ? null : line;
        if (next != watched) {
            if (watched != null) {
                watched.content().removeListener(changed);
            }
            watched = next;
            if (next != null) {
                next.content().addListener(changed);
            }
        }
        show(content());
    }
}
