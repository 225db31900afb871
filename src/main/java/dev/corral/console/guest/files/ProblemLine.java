package dev.corral.console.guest.files;

import dev.corral.console.messages.Problem;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** What went wrong, above what it is about; hidden when nothing did. For the FX thread. */
final class ProblemLine extends Label {
    private final Tooltip details = new Tooltip();

    ProblemLine() {
        getStyleClass().addAll("card-cause", "guest-problem");
        setWrapText(true);
        setMinHeight(Region.USE_PREF_SIZE);
        setMaxWidth(Double.MAX_VALUE);
        details.setWrapText(true);
        details.setMaxWidth(520);
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    void show(Optional<Problem> problem) {
        setVisible(problem.isPresent());
        setText(problem.map(
                        what -> what.nextStep().isEmpty() ? what.sentence() : what.sentence() + " · " + what.nextStep())
                .orElse(""));
        details.setText(problem.map(Problem::details).orElse(""));
        setTooltip(details.getText().isEmpty() ? null : details);
    }
}
