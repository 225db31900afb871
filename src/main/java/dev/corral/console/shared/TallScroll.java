package dev.corral.console.shared;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Room for what is taller than its place, and as wide as that. For the FX thread. */
public final class TallScroll extends ScrollPane {

    /** Over this. */
    public TallScroll(Node content) {
        super(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("tall-scroll");
    }
}
