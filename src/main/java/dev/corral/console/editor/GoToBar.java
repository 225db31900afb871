package dev.corral.console.editor;

import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.fxmisc.richtext.CodeArea;

/** Asks for a line, or a line and a column after a colon. */
final class GoToBar extends HBox {
    private final CodeArea area;
    private final TextField field = new TextField();
    private final Label said = new Label();

    GoToBar(CodeArea area, BiConsumer<Integer, Integer> go) {
        super(6);
        this.area = area;
        getStyleClass().add("find-bar");
        setAlignment(Pos.CENTER_RIGHT);
        field.setId("go-to-field");
        field.setPromptText("Line or line:column");
        field.setAccessibleText("Line to go to");
        said.getStyleClass().add("muted");
        getChildren().addAll(said, field);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go(go);
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        field.focusedProperty().addListener((all, before, focused) -> {
            if (!focused) {
                show(false);
            }
        });
        show(false);
    }

    private void show(boolean wanted) {
        setVisible(wanted);
        setManaged(wanted);
    }

    void open() {
        said.setText(area.getParagraphs().size() + " lines");
        field.setText(String.valueOf(area.getCurrentParagraph() + 1));
        show(true);
        field.requestFocus();
        field.selectAll();
    }

    private void close() {
        show(false);
        area.requestFocus();
    }

    private void go(BiConsumer<Integer, Integer> go) {
        String[] parts = field.getText().strip().split(":", 2);
        // More digits than this is no line of any file.
        if (!parts[0].strip().matches("\\d{1,8}")) {
            said.setText("That is no line");
            return;
        }
        int column = parts.length > 1 && parts[1].strip().matches("\\d{1,8}") ? Integer.parseInt(parts[1].strip()) : 1;
        int line = Integer.parseInt(parts[0].strip());
        close();
        go.accept(line, column);
    }
}
