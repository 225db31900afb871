package dev.corral.console.strays;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Icons;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The filter field, a chip for each sort of state with its count, and the button that shows the plan. */
final class StrayBar extends VBox {
    private final TextField field = new TextField();
    private final Map<StateChip, ToggleButton> chips = new EnumMap<>(StateChip.class);
    private final Label problem = new Label();
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
        field.setId("strays-filter");
        field.setPromptText("Filter the list");
        field.setAccessibleText("Filter the list");
        Tooltip help = new Tooltip(StrayFilter.HELP);
        help.setWrapText(true);
        help.setMaxWidth(420);
        field.setTooltip(help);
        field.getStyleClass().add("filter-field");
        field.textProperty().addListener((all, before, text) -> changed(text));
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, leave));
        HBox row = new HBox(8, fieldBox());
        row.setAlignment(Pos.CENTER_LEFT);
        for (StateChip chip : StateChip.values()) {
            ToggleButton button = new ToggleButton(chip.title());
            button.setId("chip-" + chip.name().toLowerCase(java.util.Locale.ROOT));
            button.getStyleClass().add("chip");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(event -> {
                field.setText(StrayFilter.withChip(field.getText(), button.isSelected() ? chip : StateChip.ALL));
                mark();
            });
            chips.put(chip, button);
            row.getChildren().add(button);
        }
        Objects.requireNonNull(chips.get(StateChip.FOREIGN))
                .setTooltip(new Tooltip("Somebody's own Vagrant projects and other tools' VMs. Never touched."));
        mark();
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        cleanUp.setId("clean-up-shown");
        cleanUp.getStyleClass().add("destructive-button");
        cleanUp.setGraphic(Icons.of(Action.CLEAN_UP.icon()));
        cleanUp.setMinWidth(Region.USE_PREF_SIZE);
        cleanUp.setAccessibleHelp(Action.CLEAN_UP.description());
        row.getChildren().addAll(space, actions.iconButton(Action.STRAY_DETAILS), cleanUp);
        problem.getStyleClass().addAll("look-failed", "filter-problem");
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        getChildren().addAll(row, problem);
    }

    private StackPane fieldBox() {
        Button clear = new Button(null, Icons.of(MaterialDesignC.CLOSE));
        clear.getStyleClass().addAll("icon-button", "filter-clear");
        clear.setAccessibleText("Clear the filter");
        clear.setTooltip(new Tooltip("Clear the filter"));
        clear.setOnAction(event -> field.clear());
        clear.visibleProperty().bind(field.textProperty().isNotEmpty());
        var glass = Icons.of(MaterialDesignM.MAGNIFY, "filter-glass");
        glass.setMouseTransparent(true);
        StackPane box = new StackPane(field, glass, clear);
        StackPane.setAlignment(glass, Pos.CENTER_LEFT);
        StackPane.setAlignment(clear, Pos.CENTER_RIGHT);
        box.setMinWidth(130);
        box.setPrefWidth(250);
        return box;
    }

    private void key(KeyEvent event, Runnable leave) {
        if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
            field.clear();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER
                || event.getCode() == KeyCode.DOWN
                || event.getCode() == KeyCode.ESCAPE) {
            leave.run();
            event.consume();
        }
    }

    private void changed(String text) {
        filter = StrayFilter.parse(text);
        problem.setText(filter.problem());
        problem.setVisible(!filter.problem().isEmpty());
        mark();
        changed.run();
    }

    private void mark() {
        Optional<StateChip> shown = StrayFilter.chip(field.getText());
        chips.forEach(
                (chip, button) -> button.setSelected(shown.filter(chip::equals).isPresent()));
    }

    /** The filter in force. */
    StrayFilter filter() {
        return filter;
    }

    /** What the field says. */
    String text() {
        return field.getText();
    }

    /** Filters by this text. */
    void set(String text) {
        field.setText(text);
    }

    /** Puts the cursor into the field. */
    void focus() {
        field.requestFocus();
        field.selectAll();
    }

    /** Counts for the chips. */
    void count(StraysView view) {
        chips.forEach((chip, button) -> {
            int count = view.count(chip);
            String text = chip.title() + " " + count;
            if (!text.equals(button.getText())) {
                button.setText(text);
                button.setAccessibleText("Show " + chip.title().toLowerCase(java.util.Locale.ROOT) + ", " + count);
            }
            boolean seen = chip == StateChip.ALL || chip == StateChip.STRAYS || count > 0 || button.isSelected();
            button.setVisible(seen);
            button.setManaged(seen);
        });
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
