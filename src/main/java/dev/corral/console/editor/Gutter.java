package dev.corral.console.editor;

import dev.corral.console.shared.Icons;
import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.fxmisc.richtext.CodeArea;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** What stands beside a line: its number, what is wrong with it, and whether a block begins there. */
final class Gutter implements IntFunction<Node> {
    private static final double SIDE_PX = 15;

    private final CodeArea area;
    private final Marks marks;
    private final Folding folding;

    Gutter(CodeArea area, Marks marks, Folding folding) {
        this.area = area;
        this.marks = marks;
        this.folding = folding;
    }

    @Override
    public Node apply(int line) {
        int digits = Math.max(3, String.valueOf(area.getParagraphs().size()).length());
        Label number = new Label(String.format("%" + digits + "d", line + 1));
        number.getStyleClass().addAll("line-number", "machine-text");
        StackPane mark = new StackPane();
        mark.setMinWidth(SIDE_PX);
        mark.setMaxWidth(SIDE_PX);
        marks.worst(line).ifPresent(worst -> {
            boolean error = worst.severity() == Mark.Severity.ERROR;
            mark.getChildren()
                    .add(Icons.of(
                            error ? MaterialDesignA.ALERT_CIRCLE : MaterialDesignA.ALERT,
                            "line-mark",
                            error ? "look-failed" : "look-changing"));
            number.getStyleClass().add(error ? "line-failed" : "line-warned");
            Tooltip.install(mark, new Tooltip(worst.message()));
        });
        StackPane fold = new StackPane();
        fold.setMinWidth(SIDE_PX);
        fold.setMaxWidth(SIDE_PX);
        boolean folded = folding.folded(line);
        if (folded || folding.at(line).isPresent()) {
            fold.getChildren()
                    .add(Icons.of(
                            folded ? MaterialDesignC.CHEVRON_RIGHT : MaterialDesignC.CHEVRON_DOWN,
                            "fold-arrow",
                            folded ? "fold-closed" : "fold-open"));
            // The caret stays where it is.
            fold.setOnMousePressed(javafx.event.Event::consume);
            fold.setOnMouseClicked(event -> {
                folding.toggle(line);
                event.consume();
            });
        }
        HBox box = new HBox(mark, number, fold);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("gutter");
        return box;
    }
}
