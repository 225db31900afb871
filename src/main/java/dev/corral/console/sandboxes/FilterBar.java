package dev.corral.console.sandboxes;

import dev.corral.console.table.Chip;
import dev.corral.console.table.ChipBar;
import dev.corral.console.table.FilterField;
import dev.corral.console.table.FilterText;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The filter field with quick filters that also count. */
final class FilterBar extends VBox {
    private final FilterField field;
    private final ChipBar chips;
    private final Label shown = new Label();
    private final Runnable changed;
    private RowFilter filter = RowFilter.parse("");

    /**
     * @param changed is told when the filter has changed
     * @param leave   gives the focus back to the list
     */
    FilterBar(Runnable changed, Runnable leave) {
        super(2);
        this.changed = changed;
        getStyleClass().add("filter-bar");
        setAlignment(Pos.CENTER_LEFT);
        field = new FilterField("filter", RowFilter.HELP, this::changed, leave);
        chips = new ChipBar(Arrays.stream(RowChip.values()).map(RowChip::chip).toList(), field, RowChip::of);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        shown.getStyleClass().add("muted");
        shown.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(8, field, chips, space, shown);
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(row, field.problem());
    }

    private void changed() {
        filter = RowFilter.parse(field.text());
        field.say(filter.problem());
        chips.mark();
        changed.run();
    }

    /** The filter in force. */
    RowFilter filter() {
        return filter;
    }

    /** Puts the cursor into the field. */
    void focus() {
        field.focus();
    }

    /** Lets everything through. */
    void clear() {
        field.set("");
    }

    /** Shows what failed only, or everything again. */
    void toggleFaults() {
        Chip failed = RowChip.FAILED.chip();
        field.set(chips.pressed(failed) ? "" : FilterText.withState("", failed.word()));
    }

    /** Counts for the quick filters. */
    void count(List<TreeNode> nodes) {
        List<Row> rows = nodes.stream().flatMap(TreeNode::rows).toList();
        chips.count(chip -> RowChip.count(chip, rows), chip -> true);
        long samples = rows.stream()
                .filter(row -> row.subject() instanceof Subject.Sample)
                .count();
        shown.setText(samples == 0 ? "" : samples + (samples == 1 ? " sample" : " samples"));
    }
}
