package dev.corral.console.solve;

import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.journal.SolveOptions;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A sample that is about to be solved: its text, without its target, and how it is to be solved. */
final class BeginPane extends VBox {
    private final Reveal.Sample sample;
    private final TaskCard task = new TaskCard();
    private final TextField who = field("begin-who", "Name in the log");
    private final TextField user = field("begin-user", "The machine's own");
    private final TextField answer = field("begin-answer", "Any answer that is not empty");
    private final TextField limit = field("begin-limit", "None");
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
        grid.addRow(3, word("Time limit"), limit);
        grid.addRow(4, word("Model"), model);
        answer.setAccessibleHelp("A pattern that the answer must match from its beginning");
        limit.setAccessibleHelp("Seconds after which Inspect ends the sample, pauses included");
        model.setAccessibleHelp("A model, for scorers that need one");
        Label hint = new Label(
                "Answer: a pattern that it must match from its beginning. Time limit: seconds, pauses included.");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        Card how = new Card("How");
        how.setBody(grid, scoring, recording, hint);
        begin.setId("solve-begin-button");
        begin.getStyleClass().add("main-button");
        begin.disableProperty()
                .bind(limit.textProperty().map(text -> !text.strip().matches("[0-9]{0,7}")));
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
                        Optional.empty()));
    }

    private static Optional<String> given(TextField field) {
        return Optional.of(field.getText().strip()).filter(text -> !text.isEmpty());
    }
}
