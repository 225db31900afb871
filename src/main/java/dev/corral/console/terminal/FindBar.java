package dev.corral.console.terminal;

import com.techsenger.jeditermfx.ui.SubstringFinder.FindResult;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** Finds text in what a terminal shows and has shown. */
final class FindBar extends HBox {
    private final TextField text = new TextField();
    private final ToggleButton matchCase = new ToggleButton("Aa");
    private final Label count = new Label();
    private final ScreenPanel panel;
    private final ScreenText screen;

    FindBar(ScreenPanel panel, Runnable hide) {
        this.panel = panel;
        this.screen = new ScreenText(panel.getTerminalTextBuffer());
        getStyleClass().add("terminal-find");
        setAlignment(Pos.CENTER_LEFT);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setPromptText("Find in terminal");
        text.setAccessibleText("Find in terminal");
        text.setPrefColumnCount(18);
        text.textProperty().addListener((property, before, after) -> search());
        matchCase.setAccessibleText("Match case");
        matchCase.setTooltip(new Tooltip("Match case"));
        matchCase.setOnAction(event -> search());
        count.getStyleClass().add("terminal-find-count");
        getChildren()
                .addAll(
                        text,
                        matchCase,
                        count,
                        button("mdi2c-chevron-up", "Previous", this::previous),
                        button("mdi2c-chevron-down", "Next", this::next),
                        button("mdi2c-close", "Close", hide));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                hide.run();
            } else if (event.getCode() == KeyCode.ENTER && event.isShiftDown() || event.getCode() == KeyCode.UP) {
                previous();
            } else if (event.getTarget() == text && event.getCode() == KeyCode.ENTER
                    || event.getCode() == KeyCode.DOWN) {
                next();
            } else {
                return;
            }
            event.consume();
        });
    }

    /** Gets the keys, with the last text selected, and searches what has come since. */
    void activate() {
        text.requestFocus();
        text.selectAll();
        search();
    }

    void clear() {
        panel.setFindResult(null);
    }

    private void search() {
        FindResult result = screen.find(text.getText(), !matchCase.isSelected());
        panel.setFindResult(result);
        if (result != null && !result.getItems().isEmpty()) {
            // The newest is nearest to what one looks at.
            show(panel.selectPrevFindResultItem());
        } else {
            show(result);
        }
    }

    private void previous() {
        show(panel.selectPrevFindResultItem());
    }

    private void next() {
        show(panel.selectNextFindResultItem());
    }

    private void show(@Nullable FindResult result) {
        if (result != null && !result.getItems().isEmpty()) {
            count.setText(result.selectedItem().getIndex() + " of "
                    + result.getItems().size());
        } else {
            count.setText(text.getText().isEmpty() ? "" : "Nothing found");
        }
    }

    private static Button button(String icon, String name, Runnable action) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll("flat", "button-icon");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(event -> action.run());
        return button;
    }
}
