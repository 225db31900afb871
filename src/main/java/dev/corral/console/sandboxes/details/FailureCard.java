package dev.corral.console.sandboxes.details;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.remedy.RemedyBar;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import dev.corral.core.vagrant.FailureView;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** Why a start failed: the phase, a sentence, the next step, and the lines that matter. */
final class FailureCard extends Card {
    private static final int MOST_LINES = 12;
    private static final int COLUMNS = 44;

    private final Label sentence = new Label();
    private final Label nextStep = new Label();
    private final TextArea lines = new TextArea();
    private final RemedyBar remedies = new RemedyBar();
    private Optional<FailureView> shown = Optional.empty();

    FailureCard(Actions actions) {
        super("What failed");
        setId("failure");
        getStyleClass().add("failure-card");
        sentence.setWrapText(true);
        sentence.getStyleClass().add("failure-sentence");
        nextStep.setWrapText(true);
        lines.setEditable(false);
        lines.setWrapText(true);
        lines.getStyleClass().addAll("machine-area");
        lines.setAccessibleText("The lines of output that matter");
        Button log = actions.button(Action.LOG, "quiet-button");
        log.setId("failure-log");
        log.textProperty().unbind();
        log.setText("Open log");
        Button again = actions.button(Action.KEEP_AND_LOOK, "quiet-button");
        again.setId("failure-keep");
        // It is about starts; other commands fail too.
        again.visibleProperty().bind(again.disabledProperty().not());
        again.managedProperty().bind(again.visibleProperty());
        Button copy = new Button(null, Icons.of(MaterialDesignC.CONTENT_COPY));
        copy.setTooltip(new Tooltip("Copy what failed"));
        copy.setAccessibleText("Copy what failed");
        copy.getStyleClass().add("quiet-button");
        copy.setOnAction(event -> shown.ifPresent(failure -> Clipboards.copy(text(failure))));
        FlowPane buttons = new FlowPane(8, 8, log, again, copy);
        // What can be done about it stays in sight, however long the output is.
        setBody(sentence, nextStep, remedies, buttons, lines);
        setShown(false);
    }

    /** What helps against it. */
    RemedyBar remedies() {
        return remedies;
    }

    void update(Optional<FailureView> failure) {
        if (failure.equals(shown)) {
            return;
        }
        shown = failure;
        setShown(failure.isPresent());
        failure.ifPresent(this::show);
    }

    private void show(FailureView failure) {
        String phase = Texts.line(failure.phase());
        String machine = Texts.line(failure.machine());
        setHeading(
                failure.cancelled()
                        ? "Cancelled"
                        : phase.isEmpty()
                                ? "What failed"
                                : "Failed in: " + phase + (machine.isEmpty() ? "" : " · " + machine));
        sentence.setText(Texts.line(failure.sentence()));
        nextStep.setText(Texts.line(failure.nextStep()));
        nextStep.setVisible(!failure.nextStep().isEmpty());
        nextStep.setManaged(!failure.nextStep().isEmpty());
        String output = failure.lines().stream().limit(200).map(Texts::line).collect(Collectors.joining("\n"));
        lines.setText(output);
        long rows = failure.lines().stream()
                .mapToLong(line -> 1 + line.length() / COLUMNS)
                .sum();
        lines.setPrefRowCount(Math.clamp(rows, 2, MOST_LINES));
        lines.setVisible(!output.isEmpty());
        lines.setManaged(!output.isEmpty());
        // What went wrong stands at the end.
        lines.positionCaret(output.length());
    }

    private static String text(FailureView failure) {
        return failure.phase() + ": " + failure.sentence() + "\n" + failure.nextStep() + "\n"
                + String.join("\n", failure.lines());
    }
}
