package dev.corral.console.terminal;

import dev.corral.core.ssh.TerminalUse;
import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The way to the end of a terminal, with a question on it when something runs there. For JavaFX's thread. */
final class Closing {
    private final TerminalPane pane;
    private @Nullable CloseQuestion question;
    private final PauseTransition patience = new PauseTransition(Duration.millis(500));
    private boolean looking;

    Closing(TerminalPane pane) {
        this.pane = pane;
        patience.setOnFinished(event -> pane.setBottom(looks()));
    }

    /**
     * Closes the terminal if nothing runs in it or somebody agrees.
     *
     * @param asking told when there is a question, which then takes the focus
     * @param closed told once it is closed
     */
    void begin(Runnable asking, Runnable closed) {
        if (question != null) {
            asking.run();
            question.requestFocus();
        } else if (!looking) {
            looking = true;
            patience.playFromStart();
            pane.use(use -> decide(use, asking, closed));
        }
    }

    private void decide(TerminalUse use, Runnable asking, Runnable closed) {
        looking = false;
        patience.stop();
        if (use.kind() == TerminalUse.Kind.IDLE || pane.getState().status() != TerminalPane.Status.CONNECTED) {
            end(closed);
        } else {
            question = new CloseQuestion(use, this::keep, () -> end(closed));
            pane.setBottom(question);
            asking.run();
            question.requestFocus();
        }
    }

    private static Label looks() {
        Label label = new Label("Looking whether something runs in this terminal");
        label.getStyleClass().add("terminal-connection");
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    private void end(Runnable closed) {
        pane.close();
        closed.run();
    }

    /** The question is over, and the terminal goes on. */
    void keep() {
        if (question != null) {
            question = null;
            pane.setBottom(null);
            pane.requestFocus();
        }
    }
}
