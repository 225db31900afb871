package dev.corral.console.strays;

import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.ItemState;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * A line of the table. It stays the same object while its key exists and takes new content, so that an update changes only
 * what is seen of it and selection and scroll position stay. For the FX thread.
 */
public final class Line {
    private final String key;
    private final ReadOnlyObjectWrapper<Content> content = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectProperty<Line> itself = new ReadOnlyObjectWrapper<>(this).getReadOnlyProperty();

    Line(String key, Content content) {
        this.key = key;
        this.content.set(content);
    }

    /** What a line shows. */
    public sealed interface Content {}

    /**
     * The heading of a state.
     *
     * @param state  the state
     * @param count  how many items
     * @param bytes  their bytes together
     * @param open   whether they are shown
     * @param checks how many of them are checked
     * @param most   how many of them can be
     */
    public record Group(ItemState state, int count, long bytes, boolean open, int checks, int most)
            implements Content {}

    /**
     * An item.
     *
     * @param row     its row
     * @param checked whether it is checked
     * @param share   its size as a share of the largest one's, 0 to 1
     * @param result  how far a cleanup that is under way has come with it
     */
    public record Item(StrayRow row, boolean checked, double share, Optional<StepResult> result) implements Content {}

    /** Names it. */
    public String key() {
        return key;
    }

    /** What it shows. */
    public ReadOnlyObjectProperty<Content> content() {
        return content.getReadOnlyProperty();
    }

    /** The line as a value that never changes, for a table. */
    ReadOnlyObjectProperty<Line> itself() {
        return itself;
    }

    void show(Content next) {
        if (!next.equals(content.get())) {
            content.set(next);
        }
    }

    /** The row, if it is an item. */
    public Optional<StrayRow> row() {
        return content.get() instanceof Item item ? Optional.of(item.row()) : Optional.empty();
    }
}
