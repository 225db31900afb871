package dev.corral.console.shared;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A raised box with a small heading. */
public class Card extends VBox {
    private final Label heading = new Label();
    private final VBox body = new VBox(6);

    /** A card with that heading; an empty one is left out. */
    public Card(String title) {
        super(9);
        getStyleClass().add("card");
        heading.getStyleClass().add("section-title");
        setHeading(title);
        getChildren().addAll(heading, body);
    }

    /** An empty grid for words and what belongs to them, which takes the rest of the room. */
    public static GridPane pairs() {
        GridPane grid = new GridPane();
        grid.setHgap(12);
        grid.setVgap(4);
        ColumnConstraints word = new ColumnConstraints();
        word.setMinWidth(84);
        ColumnConstraints value = new ColumnConstraints();
        value.setHgrow(Priority.ALWAYS);
        value.setMinWidth(0);
        // Else a long value would take room from the words, which are to be read whole.
        value.setPrefWidth(0);
        grid.getColumnConstraints().addAll(word, value);
        return grid;
    }

    /** Changes the heading. */
    public final void setHeading(String title) {
        heading.setText(title);
        heading.setVisible(!title.isEmpty());
        heading.setManaged(!title.isEmpty());
    }

    /** Shows the card or leaves it out, its room included. */
    public final void setShown(boolean shown) {
        setVisible(shown);
        setManaged(shown);
    }

    /** Replaces what is below the heading. */
    public final void setBody(Node... nodes) {
        body.getChildren().setAll(nodes);
    }
}
