package dev.corral.console.solve.batch;

import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Samples of a task, of which some are chosen to be solved one after another. For the FX thread. */
final class BatchForm extends VBox {
    private static final double ROW_PX = 30;
    private static final int MOST_ROWS = 9;

    private final Label path = new Label();
    private final Label count = new Label();
    private final ObservableList<Choice> choices = FXCollections.observableArrayList();
    private final ListView<Choice> list = new ListView<>(choices);
    private final TextField who = field("batch-who", "Name in the logs");
    private final TextField user = field("batch-user", "The machines' own");
    private final TextField model = field("batch-model", "None");
    private final CheckBox recording =
            new CheckBox("Inspect records the logins in the machines; needs script(1) there");
    private final Button begin = new Button("Begin batch");

    private record Choice(EvalTask task, EvalSample sample, BooleanProperty on) {}

    /** Takes a batch. */
    interface Take {
        /** Begins it. */
        void begin(List<Batch.Item> samples, String who, SolveOptions options);
    }

    /**
     * @param person whose name stands there first
     * @param cancel called when nothing is to begin
     * @param other  asks for another task file
     */
    BatchForm(String person, Take take, Runnable cancel, Runnable other) {
        super(12);
        setId("batch-form");
        getStyleClass().add("solve-begin");
        path.getStyleClass().add("section-title");
        Label title = new Label("Solve several samples, one after another");
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        Label hint = new Label(
                "While you solve one, the machine of the next one starts. Its clock does not run before you begin in it.");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        list.setId("batch-samples");
        list.setAccessibleText("Samples of the task");
        list.setFixedCellSize(ROW_PX);
        list.setCellFactory(view -> cell());
        list.setOnKeyPressed(event -> {
            Choice chosen = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.SPACE && chosen != null) {
                chosen.on().set(!chosen.on().get());
                event.consume();
            }
        });
        count.getStyleClass().add("muted");
        count.setId("batch-count");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox all = new HBox(
                8,
                count,
                gap,
                Buttons.quiet(
                        "batch-all",
                        "All",
                        () -> choices.forEach(one -> one.on().set(true))),
                Buttons.quiet(
                        "batch-none",
                        "None",
                        () -> choices.forEach(one -> one.on().set(false))),
                Buttons.quiet("batch-other", "Other task file…", other));
        all.setAlignment(Pos.CENTER_LEFT);
        Card which = new Card("Samples");
        which.setBody(list, all);
        who.setText(person);
        recording.setSelected(true);
        GridPane grid = Card.pairs();
        grid.addRow(0, word("Person"), who);
        grid.addRow(1, word("Login"), user);
        grid.addRow(2, word("Model"), model);
        model.setAccessibleHelp("A model, for scorers that need one");
        Card how = new Card("How");
        how.setBody(grid, recording);
        begin.setId("batch-begin");
        begin.getStyleClass().add("main-button");
        begin.setOnAction(event -> take.begin(items(), who.getText().strip(), options()));
        HBox buttons = new HBox(8, Buttons.quiet("batch-cancel", "Cancel", cancel), begin);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(path, title, hint, which, how, buttons);
        setMaxWidth(760);
        count();
    }

    private static CheckBoxListCell<Choice> cell() {
        CheckBoxListCell<Choice> cell = new CheckBoxListCell<>(Choice::on, new StringConverter<>() {
            @Override
            public String toString(Choice choice) {
                return choice == null
                        ? ""
                        : Texts.line(choice.sample().id()) + "    "
                                + Texts.line(choice.sample().input());
            }

            @Override
            public Choice fromString(String text) {
                throw new UnsupportedOperationException("nobody types a sample");
            }
        });
        // As wide as the list, so that a long text is cut and does not scroll.
        cell.setPrefWidth(0);
        return cell;
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

    /**
     * Offers the samples of these tasks.
     *
     * @param chosen the ids of those that are chosen already; none: all
     */
    void show(Path file, List<EvalTask> tasks, Set<String> chosen) {
        path.setText((tasks.size() == 1
                        ? Texts.line(tasks.getFirst().name())
                        : Texts.line(String.valueOf(file.getFileName())))
                .toUpperCase(Locale.ROOT));
        choices.setAll(tasks.stream()
                .flatMap(task -> task.samples().stream()
                        .filter(sample -> sample.sandbox().isPresent())
                        .map(sample -> new Choice(
                                task,
                                sample,
                                new SimpleBooleanProperty(chosen.isEmpty() || chosen.contains(sample.id())))))
                .toList());
        choices.forEach(one -> one.on().addListener((all, before, now) -> count()));
        list.setPrefHeight(Math.clamp(choices.size(), 2, MOST_ROWS) * ROW_PX + 6);
        list.setPlaceholder(word("No sample of it has a Vagrant sandbox"));
        count();
    }

    private void count() {
        int chosen = items().size();
        count.setText(chosen + " of " + Formats.count(choices.size(), "sample", "samples") + ", in this order");
        begin.setDisable(chosen == 0);
    }

    private List<Batch.Item> items() {
        return choices.stream()
                .filter(one -> one.on().get())
                .map(one -> new Batch.Item(
                        one.task().file().toString(),
                        one.task().name(),
                        one.sample().id()))
                .toList();
    }

    // As the command line begins them: no time limit, since Inspect counts one from the machine's start.
    private SolveOptions options() {
        return new SolveOptions(
                given(user), true, recording.isSelected(), Optional.empty(), true, 0, given(model), Optional.empty());
    }

    private static Optional<String> given(TextField field) {
        return Optional.of(field.getText().strip()).filter(text -> !text.isEmpty());
    }

    /** What gets the focus. */
    Node focus() {
        return list;
    }
}
