package dev.corral.console.vagrantfile.watch;

import dev.corral.console.shared.Icons;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;

/** The switch that lets steps run again after a save, and the line that says what came of it. For the FX thread. */
public final class WatchBar {
    private final ToggleButton button = new ToggleButton("Watch", Icons.of(MaterialDesignE.EYE_OUTLINE));
    private final Label line = new Label();

    /** @param turn told that it was turned on or off */
    public WatchBar(Consumer<Boolean> turn) {
        button.setId("tool-watch");
        button.getStyleClass().add("quiet-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        Tooltip tip =
                new Tooltip("After each save, run those provisioners again that the save changed, in this sandbox. "
                        + "Each save is checked, with this or without.");
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        button.setTooltip(tip);
        button.setOnAction(event -> turn.accept(button.isSelected()));
        line.setId("watch-line");
        line.getStyleClass().addAll("muted", "watch-line");
        line.setMinWidth(0);
        line.setWrapText(true);
    }

    /** The switch. */
    public Node button() {
        return button;
    }

    /** The line; not there while it is off. */
    public Node line() {
        return line;
    }

    /**
     * Shows it.
     *
     * @param words what it does; empty when it is off
     * @param more  what a save needs that is left to the user; may be empty
     */
    public void show(boolean on, String words, String more) {
        button.setSelected(on);
        String text = words.isEmpty() ? "" : "Watch: " + words + (more.isEmpty() ? "" : ". " + more);
        if (!text.equals(line.getText())) {
            line.setText(text);
        }
        line.setVisible(!text.isEmpty());
        line.setManaged(!text.isEmpty());
    }
}
