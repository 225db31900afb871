package dev.corral.console.terminal;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Says below a terminal why it is dead and brings it back. */
final class ConnectionBar extends HBox {
    private final Label message = new Label();
    private final Button reconnect = new Button("Reconnect");
    private TerminalPane.State state = new TerminalPane.State(TerminalPane.Status.DISCONNECTED, "");
    private boolean gone;

    ConnectionBar(Runnable connect) {
        getStyleClass().add("terminal-connection");
        setAlignment(Pos.CENTER_LEFT);
        message.setWrapText(true);
        message.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(message, Priority.ALWAYS);
        reconnect.setMinWidth(USE_PREF_SIZE);
        reconnect.setOnAction(event -> connect.run());
        getChildren().addAll(message, reconnect);
        setFillHeight(false);
    }

    void show(TerminalPane.State next) {
        state = next;
        String why = next.message();
        message.setText(gone ? why + (why.isEmpty() ? "" : " ") + "Its VM is gone." : why);
        reconnect.setDisable(next.status() != TerminalPane.Status.DISCONNECTED);
        reconnect.setVisible(!gone);
        reconnect.setManaged(!gone);
    }

    /** Whether there is nothing any more to connect to. */
    void setGone(boolean none) {
        gone = none;
        show(state);
    }
}
