package dev.corral.console.solve;

import dev.corral.console.shared.Card;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Where a note is written; it stays until it is kept or thrown away. */
final class NotePane extends Card {
    private final TextArea area = new TextArea();

    /** @param keep gets the note */
    NotePane(Consumer<String> keep) {
        super("Note");
        setId("solve-note");
        area.setId("solve-note-text");
        area.setPromptText("Markdown; it goes into the log");
        area.setAccessibleText("The note");
        area.setPrefRowCount(4);
        area.setWrapText(true);
        Button done = new Button("Keep note");
        done.setId("solve-note-keep");
        done.getStyleClass().add("quiet-button");
        done.disableProperty().bind(area.textProperty().map(String::isBlank));
        Label hint = new Label("Ctrl Enter keeps it, Esc hides it");
        hint.getStyleClass().add("muted");
        hint.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(8, hint, gap, done);
        line.setAlignment(Pos.CENTER_LEFT);
        Runnable take = () -> {
            if (!area.getText().isBlank()) {
                keep.accept(area.getText().strip());
                setShown(false);
            }
        };
        done.setOnAction(event -> take.run());
        area.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                take.run();
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                setShown(false);
                event.consume();
            }
        });
        setBody(area, line);
        setShown(false);
    }

    /** Shows it, with what was not kept. */
    void ask() {
        setShown(true);
        area.requestFocus();
    }

    /** Empties it: what stood there is kept. */
    void kept() {
        area.clear();
    }
}
