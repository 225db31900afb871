package dev.corral.console.shared;

import java.util.Optional;
import javafx.scene.control.Labeled;

/** Shows a state as word, shape and colour on a label or cell, and touches only what differs. For the FX thread. */
public final class StateDisplay {
    private final Labeled on;
    private Optional<StateStyle> look = Optional.empty();

    /** @param on what it is shown on */
    public StateDisplay(Labeled on) {
        this.on = on;
    }

    /** Shows a state, or nothing of shape and colour. */
    public void show(Optional<StateStyle> newLook, String word) {
        if (!newLook.equals(look)) {
            look.ifPresent(old -> on.getStyleClass().remove(old.styleClass()));
            newLook.ifPresent(now -> on.getStyleClass().add(now.styleClass()));
            on.setGraphic(newLook.flatMap(now -> Optional.ofNullable(now.shape())
                            .map(shape -> Icons.of(shape, "state-shape", now.styleClass())))
                    .orElse(null));
            look = newLook;
        }
        if (!word.equals(on.getText())) {
            on.setText(word);
        }
    }
}
