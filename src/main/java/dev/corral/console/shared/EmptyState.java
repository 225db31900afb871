package dev.corral.console.shared;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.Ikon;

/** What stands where nothing is yet: what the place is for and what to do next. */
public final class EmptyState extends VBox {

    /**
     * @param icon    an icon
     * @param title   what is not there
     * @param text    what the place is for
     * @param actions buttons of the next steps
     */
    public EmptyState(Ikon icon, String title, String text, Node... actions) {
        super(8);
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        Label head = new Label(title);
        head.getStyleClass().add("empty-title");
        head.setWrapText(true);
        Label body = new Label(text);
        body.getStyleClass().add("muted");
        body.setWrapText(true);
        body.setTextAlignment(TextAlignment.CENTER);
        body.setAlignment(Pos.CENTER);
        body.setMaxWidth(440);
        getChildren().addAll(Icons.of(icon, "empty-icon"), head, body);
        if (actions.length > 0) {
            HBox buttons = new HBox(8, actions);
            buttons.setAlignment(Pos.CENTER);
            buttons.getStyleClass().add("empty-actions");
            getChildren().add(buttons);
        }
    }
}
