package dev.corral.console.solve;

import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.journal.AtLimit;
import dev.corral.core.solve.journal.SolveOptions;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** A sample that is about to be solved: its text, without its target, and how it is to be solved. */
final class BeginPane extends VBox {
    private final Reveal.Sample sample;
    private final TaskCard task = new TaskCard();
    private final TextField who = field("begin-who", "Name in the log");
    private final TextField user = field("begin-user", "The machine's own");
    private final TextField answer = field("begin-answer", "Any answer that is not empty");
    private final TextField working = field("begin-working", "No limit, in minutes");
    private final ComboBox<AtLimit> then = new ComboBox<>();
    private final TextField limit = field("begin-limit", "None, in seconds");
    private final TextField model = field("begin-model", "None");
    private final CheckBox scoring = new CheckBox("Answers may be scored on the way");
    private final CheckBox recording = new CheckBox("Inspect records the logins in the machine; needs script(1) there");
    private final Button begin = new Button("Begin session");

    /**
     * @param person whose name stands there first
     * @param take   gets what is to begin
     * @param cancel called when nothing is
     * @param more   commands about this sample
     */
    BeginPane(Reveal.Sample sample, String person, Consumer<SolveRequest> take, Runnable cancel, Node... more) {
        super(12);
        this.sample = sample;
        setId("solve-begin");
        getStyleClass().add("solve-begin");
        Label path = new Label(Texts.line(sample.task()));
        path.getStyleClass().add("section-title");
        Label title = new Label("Solve " + Texts.line(sample.sample()) + " by hand");
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        who.setText(person);
        scoring.setSelected(true);
        recording.setSelected(true);
        GridPane grid = Card.pairs();
        grid.addRow(0, word("Person"), who);
        grid.addRow(1, word("Login"), user);
        grid.addRow(2, word("Answer"), answer);
        grid.addRow(3, word("Working time"), working);
        grid.addRow(4, word("Then"), then);
        grid.addRow(5, word("Inspect's limit"), limit);
        grid.addRow(6, word("Model"), model);
        answer.setAccessibleHelp("A pattern that the answer must match from its beginning");
        working.setAccessibleHelp("Minutes for which the clock may run, pauses left out");
        limit.setAccessibleHelp("Seconds after which Inspect ends the sample, pauses included");
        choices();
        model.setAccessibleHelp("A model, for scorers that need one");
        Label hint = new Label(
                "Answer: a pattern that it must match from its beginning. Working time: pauses do not count, and you are warned 10 "
                        + "and 2 minutes before its end. Inspect's own limit counts pauses, and ends the session without a word.");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        Card how = new Card("How");
        how.setBody(grid, scoring, recording, hint);
        begin.setId("solve-begin-button");
        begin.getStyleClass().add("main-button");
        begin.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !limit.getText().strip().matches("[0-9]{0,7}")
                                || !working.getText().strip().matches("[0-9]{0,5}"),
                        limit.textProperty(),
                        working.textProperty()));
        begin.setOnAction(event -> take.accept(request()));
        Button no = new Button("Cancel");
        no.getStyleClass().add("quiet-button");
        no.setOnAction(event -> cancel.run());
        HBox buttons = new HBox(8);
        buttons.getChildren().addAll(more);
        buttons.getChildren().addAll(no, begin);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        // The text comes when the task file has been read: nothing may move under the pointer then.
        getChildren().addAll(path, title, how, buttons, task);
        setMaxWidth(760);
    }

    private void choices() {
        then.setId("begin-then");
        then.getItems().setAll(AtLimit.values());
        then.setValue(AtLimit.ASK);
        then.setConverter(new StringConverter<>() {
            @Override
            public String toString(AtLimit choice) {
                String words = choice == null ? "" : choice.choice();
                return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
            }

            @Override
            public AtLimit fromString(String words) {
                return then.getValue();
            }
        });
        then.setMaxWidth(Double.MAX_VALUE);
        then.setAccessibleText("What happens when the working time is used up");
        then.disableProperty().bind(working.textProperty().map(String::isBlank));
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

    /** Shows the task's text. */
    void instructions(String text) {
        task.show(text);
    }

    /** What gets the focus. */
    Button begin() {
        return begin;
    }

    private SolveRequest request() {
        return new SolveRequest(
                sample.taskFile(),
                sample.task(),
                sample.sample(),
                who.getText().strip(),
                new SolveOptions(
                                given(user),
                                scoring.isSelected(),
                                recording.isSelected(),
                                given(answer),
                                true,
                                given(limit).map(Integer::parseInt).orElse(0),
                                given(model),
                                Optional.empty())
                        .withActiveLimit(given(working).map(Integer::parseInt).orElse(0) * 60, then.getValue()));
    }

    private static Optional<String> given(TextField field) {
        return Optional.of(field.getText().strip()).filter(text -> !text.isEmpty());
    }
}
