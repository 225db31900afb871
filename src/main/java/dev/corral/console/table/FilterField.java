package dev.corral.console.table;

import atlantafx.base.controls.CustomTextField;
import dev.corral.console.shared.Icons;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The field in which a filter is typed. Escape clears it, then leaves; Enter and Down leave for the list. For the FX thread. */
public final class FilterField extends VBox {
    private static final double HELP_PX = 420;

    private final CustomTextField field = new CustomTextField();
    private final Label problem = new Label();

    /**
     * @param id      the field's id
     * @param help    the language in short
     * @param changed is told when the text has changed
     * @param leave   gives the focus back to the list
     */
    public FilterField(String id, String help, Runnable changed, Runnable leave) {
        field.setId(id);
        field.setPromptText("Filter the list");
        field.setAccessibleText("Filter the list");
        field.setAccessibleHelp(help);
        Tooltip tooltip = new Tooltip(help);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(HELP_PX);
        field.setTooltip(tooltip);
        field.getStyleClass().add("filter-field");
        field.setLeft(Icons.of(MaterialDesignM.MAGNIFY));
        Button clear = new Button(null, Icons.of(MaterialDesignC.CLOSE));
        clear.getStyleClass().add("icon-button");
        clear.setFocusTraversable(false);
        clear.setAccessibleText("Clear the filter");
        clear.setTooltip(new Tooltip("Clear the filter"));
        clear.setOnAction(event -> field.clear());
        clear.visibleProperty().bind(field.textProperty().isNotEmpty());
        field.setRight(clear);
        field.textProperty().addListener((all, before, text) -> changed.run());
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, leave));
        problem.getStyleClass().addAll("look-failed", "filter-problem");
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        setMinWidth(110);
        setPrefWidth(260);
        getChildren().add(field);
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

    /** What it says. */
    public String text() {
        return field.getText();
    }

    /** Filters by this text. */
    public void set(String text) {
        field.setText(text);
    }

    /** Puts the cursor into it. */
    public void focus() {
        field.requestFocus();
        field.selectAll();
    }

    /** The place for what of the text is not understood, to be put below the bar. */
    public Label problem() {
        return problem;
    }

    /** Says what of the text is not understood; nothing when that is empty. */
    public void say(String sentence) {
        problem.setText(sentence);
        problem.setVisible(!sentence.isEmpty());
    }
}
