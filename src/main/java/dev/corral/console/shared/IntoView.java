package dev.corral.console.shared;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Scrolls to what has just been opened: a form below the edge looks like a button that does nothing. For the FX thread. */
public final class IntoView {
    private IntoView() {}

    /** Scrolls as little as shows all of a node, or its beginning where it is higher than the view. */
    public static void show(ScrollPane scroll, Node node) {
        // It may have become larger a moment ago.
        scroll.applyCss();
        scroll.layout();
        Node content = scroll.getContent();
        double view = scroll.getViewportBounds().getHeight();
        double hidden = content.getBoundsInLocal().getHeight() - view;
        if (hidden <= 0) {
            return;
        }
        Bounds at = content.sceneToLocal(node.localToScene(node.getBoundsInLocal()));
        double from = scroll.getVvalue() * hidden;
        double wanted = Math.min(Math.max(from, at.getMaxY() - view), at.getMinY());
        if (wanted != from) {
            scroll.setVvalue(Math.clamp(wanted / hidden, 0, 1));
        }
    }
}
