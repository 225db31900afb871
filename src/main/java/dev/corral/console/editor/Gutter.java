package dev.corral.console.editor;

import dev.corral.console.shared.Icons;
import java.util.Optional;
import java.util.function.IntFunction;
import javafx.event.Event;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
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
        Text number = new Text(padded(line + 1));
        number.getStyleClass().addAll("line-number", "machine-text");
        HBox box = new HBox();
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("gutter");
        Optional<Mark> worst = marks.worst(line);
        worst.ifPresent(mark -> {
            box.getChildren().add(side(sign(mark)));
            number.getStyleClass().add(mark.severity() == Mark.Severity.ERROR ? "line-failed" : "line-warned");
        });
        box.getChildren().add(number);
        boolean folded = folding.folded(line);
        boolean arrow = folded || folding.at(line).isPresent();
        if (arrow) {
            box.getChildren().add(arrow(line, folded));
        }
        // Most lines have neither, and a node less in each is a good part of what it takes to show a file.
        HBox.setMargin(number, new Insets(0, arrow ? 0 : SIDE_PX, 0, worst.isPresent() ? 0 : SIDE_PX));
        return box;
    }

    private String padded(int line) {
        int digits = Math.max(3, String.valueOf(area.getParagraphs().size()).length());
        String number = String.valueOf(line);
        return " ".repeat(Math.max(0, digits - number.length())) + number;
    }

    private static Node sign(Mark mark) {
        boolean error = mark.severity() == Mark.Severity.ERROR;
        Node sign = Icons.of(
                error ? MaterialDesignA.ALERT_CIRCLE : MaterialDesignA.ALERT,
                "line-mark",
                error ? "look-failed" : "look-changing");
        Tooltip.install(sign, new Tooltip(mark.message()));
        return sign;
    }

    private Node arrow(int line, boolean folded) {
        StackPane arrow = side(Icons.of(
                folded ? MaterialDesignC.CHEVRON_RIGHT : MaterialDesignC.CHEVRON_DOWN,
                "fold-arrow",
                folded ? "fold-closed" : "fold-open"));
        // The caret stays where it is.
        arrow.setOnMousePressed(Event::consume);
        arrow.setOnMouseClicked(event -> {
            folding.toggle(line);
            event.consume();
        });
        return arrow;
    }

    private static StackPane side(Node content) {
        StackPane side = new StackPane(content);
        side.setMinWidth(SIDE_PX);
        side.setMaxWidth(SIDE_PX);
        return side;
    }
}
