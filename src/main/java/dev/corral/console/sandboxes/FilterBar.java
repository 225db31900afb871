package dev.corral.console.sandboxes;

import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateStyle;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The filter field with quick filters that also count. */
final class FilterBar extends HBox {
    private static final String RUNNING = "state:running";
    private static final String FAILED = "state:failed";

    private final TextField field = new TextField();
    private final ToggleButton running = chip("Running", RUNNING);
    private final ToggleButton failed = chip("Failed", FAILED);
    private final Label shown = new Label();
    private final Runnable changed;
    private RowFilter filter = RowFilter.parse("");

    /**
     * @param changed is told when the filter has changed
     * @param leave   gives the focus back to the list
     */
    FilterBar(Runnable changed, Runnable leave) {
        super(8);
        this.changed = changed;
        getStyleClass().add("filter-bar");
        setAlignment(Pos.CENTER_LEFT);
        field.setId("filter");
        field.setPromptText("Filter the list");
        field.setAccessibleText("Filter the list");
        field.setTooltip(new Tooltip(
                "Words must all be found. One column: state: eval: sample: vm: box: ip:  Leave out: !word"));
        field.getStyleClass().add("filter-field");
        field.textProperty().addListener((all, before, text) -> changed(text));
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                clear();
                event.consume();
            } else if (event.getCode() == KeyCode.ENTER
                    || event.getCode() == KeyCode.DOWN
                    || event.getCode() == KeyCode.ESCAPE) {
                leave.run();
                event.consume();
            }
        });
        Button clear = new Button(null, Icons.of(MaterialDesignC.CLOSE));
        clear.getStyleClass().addAll("icon-button", "filter-clear");
        clear.setAccessibleText("Clear the filter");
        clear.setTooltip(new Tooltip("Clear the filter"));
        clear.setOnAction(event -> clear());
        clear.visibleProperty().bind(field.textProperty().isNotEmpty());
        var glass = Icons.of(MaterialDesignM.MAGNIFY, "filter-glass");
        glass.setMouseTransparent(true);
        StackPane box = new StackPane(field, glass, clear);
        StackPane.setAlignment(glass, Pos.CENTER_LEFT);
        StackPane.setAlignment(clear, Pos.CENTER_RIGHT);
        box.setMinWidth(110);
        box.setPrefWidth(270);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        shown.getStyleClass().add("muted");
        shown.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(box, running, failed, space, shown);
    }

    private ToggleButton chip(String name, String term) {
        ToggleButton chip = new ToggleButton(name);
        chip.getStyleClass().add("chip");
        chip.setMinWidth(Region.USE_PREF_SIZE);
        chip.setAccessibleText("Show only " + name.toLowerCase(java.util.Locale.ROOT));
        chip.setOnAction(event -> field.setText(chip.isSelected() ? term : ""));
        return chip;
    }

    private void changed(String text) {
        filter = RowFilter.parse(text);
        running.setSelected(text.strip().equals(RUNNING));
        failed.setSelected(text.strip().equals(FAILED));
        changed.run();
    }

    /** The filter in force. */
    RowFilter filter() {
        return filter;
    }

    /** Puts the cursor into the field. */
    void focus() {
        field.requestFocus();
        field.selectAll();
    }

    /** Lets everything through. */
    void clear() {
        field.clear();
    }

    /** Shows what failed only, or everything again. */
    void toggleFaults() {
        field.setText(failed.isSelected() ? "" : FAILED);
    }

    /** Counts for the quick filters. */
    void count(List<TreeNode> nodes) {
        List<Row> rows = nodes.stream().flatMap(TreeNode::rows).toList();
        long vms = rows.stream()
                .filter(row -> row.subject() instanceof Subject.Machine && row.look() == StateStyle.READY)
                .count();
        long faults = rows.stream()
                .filter(row -> !(row.subject() instanceof Subject.Eval)
                        && !(row.subject() instanceof Subject.Group)
                        && row.look() == StateStyle.FAILED)
                .count();
        running.setText("Running " + vms);
        failed.setText("Failed " + faults);
        long samples = rows.stream()
                .filter(row -> row.subject() instanceof Subject.Sample)
                .count();
        shown.setText(samples == 0 ? "" : samples + (samples == 1 ? " sample" : " samples"));
    }
}
