package dev.corral.console.shared;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** A state as word, shape and colour. */
public final class StateLabel extends Label {
    private @Nullable StateStyle look;

    /** An empty one. */
    public StateLabel() {
        getStyleClass().add("state-label");
        setAlignment(Pos.CENTER_LEFT);
        setTextOverrun(OverrunStyle.ELLIPSIS);
        setMinWidth(0);
    }

    /** Shows a state; does nothing when it shows it already. */
    public void show(StateStyle newLook, String word) {
        if (newLook != look) {
            if (look != null) {
                getStyleClass().remove(look.styleClass());
            }
            getStyleClass().add(newLook.styleClass());
            if (newLook.shape() == null) {
                setGraphic(null);
            } else {
                FontIcon icon = Icons.of(newLook.shape(), "state-shape", newLook.styleClass());
                setGraphic(icon);
            }
            look = newLook;
        }
        if (!word.equals(getText())) {
            setText(word);
        }
    }
}
