package dev.corral.console.strays;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Icons;
import dev.corral.console.table.Chip;
import dev.corral.console.table.ChipBar;
import dev.corral.console.table.FilterField;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The filter field, a chip for each sort of state with its count, and the button that shows the plan. */
final class StrayBar extends VBox {
    private final FilterField field;
    private final Map<StateChip, Chip> chips = new EnumMap<>(StateChip.class);
    private final ChipBar chipBar;
    private final Button cleanUp = new Button();
    private final Runnable changed;
    private StrayFilter filter = StrayFilter.parse("");

    /**
     * @param changed is told when the filter has changed
     * @param leave   gives the focus back to the table
     */
    StrayBar(Actions actions, Runnable changed, Runnable leave) {
        super(2);
        this.changed = changed;
        getStyleClass().add("stray-bar");
        field = new FilterField("strays-filter", StrayFilter.HELP, this::changed, leave);
        Arrays.stream(StateChip.values()).forEach(chip -> chips.put(chip, chip.chip()));
        chipBar = new ChipBar(List.copyOf(chips.values()), field, text -> StrayFilter.chip(text)
                .map(chips::get));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        cleanUp.setId("clean-up-shown");
        cleanUp.getStyleClass().add("destructive-button");
        cleanUp.setGraphic(Icons.of(Action.CLEAN_UP.icon()));
        cleanUp.setMinWidth(Region.USE_PREF_SIZE);
        cleanUp.setAccessibleHelp(Action.CLEAN_UP.description());
        HBox row = new HBox(8, field, chipBar, space, actions.iconButton(Action.DETAILS), cleanUp);
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(row, field.problem());
    }

    private void changed() {
        filter = StrayFilter.parse(field.text());
        field.say(filter.problem());
        chipBar.mark();
        changed.run();
    }

    /** The filter in force. */
    StrayFilter filter() {
        return filter;
    }

    /** What the field says. */
    String text() {
        return field.text();
    }

    /** Filters by this text. */
    void set(String text) {
        field.set(text);
    }

    /** Puts the cursor into the field. */
    void focus() {
        field.focus();
    }

    /** Counts for the chips. */
    void count(StraysView view) {
        chipBar.count(
                chip -> view.count(StateChip.named(chip.id())),
                chip -> chip.equals(chips.get(StateChip.ALL)) || chip.equals(chips.get(StateChip.STRAYS)));
    }

    /** What the button says and does. */
    void offer(String text, boolean possible, Runnable run) {
        if (!text.equals(cleanUp.getText())) {
            cleanUp.setText(text);
        }
        cleanUp.setDisable(!possible);
        cleanUp.setOnAction(event -> run.run());
    }
}
