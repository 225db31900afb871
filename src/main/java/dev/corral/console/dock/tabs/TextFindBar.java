package dev.corral.console.dock.tabs;

import dev.corral.console.shared.Icons;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.fxmisc.richtext.GenericStyledArea;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** Finds text in a log or file: Ctrl+F opens it, Enter and Shift+Enter walk, Escape closes it. */
final class TextFindBar extends HBox {
    private static final KeyCombination OPEN = KeyCombination.valueOf("Shortcut+F");

    private final GenericStyledArea<?, ?, ?> area;
    private final TextField field = new TextField();
    private final Label result = new Label();

    TextFindBar(GenericStyledArea<?, ?, ?> area) {
        super(6);
        this.area = area;
        getStyleClass().add("find-bar");
        setAlignment(Pos.CENTER_RIGHT);
        field.setPromptText("Find");
        field.setAccessibleText("Find in this text");
        field.setPrefWidth(220);
        result.getStyleClass().add("muted");
        result.setMinWidth(Region.USE_PREF_SIZE);
        getChildren()
                .addAll(
                        result,
                        field,
                        button("Previous", MaterialDesignC.CHEVRON_UP, () -> walk(-1)),
                        button("Next", MaterialDesignC.CHEVRON_DOWN, () -> walk(1)),
                        button("Close", MaterialDesignC.CLOSE, this::close));
        field.textProperty()
                .addListener((all, old, text) -> search(area.getSelection().getStart(), 1));
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                walk(event.isShiftDown() ? -1 : 1);
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        setVisible(false);
        setManaged(false);
    }

    /** Whether these keys open it; the window's own Ctrl+F must leave them alone then. */
    static boolean opens(KeyEvent event) {
        return OPEN.match(event);
    }

    private static Button button(String name, Ikon icon, Runnable run) {
        Button button = new Button(null, Icons.of(icon));
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(event -> run.run());
        return button;
    }

    void open() {
        setVisible(true);
        setManaged(true);
        field.requestFocus();
        field.selectAll();
    }

    private void close() {
        setVisible(false);
        setManaged(false);
        area.requestFocus();
    }

    private void walk(int direction) {
        search(
                direction > 0
                        ? area.getSelection().getEnd()
                        : area.getSelection().getStart() - 1,
                direction);
    }

    private void search(int from, int direction) {
        String wanted = field.getText().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            result.setText("");
            return;
        }
        String text = area.getText().toLowerCase(Locale.ROOT);
        int at = direction > 0 ? text.indexOf(wanted, from) : text.lastIndexOf(wanted, from);
        if (at < 0) {
            at = direction > 0 ? text.indexOf(wanted) : text.lastIndexOf(wanted);
        }
        result.setText(at < 0 ? "not found" : "");
        if (at >= 0) {
            area.selectRange(at, at + wanted.length());
            area.requestFollowCaret();
        }
    }
}
