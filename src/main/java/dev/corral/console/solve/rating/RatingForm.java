package dev.corral.console.solve.rating;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inspect.log.AttemptLogs;
import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.rubric.Rubric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is rated and by which rubric, before it begins. It does not tell who solved what either. For the FX thread. */
final class RatingForm extends VBox {
    private static final int MOST_LOGS = 200;

    private final AttemptLogs logs;
    private final Threads threads;
    private final FileChoice files;
    private final Consumer<Problem> failed;
    private final Label rubricName = new Label("None is chosen yet.");
    private final Label criteria = new Label();
    private final Label source = new Label("No folder is chosen yet.");
    private final VBox list = new VBox(6);
    private final Button rubricButton;
    private final Button begin = new Button("Begin rating");
    private final List<CheckBox> boxes = new ArrayList<>();
    private Optional<Rubric> rubric = Optional.empty();
    private int asked;
    private boolean busy;

    /** Takes a rating. */
    interface Take {
        /** Begins it. */
        void begin(Rubric rubric, List<Path> logs);
    }

    /**
     * @param logs   reads what logs say
     * @param failed gets what goes wrong
     */
    RatingForm(
            AttemptLogs logs, Threads threads, FileChoice files, Take take, Runnable cancel, Consumer<Problem> failed) {
        super(12);
        this.logs = logs;
        this.threads = threads;
        this.files = files;
        this.failed = failed;
        setId("rating-form");
        getStyleClass().add("solve-begin");
        Label title = new Label("Rate samples by hand");
        title.getStyleClass().add("card-title");
        Label hint = new Label(
                "The samples are shuffled and called A, B, C. You see the task, what was done and the answer, "
                        + "in one form for people and models, and not who solved it.");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        rubricButton = Buttons.quiet("rating-rubric", "Choose rubric…", this::chooseRubric);
        rubricName.setId("rating-rubric-name");
        rubricName.setMinWidth(0);
        criteria.setWrapText(true);
        criteria.getStyleClass().add("muted");
        criteria.managedProperty().bind(criteria.textProperty().isNotEmpty());
        Label shape = new Label(
                "A JSON file: {\"name\": \"Report\", \"criteria\": [{\"name\": \"cause\", \"text\": \"Names the cause\", "
                        + "\"points\": 3}, {\"name\": \"safe\", \"text\": \"Broke nothing\", \"pass_fail\": true}]}");
        shape.getStyleClass().addAll("machine-text", "muted");
        shape.setWrapText(true);
        Card by = new Card("Rubric");
        by.setBody(line(rubricName, rubricButton), criteria, shape);
        source.setId("rating-source");
        source.setMinWidth(0);
        Card which = new Card("Logs");
        which.setBody(line(source, Buttons.quiet("rating-folder", "Choose log folder…", this::chooseFolder)), list);
        begin.setId("rating-begin");
        begin.getStyleClass().add("main-button");
        begin.setOnAction(event -> rubric.ifPresent(chosen -> take.begin(chosen, chosen())));
        HBox buttons = new HBox(8, Buttons.quiet("rating-cancel", "Cancel", cancel), begin);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, hint, by, which, buttons);
        setMaxWidth(760);
        judge();
    }

    private static Node line(Label words, Button button) {
        words.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(10, words, button);
        HBox.setHgrow(words, Priority.ALWAYS);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void chooseRubric() {
        files.open("A rubric", "Rubrics", "*.json")
                .ifPresent(file -> threads.background(
                        "rubric",
                        () -> Rubric.read(file),
                        read -> {
                            rubric = Optional.of(read);
                            rubricName.setText(Texts.line(read.name()));
                            criteria.setText(read.criteria().stream()
                                    .map(one -> Texts.line(one.name()) + " ("
                                            + RatingRules.range(one).toLowerCase(Locale.ROOT) + ")")
                                    .collect(Collectors.joining(", ")));
                            judge();
                        },
                        failure -> failed.accept(Problem.of(failure))));
    }

    private void chooseFolder() {
        files.folder("A folder with logs of Inspect").ifPresent(this::from);
    }

    /** Offers the logs of this folder and those below it. */
    void from(Path folder) {
        int number = ++asked;
        source.setText("Reading " + Texts.line(folder.toString()) + "…");
        boxes.clear();
        list.getChildren().clear();
        judge();
        threads.background(
                "rating-logs",
                () -> {
                    AttemptLogs.Found found = AttemptLogs.find(folder);
                    List<LogRow> rows = new ArrayList<>(logs.read(found.logs()));
                    rows.addAll(found.problems());
                    return rows.stream().map(LogChoice::of).toList();
                },
                choices -> {
                    if (number == asked) {
                        offer(folder, choices);
                    }
                },
                failure -> {
                    if (number == asked) {
                        source.setText("No folder is chosen yet.");
                        failed.accept(Problem.of(failure));
                    }
                });
    }

    private void offer(Path folder, List<LogChoice> choices) {
        source.setText(Formats.count(choices.size(), "log", "logs") + " in " + Texts.line(folder.toString()));
        for (LogChoice choice : choices.subList(0, Math.min(MOST_LOGS, choices.size()))) {
            CheckBox box = new CheckBox(
                    choice.words() + choice.problem().map(why -> ": " + why).orElse(""));
            box.setSelected(choice.problem().isEmpty());
            box.setDisable(choice.problem().isPresent());
            box.setUserData(choice.log());
            box.setMinWidth(0);
            box.selectedProperty().addListener((all, before, now) -> judge());
            boxes.add(box);
        }
        list.getChildren().setAll(boxes);
        if (choices.size() > MOST_LOGS) {
            Label more =
                    new Label("And " + (choices.size() - MOST_LOGS) + " more; choose a folder with fewer of them.");
            more.getStyleClass().add("muted");
            list.getChildren().add(more);
        }
        judge();
    }

    private List<Path> chosen() {
        return boxes.stream()
                .filter(CheckBox::isSelected)
                .map(box -> (Path) box.getUserData())
                .toList();
    }

    private void judge() {
        begin.setDisable(busy || rubric.isEmpty() || chosen().isEmpty());
    }

    /** Shows what is being done; nothing can begin meanwhile. Empty if nothing is. */
    void busy(String words) {
        busy = !words.isEmpty();
        begin.setText(busy ? words + "…" : "Begin rating");
        judge();
    }

    /** What gets the focus. */
    Node focus() {
        return rubricButton;
    }
}
