package dev.corral.console.solve;

import dev.corral.console.page.Actions;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The answer, with the check of its form while it is typed, and of its score when that is asked for. */
final class AnswerCard extends Card {
    private final TextField field = new TextField();
    private final Label form = new Label();
    private final Label last = new Label();
    private Optional<SolveStatus> shown = Optional.empty();

    /** @param typed called with each key */
    AnswerCard(Actions actions, Runnable typed) {
        super("Answer");
        setId("solve-answer-card");
        field.setId("solve-answer");
        field.setPromptText("The answer");
        field.setAccessibleText("The answer");
        HBox.setHgrow(field, Priority.ALWAYS);
        form.setId("solve-form");
        form.setMinWidth(Region.USE_PREF_SIZE);
        last.setId("solve-last");
        last.getStyleClass().add("muted");
        last.setMinWidth(0);
        field.textProperty().addListener((all, before, now) -> {
            judge();
            typed.run();
        });
        HBox line = new HBox(10, field, form);
        line.setAlignment(Pos.CENTER_LEFT);
        // In a narrow window what was said last goes below the buttons, and neither is cut.
        FlowPane buttons = new FlowPane(
                8,
                6,
                actions.button(SolveAction.VALIDATE, "quiet-button"),
                actions.button(SolveAction.SCORE, "quiet-button"),
                last);
        setBody(line, buttons);
    }

    /** What stands there now. */
    String answer() {
        return field.getText();
    }

    /** Puts the cursor into it. */
    void edit() {
        field.requestFocus();
    }

    void show(SolveStatus status) {
        boolean other = shown.map(
                        before -> !before.session().id().equals(status.session().id()))
                .orElse(true);
        shown = Optional.of(status);
        if (other) {
            // What was typed for another session must not be handed in for this one.
            field.setText(status.story().answer());
        }
        field.setDisable(status.state().over());
        judge();
        last.setText(status.story().story().reversed().stream()
                .filter(entry -> entry.kind() == EntryKind.SCORE)
                .findFirst()
                .map(AnswerCard::scored)
                .orElse(""));
    }

    private static String scored(SolveEntry entry) {
        return "last check: " + Texts.line(entry.fact("value"))
                + (entry.text().isEmpty() ? "" : " for " + Texts.line(entry.text()));
    }

    private void judge() {
        Optional<Boolean> fits = shown.flatMap(status -> SolveRules.form(status, field.getText()));
        Optional<String> pattern =
                shown.flatMap(status -> status.session().options().answer());
        form.getStyleClass().removeAll("look-ready", "look-failed");
        if (fits.isEmpty() || field.getText().isBlank() || pattern.isEmpty()) {
            form.setText("");
        } else {
            form.setText(
                    fits.get()
                            ? "matches " + Texts.line(pattern.get()) + " ✓"
                            : "does not match " + Texts.line(pattern.get()));
            form.getStyleClass().add(fits.get() ? "look-ready" : "look-failed");
        }
    }
}
