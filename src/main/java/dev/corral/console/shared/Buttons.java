package dev.corral.console.shared;

import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Buttons that belong to one place alone, and so are no commands. For the FX thread. */
public final class Buttons {
    private Buttons() {}

    /**
     * A quiet one, which is never cut.
     *
     * @param id  its style-sheet id
     * @param run what it does
     */
    public static Button quiet(String id, String text, Runnable run) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("quiet-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        return button;
    }
}
