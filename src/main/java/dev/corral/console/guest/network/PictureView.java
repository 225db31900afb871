package dev.corral.console.guest.network;

import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.QuadCurve;

/** Draws a network. For the FX thread. */
final class PictureView extends Pane {
    private static final PseudoClass DOTTED = PseudoClass.getPseudoClass("dotted");
    private static final int COLOURS = 4;

    PictureView() {
        setId("network-picture");
        getStyleClass().add("network-picture");
    }

    void show(Picture picture) {
        getChildren().clear();
        picture.arcs().forEach(this::arc);
        picture.bars().forEach(this::bar);
        picture.drops().forEach(this::drop);
        picture.boxes().forEach(this::box);
        setMinSize(picture.width(), picture.height());
        setPrefSize(picture.width(), picture.height());
        setAccessibleText(
                picture.boxes().size() + " machines, " + picture.bars().size() + " networks");
    }

    private void box(Picture.Box box) {
        Circle dot = new Circle(4);
        dot.getStyleClass().add(box.runs() ? "network-on" : "network-off");
        Label title = new Label(box.title());
        title.getStyleClass().add("row-title");
        title.setMinWidth(0);
        Label state = label(box.state(), "muted");
        state.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(6, dot, title, state);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(3, head);
        if (!box.ports().isEmpty()) {
            Label ports = label(
                    box.ports().getFirst()
                            + (box.ports().size() > 1 ? "  +" + (box.ports().size() - 1) : ""),
                    "muted",
                    "machine-text");
            ports.setTooltip(new Tooltip(String.join("\n", box.ports())));
            content.getChildren().add(ports);
        }
        content.getStyleClass().addAll("card", "network-box");
        content.setAlignment(Pos.CENTER_LEFT);
        content.setPrefSize(Picture.BOX_WIDTH, Picture.BOX_HEIGHT);
        content.setMaxSize(Picture.BOX_WIDTH, Picture.BOX_HEIGHT);
        content.setAccessibleText(box.title() + ", " + box.state());
        place(content, box.x(), box.y());
    }

    private void bar(Picture.Bar bar) {
        Line line = new Line(bar.x(), bar.y(), bar.x() + bar.width(), bar.y());
        line.getStyleClass().addAll("network-bar", colour(bar.number()));
        getChildren().add(line);
        HBox names = new HBox(8, label(bar.title(), "machine-text"), label(bar.note(), "muted"));
        names.setMaxWidth(bar.width());
        place(names, bar.x(), bar.y() + 4);
    }

    private void drop(Picture.Drop drop) {
        Line line = new Line(drop.x(), drop.top(), drop.x(), drop.bottom());
        line.getStyleClass().addAll("network-drop", colour(drop.number()));
        line.pseudoClassStateChanged(DOTTED, !drop.seen());
        getChildren().add(line);
        place(label(drop.address(), "machine-text"), drop.x() + 5, drop.top() + 6);
        getChildren().add(dot(drop));
    }

    private static Node dot(Picture.Drop drop) {
        Circle dot = new Circle(drop.x(), drop.bottom(), 4);
        dot.getStyleClass().addAll("network-joint", colour(drop.number()));
        return dot;
    }

    private void arc(Picture.Arc arc) {
        double middle = (arc.from() + arc.to()) / 2;
        double foot = arc.y() + 18;
        QuadCurve curve = new QuadCurve(arc.from(), foot + 2, middle, arc.y() - 34, arc.to(), foot + 2);
        curve.setFill(null);
        curve.getStyleClass()
                .addAll(
                        "network-arc",
                        switch (arc.way()) {
                            case YES -> "network-yes";
                            case NO -> "network-no";
                            case UNKNOWN -> "network-unknown";
                        });
        Label words = label(arc.words(), "network-words");
        words.setLayoutY(arc.y() - 28);
        words.layoutXProperty().bind(words.widthProperty().multiply(-0.5).add(middle));
        getChildren().addAll(List.of(curve, words));
    }

    private static String colour(int number) {
        return "network-colour-" + number % COLOURS;
    }

    private static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    private void place(Region node, double x, double y) {
        node.relocate(x, y);
        getChildren().add(node);
    }
}
