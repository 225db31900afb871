package dev.corral.console.terminal;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.ssh.TerminalUse;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Asks below a terminal whether what runs in it may end. Escape keeps it. */
public final class CloseQuestion extends HBox {
    private static final int LONGEST_NAME = 40;

    private final Button keep;

    CloseQuestion(TerminalUse use, Runnable keepOpen, Runnable close) {
        getStyleClass().addAll("terminal-connection", "terminal-close-question");
        setAlignment(Pos.CENTER_LEFT);
        Label message = new Label(sentence(use));
        message.setWrapText(true);
        message.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(message, Priority.ALWAYS);
        keep = button("terminal-keep-open", "Keep open", keepOpen);
        Button end = button("terminal-close", "End it and close", close);
        end.getStyleClass().add("destructive-button");
        getChildren().addAll(message, end, keep);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                keepOpen.run();
                event.consume();
            }
        });
    }

    /** What runs, in a sentence. */
    static String sentence(TerminalUse use) {
        if (use.kind() == TerminalUse.Kind.UNKNOWN) {
            return "The VM did not say whether something runs in this terminal. Closing the terminal ends it.";
        }
        return program(use) + " runs in this terminal. Closing the terminal ends it.";
    }

    /** The name of what runs. */
    public static String program(TerminalUse use) {
        String name = Formats.middle(Texts.line(use.program()).strip(), LONGEST_NAME);
        return name.isEmpty() ? "A program" : name;
    }

    @Override
    public void requestFocus() {
        keep.requestFocus();
    }

    private static Button button(String id, String text, Runnable run) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        button.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                button.fire();
                event.consume();
            }
        });
        return button;
    }
}
