package dev.corral.console.shared;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * A layer over the whole window for the palette, the keyboard map and the question on leaving. Escape or a click beside
 * it closes it and the focus goes back to where it was.
 */
public final class Overlay extends StackPane {
    private Node returnTo;
    private Runnable onClosed = () -> {
    };

    /** A closed one. */
    public Overlay() {
        getStyleClass().add("overlay");
        setVisible(false);
        setManaged(true);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        setOnMousePressed(event -> {
            if (event.getTarget() == this) {
                close();
            }
        });
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
        onClosed = () -> {
        };
        closed.run();
    }
}
