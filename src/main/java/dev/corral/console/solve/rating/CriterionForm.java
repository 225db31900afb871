package dev.corral.console.solve.rating;

import dev.corral.console.shared.Texts;
import dev.corral.core.solve.rubric.RatingEntry;
import dev.corral.core.solve.rubric.Rubric.Criterion;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One criterion: what is asked, the points, why, and what was given before. For the FX thread. */
final class CriterionForm extends VBox {
    private static final double POINTS_PX = 84;

    private final Criterion criterion;
    private final Give give;
    private final TextField points = new TextField();
    private final ToggleButton pass = new ToggleButton("Pass");
    private final ToggleButton fail = new ToggleButton("Fail");
    private final TextField reason = new TextField();
    private final Button button = new Button("Give");
    private final Label given = new Label();
    private final Label wrong = new Label();
    private boolean busy;

    /** Takes points. */
    interface Give {
        /** Gives so many, for this reason. */
        void give(Criterion criterion, double points, String reason, Runnable noted);
    }

    CriterionForm(Criterion criterion, Give give) {
        super(6);
        this.criterion = criterion;
        this.give = give;
        setId("rating-" + criterion.name());
        getStyleClass().add("rating-criterion");
        Label name = new Label(criterion.name());
        name.getStyleClass().add("solve-bold-label");
        name.setMinWidth(Region.USE_PREF_SIZE);
        Label range = new Label(RatingRules.range(criterion));
        range.getStyleClass().add("muted");
        range.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(10, name, range);
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().add(head);
        if (!criterion.text().isBlank()) {
            Label text = new Label(Texts.block(criterion.text()));
            text.setWrapText(true);
            getChildren().add(text);
        }
        given.setId("rating-given-" + criterion.name());
        given.setWrapText(true);
        given.getStyleClass().add("rating-given");
        wrong.setId("rating-wrong-" + criterion.name());
        wrong.setWrapText(true);
        wrong.getStyleClass().add("rating-wrong");
        getChildren().addAll(row(), wrong, given);
        wrong("");
        show(Optional.empty());
    }

    private Node row() {
        points.setId("rating-points-" + criterion.name());
        points.setPromptText(RatingRules.range(criterion));
        points.setAccessibleText("Points for " + criterion.name() + ", " + RatingRules.range(criterion));
        points.setPrefWidth(POINTS_PX);
        points.setMinWidth(POINTS_PX);
        reason.setId("rating-reason-" + criterion.name());
        reason.setPromptText("Why; it goes into the log");
        reason.setAccessibleText("Reason for the points of " + criterion.name());
        reason.setMinWidth(0);
        HBox.setHgrow(reason, Priority.ALWAYS);
        ToggleGroup verdict = new ToggleGroup();
        for (ToggleButton one : List.of(pass, fail)) {
            one.setToggleGroup(verdict);
            one.getStyleClass().add("quiet-button");
            one.setMinWidth(Region.USE_PREF_SIZE);
        }
        pass.setId("rating-pass-" + criterion.name());
        fail.setId("rating-fail-" + criterion.name());
        button.setId("rating-give-" + criterion.name());
        button.getStyleClass().add("quiet-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> give());
        points.setOnAction(event -> give());
        reason.setOnAction(event -> give());
        HBox verdicts = new HBox(pass, fail);
        verdicts.setAlignment(Pos.CENTER_LEFT);
        Node worth = criterion.passFail() ? verdicts : points;
        HBox row = new HBox(8, worth, reason, button);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void give() {
        if (busy) {
            return;
        }
        Optional<Double> worth = criterion.passFail()
                ? Optional.of(criterion.points())
                        .filter(most -> pass.isSelected() || fail.isSelected())
                        .map(most -> pass.isSelected() ? most : 0.0)
                : RatingRules.typed(points.getText(), criterion);
        if (worth.isEmpty()) {
            wrong(criterion.passFail() ? "Say whether it passes." : RatingRules.range(criterion) + " can be given.");
        } else if (reason.getText().isBlank()) {
            wrong("Say in a sentence why.");
            reason.requestFocus();
        } else {
            wrong("");
            String sentPoints = points.getText();
            String sentReason = reason.getText();
            give.give(criterion, worth.get(), sentReason.strip(), () -> noted(sentPoints, sentReason));
        }
    }

    // What was typed is kept until it is on disk, and what is typed meanwhile is another thought.
    private void noted(String sentPoints, String sentReason) {
        if (points.getText().equals(sentPoints) && reason.getText().equals(sentReason)) {
            points.clear();
            reason.clear();
            pass.setSelected(false);
            fail.setSelected(false);
        }
    }

    /** Whether points can't be given now. */
    void busy(boolean now) {
        button.setDisable(now);
        busy = now;
    }

    /** Whether something is typed that was not given. */
    boolean typed() {
        return !points.getText().isBlank() || !reason.getText().isBlank() || pass.isSelected() || fail.isSelected();
    }

    private void wrong(String sentence) {
        wrong.setText(sentence);
        wrong.setVisible(!sentence.isEmpty());
        wrong.setManaged(!sentence.isEmpty());
    }

    /** Shows what was given before; what is typed stays. */
    void show(Optional<RatingEntry> before) {
        given.setText(before.map(entry -> Texts.line(RatingRules.given(entry, criterion)))
                .orElse(""));
        given.setVisible(before.isPresent());
        given.setManaged(before.isPresent());
        button.setText(before.isPresent() ? "Change" : "Give");
    }
}
