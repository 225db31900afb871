package dev.corral.console.vagrantfile.strip;

import dev.corral.console.shared.Icons;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** Says above a file what has happened to it and what can be done: one thing at a time, and nothing when there is nothing to say. */
public final class FileStrip extends VBox {
    // What is said, and the buttons.
    private static final int ROWS = 2;

    /** A button of it. */
    public record Choice(String id, String label, Runnable run) {}

    /** @param id its own; that of its words ends with {@code -text} */
    public FileStrip(String id) {
        getStyleClass().add("file-strip");
        setId(id);
        managedProperty().bind(visibleProperty());
        hide();
    }

    /** Says something that needs no answer. */
    public void tell(String sentence) {
        show(sentence, true, List.of());
    }

    /** Shows something until it is closed. */
    public void show(String sentence, Node below) {
        ask(sentence, new Choice("strip-close", "Close", this::hide));
        getChildren().add(below);
    }

    /** Says something that stays until it is answered or over. */
    public void ask(String sentence, Choice... choices) {
        show(sentence, false, List.of(choices));
    }

    /** Asks whose text stays where the disk and the editor have changed the same lines. */
    public void askWhich(Runnable mine, Runnable theirs, Supplier<Node> difference) {
        ask(
                "The file has changed on the disk, in lines that you have changed, too.",
                new Choice("disk-mine", "Keep mine", mine),
                new Choice("disk-theirs", "Take theirs", theirs),
                new Choice("disk-show", "Show the difference", () -> toggle(difference)));
    }

    private void show(String sentence, boolean closable, List<Choice> choices) {
        Label label = new Label(sentence);
        label.setId(getId() + "-text");
        label.setWrapText(true);
        label.setMinWidth(0);
        FlowPane buttons = new FlowPane(6, 6);
        buttons.setAlignment(Pos.CENTER_LEFT);
        for (Choice choice : choices) {
            Button button = new Button(choice.label());
            button.setId(choice.id());
            button.getStyleClass().add("quiet-button");
            button.setOnAction(event -> choice.run().run());
            buttons.getChildren().add(button);
        }
        HBox first = new HBox(8, label);
        first.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        if (closable) {
            Button close = new Button(null, Icons.of(MaterialDesignC.CLOSE));
            close.getStyleClass().add("icon-button");
            close.setAccessibleText("Close");
            close.setTooltip(new Tooltip("Close"));
            close.setOnAction(event -> hide());
            first.getChildren().add(close);
        }
        getChildren().setAll(first);
        if (!choices.isEmpty()) {
            getChildren().add(buttons);
        }
        setVisible(true);
    }

    /** Puts something below what is said, or takes it away again. */
    public void toggle(Supplier<Node> below) {
        if (getChildren().size() > ROWS) {
            getChildren().subList(ROWS, getChildren().size()).clear();
        } else {
            getChildren().add(below.get());
        }
    }

    /** Says nothing any more. */
    public void hide() {
        getChildren().clear();
        setVisible(false);
    }
}
