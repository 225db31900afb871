package dev.corral.console.solve.handover;

import dev.corral.console.shared.Card;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.handover.Until;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks who may come in, by which key, until when. */
final class HandoverForm extends VBox {
    private final TextField key = field("handover-key", "A key, or its .pub file");
    private final TextField who = field("handover-who", "As the key says");
    private final TextField until = field("handover-until", "4h, 18:30 or 2026-11-30");
    private final TextField listen = field("handover-listen", "This computer only");
    private final Label wrong = new Label();
    private final Button done = new Button("Hand over");

    /**
     * What was entered.
     *
     * @param key    the public key, or the name of its file; nobody has looked at it yet
     * @param who    the person; empty: as the key says
     * @param until  when it ends
     * @param listen the address to listen at; empty: this computer only
     */
    record Wanted(String key, String who, Instant until, String listen) {}

    /**
     * @param take   gets what is wanted
     * @param cancel called when nothing is
     */
    HandoverForm(Consumer<Wanted> take, Runnable cancel) {
        super(6);
        setId("handover-form");
        until.setText("4h");
        GridPane grid = Card.pairs();
        grid.addRow(0, word("Public key"), key);
        grid.addRow(1, word("Person"), who);
        grid.addRow(2, word("Until"), until);
        grid.addRow(3, word("Address"), listen);
        listen.setAccessibleHelp("The address to listen at; whoever reaches it can knock");
        Label hint = new Label("One key gets one terminal, which is recorded, and nothing else.");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        wrong.setId("handover-wrong");
        wrong.getStyleClass().add("look-failed");
        wrong.setWrapText(true);
        say("");
        done.setId("handover-done");
        done.getStyleClass().add("main-button");
        done.disableProperty().bind(key.textProperty().map(String::isBlank));
        done.setOnAction(event -> take(take));
        Button no = new Button("Cancel");
        no.getStyleClass().add("quiet-button");
        no.setOnAction(event -> cancel.run());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox buttons = new HBox(8, gap, no, done);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(grid, hint, wrong, buttons);
    }

    private static Label word(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("muted");
        return label;
    }

    private static TextField field(String id, String prompt) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        return field;
    }

    private void take(Consumer<Wanted> take) {
        try {
            Wanted wanted = new Wanted(
                    key.getText(),
                    who.getText().strip(),
                    Until.of(until.getText(), ZonedDateTime.now(ZoneId.systemDefault())),
                    listen.getText().strip());
            say("");
            take.accept(wanted);
        } catch (ExpectedFailure e) {
            wrong(e);
        }
    }

    /** Says what is wrong with what was entered. */
    void wrong(ExpectedFailure failure) {
        say(failure.getMessage() + " " + failure.nextStep());
    }

    private void say(String words) {
        wrong.setText(words.strip());
        wrong.setVisible(!words.isEmpty());
        wrong.setManaged(!words.isEmpty());
    }

    /** Where the first word is written. */
    TextField first() {
        return key;
    }

    /** Empties what belongs to one person. */
    void clear() {
        key.clear();
        who.clear();
    }
}
