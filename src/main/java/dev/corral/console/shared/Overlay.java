package dev.corral.console.shared;

import dev.corral.console.fx.FxThread;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * A layer over the whole window for the palette, the keyboard map and the question on leaving. Escape or a click beside
 * it closes it and the focus goes back to where it was.
 */
public final class Overlay extends StackPane {
    private @Nullable Node returnTo;
    private Runnable onClosed = () -> {};

    /** A closed one. */
    public Overlay() {
        getStyleClass().add("overlay");
        setVisible(false);
        sceneProperty()
                .flatMap(Scene::focusOwnerProperty)
                .addListener((all, before, now) -> FxThread.later(() -> keepFocus(before, now)));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            } else if (event.getCode() == KeyCode.TAB) {
                step(event.isShiftDown() ? -1 : 1);
                event.consume();
            }
        });
        setOnMousePressed(event -> {
            if (event.getTarget() == this) {
                close();
            }
        });
    }

    // Tab goes round within the layer at once: on its way through the window a key could reach what lies behind.
    private void step(int by) {
        List<Node> stops = new ArrayList<>();
        collect(this, stops);
        if (!stops.isEmpty()) {
            stops.get(Math.floorMod(stops.indexOf(getScene().getFocusOwner()) + by, stops.size()))
                    .requestFocus();
        }
    }

    // What lies behind the layer must not get the keys: the focus goes round within it.
    private void keepFocus(Node before, Node now) {
        if (!isOpen() || inside(now)) {
            return;
        }
        List<Node> stops = new ArrayList<>();
        collect(this, stops);
        if (!stops.isEmpty()) {
            (stops.size() > 1 && before == stops.getFirst() ? stops.getLast() : stops.getFirst()).requestFocus();
        }
    }

    private boolean inside(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == this) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Parent parent, List<Node> stops) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child.isVisible() && !child.isDisabled()) {
                if (child.isFocusTraversable()) {
                    stops.add(child);
                } else if (child instanceof Parent below) {
                    collect(below, stops);
                }
            }
        }
    }

    /** Whether something is shown. */
    public boolean isOpen() {
        return isVisible();
    }

    /**
     * Shows something.
     *
     * @param content  what
     * @param position where
     * @param focus    what gets the focus
     * @param closed   is told when it is closed
     */
    public void open(Region content, Pos position, Node focus, Runnable closed) {
        if (!isOpen() && getScene() != null) {
            returnTo = getScene().getFocusOwner();
        }
        onClosed = closed;
        content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAlignment(content, position);
        getChildren().setAll(content);
        setVisible(true);
        focus.requestFocus();
    }

    /** Closes it. */
    public void close() {
        if (!isOpen()) {
            return;
        }
        setVisible(false);
        getChildren().clear();
        if (returnTo != null && returnTo.getScene() != null) {
            returnTo.requestFocus();
        }
        returnTo = null;
        Runnable closed = onClosed;
        onClosed = () -> {};
        closed.run();
    }
}
