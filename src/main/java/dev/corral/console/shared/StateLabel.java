package dev.corral.console.shared;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;

/** A state as word, shape and colour. */
public final class StateLabel extends Label {
    private final StateDisplay display = new StateDisplay(this);

    /** An empty one. */
    public StateLabel() {
        getStyleClass().add("state-label");
        setAlignment(Pos.CENTER_LEFT);
        setTextOverrun(OverrunStyle.ELLIPSIS);
        setMinWidth(0);
    }

    /** Shows a state; does nothing when it shows it already. */
    public void show(StateStyle look, String word) {
        display.show(Optional.of(look), word);
    }
}
