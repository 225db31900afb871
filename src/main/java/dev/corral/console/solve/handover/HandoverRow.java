package dev.corral.console.solve.handover;

import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.Ticket;
import dev.corral.core.solve.handover.Until;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Something that was handed over: to whom, until when, what they type, and what can be done about it. */
final class HandoverRow extends VBox {
    /** What can be done. */
    enum Verb {
        /** Moves its end. */
        EXTEND,
        /** Takes it back. */
        REVOKE,
        /** Serves it again. */
        SERVE
    }

    /**
     * What was handed over, as it was when it was looked at beside this thread: whether a process lives takes a look at the disk.
     *
     * @param grant  it
     * @param ticket what the person types; empty if that can't be told any more
     * @param state  how it is, in words
     * @param served whether a process serves it
     * @param over   whether it is over
     */
    record Seen(Grant grant, Optional<Ticket> ticket, String state, boolean served, boolean over) {}

    /** @param what called with what is to be done */
    HandoverRow(Seen seen, BiConsumer<Verb, Grant> what) {
        super(4);
        Grant grant = seen.grant();
        setId("handover-" + grant.id());
        boolean over = seen.over();
        Label who = new Label(Texts.line(grant.who()));
        who.setMinWidth(Region.USE_PREF_SIZE);
        Label state = new Label((seen.served() && !over ? "● " : "○ ")
                + seen.state()
                + (over ? "" : " until " + Until.words(grant.until())));
        state.getStyleClass().addAll("muted");
        state.setMinWidth(0);
        HBox head = new HBox(8, who, state);
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().add(head);
        if (over) {
            return;
        }
        seen.ticket()
                .ifPresentOrElse(
                        ticket -> getChildren()
                                .addAll(line("Command", ticket.command()), line("Known hosts", ticket.knownHosts())),
                        () -> getChildren().add(unknown(grant)));
        FlowPane buttons = new FlowPane(8, 4);
        if (!seen.served()) {
            buttons.getChildren().add(button("Serve again", Verb.SERVE, grant, what));
        }
        buttons.getChildren()
                .addAll(button("Extend by 1 h", Verb.EXTEND, grant, what), button("Revoke…", Verb.REVOKE, grant, what));
        getChildren().add(buttons);
    }

    private static Label unknown(Grant grant) {
        Label label = new Label(Texts.line(grant.listen()) + " is no address of this computer any more.");
        label.getStyleClass().add("muted");
        label.setWrapText(true);
        return label;
    }

    private static Button button(String text, Verb verb, Grant grant, BiConsumer<Verb, Grant> what) {
        Button button = new Button(text);
        button.getStyleClass().add("quiet-button");
        button.setAccessibleText(text + " for " + Texts.line(grant.who()));
        button.setOnAction(event -> what.accept(verb, grant));
        return button;
    }

    private static HBox line(String named, String text) {
        TextField field = new TextField(text);
        field.setEditable(false);
        field.getStyleClass().add("machine-text");
        field.setAccessibleText(named);
        HBox.setHgrow(field, Priority.ALWAYS);
        Button copy = new Button("Copy");
        copy.getStyleClass().add("quiet-button");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setAccessibleText("Copy: " + named);
        copy.setOnAction(event -> Clipboards.copy(text));
        HBox line = new HBox(6, field, copy);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
