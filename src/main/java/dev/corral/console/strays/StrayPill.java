package dev.corral.console.strays;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateStyle;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** How many strays there are and what they take, in the head of the window, and the button that gives it back. */
final class StrayPill {
    private final Button pill = new Button();
    private final Button cleanUp;

    /**
     * @param open what a press on the number does
     * @param help what that is in words
     */
    StrayPill(Actions actions, Runnable open, String help) {
        pill.setId("pill-strays");
        pill.getStyleClass().addAll("pill", "pill-button");
        pill.setGraphic(Icons.of(
                Objects.requireNonNull(StateStyle.STRAY.shape()), "state-shape", StateStyle.STRAY.styleClass()));
        pill.setMinWidth(Region.USE_PREF_SIZE);
        pill.setOnAction(event -> open.run());
        pill.setAccessibleHelp(help);
        cleanUp = actions.button(Action.CLEAN_UP, "destructive-button");
        cleanUp.setGraphic(null);
        cleanUp.setMinWidth(Region.USE_PREF_SIZE);
        shown(false);
    }

    List<Node> nodes() {
        return List.of(pill, cleanUp);
    }

    void show(StraysView view) {
        if (!view.pill().equals(pill.getText())) {
            pill.setText(view.pill());
            pill.setAccessibleText(view.pill() + ", show them");
            pill.setTooltip(new Tooltip(
                    "What nobody needs any more, and the room it takes. Click to see each with its reason."));
        }
        shown(view.strays() > 0);
    }

    private void shown(boolean some) {
        for (Button button : List.of(pill, cleanUp)) {
            button.setVisible(some);
            button.setManaged(some);
        }
    }
}
