package dev.corral.console.guest.files;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Asks for a name, above the list. Escape closes it. For the FX thread. */
final class NameBar extends HBox {
    private final Label label = new Label();
    private final TextField field = new TextField();
    private final Button done = new Button();
    private final Node back;
    private Consumer<String> taken = name -> {};

    /** @param back gets the focus afterwards */
    NameBar(Node back) {
        super(8);
        this.back = back;
        getStyleClass().add("file-head");
        setAlignment(Pos.CENTER_LEFT);
        label.setMinWidth(Region.USE_PREF_SIZE);
        field.setId("guest-name");
        HBox.setHgrow(field, Priority.ALWAYS);
        done.setId("guest-name-done");
        done.getStyleClass().add("main-button");
        done.setMinWidth(Region.USE_PREF_SIZE);
        done.setOnAction(event -> take());
        Button cancel = new Button("Cancel");
        cancel.getStyleClass().add("quiet-button");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(event -> close());
        field.setOnAction(event -> take());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        getChildren().addAll(label, field, done, cancel);
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    /** Asks. */
    void ask(String what, String before, String verb, Consumer<String> then) {
        label.setText(what);
        field.setAccessibleText(what);
        field.setText(before);
        done.setText(verb);
        taken = then;
        setVisible(true);
        field.requestFocus();
        field.selectAll();
    }

    private void take() {
        String name = field.getText();
        if (!name.isBlank()) {
            close();
            taken.accept(name);
        }
    }

    private void close() {
        setVisible(false);
        back.requestFocus();
    }
}
