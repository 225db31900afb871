package dev.corral.console.strays;

import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/** What could not be read, and what follows from it. */
final class ProblemStrip extends VBox {
    private final Label sentence = new Label();
    private final Label meaning =
            new Label("What can't be seen counts as unknown and is left alone. Sizes and counts may be incomplete.");

    ProblemStrip() {
        getStyleClass().add("strip-room");
        sentence.setWrapText(true);
        sentence.setTooltip(new Tooltip());
        sentence.getStyleClass().add("row-title");
        meaning.setWrapText(true);
        meaning.getStyleClass().add("muted");
        VBox texts = new VBox(1, sentence, meaning);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox strip = new HBox(10, Icons.of(MaterialDesignA.ALERT_OUTLINE, "look-changing"), texts);
        strip.setAlignment(Pos.CENTER_LEFT);
        strip.setId("strays-problems");
        strip.getStyleClass().add("problem-strip");
        getChildren().add(strip);
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    void show(List<String> problems) {
        setVisible(!problems.isEmpty());
        if (problems.isEmpty()) {
            return;
        }
        String text = Texts.line(problems.getFirst())
                + (problems.size() == 1 ? "" : " And " + (problems.size() - 1) + " more.");
        if (!text.equals(sentence.getText())) {
            sentence.setText(text);
        }
        sentence.getTooltip().setText(problems.stream().map(Texts::line).collect(Collectors.joining("\n")));
    }
}
