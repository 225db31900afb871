package dev.corral.console.solve.attempts;

import dev.corral.core.solve.attempts.Attempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Shape;

/**
 * The time of each attempt as a point on one axis: people are circles, models are diamonds, what was not right is hollow, and a line marks
 * the median. For the FX thread.
 */
final class AttemptPlot extends Region {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double LEFT_PX = 70;
    private static final double RIGHT_PX = 30;
    private static final double LANE_PX = 46;
    private static final double TOP_PX = 6;
    private static final double AXIS_PX = 22;
    private static final double SIZE_PX = 5;
    private static final double LEVEL_PX = 8;
    private static final double HALF_LABEL_PX = 40;

    private record Placed(Node node, double at, double y) {}

    private final Consumer<Attempt> chosen;
    private final List<Placed> points = new ArrayList<>();
    private final List<Placed> lines = new ArrayList<>();
    private final List<Placed> ticks = new ArrayList<>();
    private final List<Placed> grid = new ArrayList<>();
    private final Map<Attempt, Shape> shapes = new HashMap<>();
    private final List<Label> names = new ArrayList<>();
    private Optional<Attempt> marked = Optional.empty();
    private PlotLayout shown = PlotLayout.of(List.of());

    /** @param chosen gets the attempt whose point is pressed */
    AttemptPlot(Consumer<Attempt> chosen) {
        this.chosen = chosen;
        setId("attempts-plot");
        getStyleClass().add("attempts-plot");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinWidth(0);
    }

    void show(PlotLayout plot) {
        shown = plot;
        points.clear();
        lines.clear();
        ticks.clear();
        grid.clear();
        names.clear();
        shapes.clear();
        plot.ticks().forEach(tick -> {
            grid.add(new Placed(line("plot-grid"), tick.at(), 0));
            Label label = label(tick.text(), "plot-tick");
            label.setPrefWidth(2 * HALF_LABEL_PX);
            ticks.add(new Placed(label, tick.at(), 0));
        });
        for (int i = 0; i < plot.lanes().size(); i++) {
            lane(plot.lanes().get(i), TOP_PX + i * LANE_PX);
        }
        List<Node> all = new ArrayList<>();
        List.of(grid, lines, points, ticks).forEach(those -> those.forEach(placed -> all.add(placed.node())));
        all.addAll(names);
        getChildren().setAll(all);
        setAccessibleText(plot.spoken());
        double height = TOP_PX + plot.lanes().size() * LANE_PX + AXIS_PX;
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
        mark(marked);
        requestLayout();
    }

    private void lane(PlotLayout.Lane lane, double top) {
        boolean person = lane.kind() == Attempt.Kind.PERSON;
        names.add(label(person ? "people" : "models", "plot-name"));
        double bottom = top + LANE_PX - 2 * SIZE_PX;
        Region median = line(person ? "plot-median-person" : "plot-median-model");
        Tooltip.install(median, new Tooltip("Median " + lane.medianText()));
        lines.add(new Placed(median, lane.median(), top));
        for (PlotLayout.Point point : lane.points()) {
            Shape shape = person ? new Circle(SIZE_PX) : diamond();
            shape.getStyleClass()
                    .addAll(person ? "plot-person" : "plot-model", point.right() ? "plot-right" : "plot-wrong");
            shape.setAccessibleRole(AccessibleRole.NODE);
            shape.setAccessibleText(point.row().spoken());
            Tooltip.install(shape, new Tooltip(point.row().spoken()));
            Attempt attempt = point.row().attempt();
            shape.setOnMousePressed(event -> chosen.accept(attempt));
            shapes.put(attempt, shape);
            points.add(new Placed(shape, point.at(), bottom - point.level() * LEVEL_PX));
        }
    }

    private static Shape diamond() {
        double size = SIZE_PX + 1;
        return new Polygon(0, -size, size, 0, 0, size, -size, 0);
    }

    private static Region line(String styleClass) {
        Region line = new Region();
        line.getStyleClass().add(styleClass);
        return line;
    }

    private static Label label(String text, String styleClass) {
        Label label = new Label(text);
        label.getStyleClass().addAll("muted", styleClass);
        return label;
    }

    /** Marks the point of an attempt. */
    void mark(Optional<Attempt> attempt) {
        marked = attempt;
        shapes.forEach((one, shape) ->
                shape.pseudoClassStateChanged(CHOSEN, Optional.of(one).equals(attempt)));
        attempt.map(shapes::get).ifPresent(Node::toFront);
    }

    /** What is drawn. */
    PlotLayout shown() {
        return shown;
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(1, getWidth() - LEFT_PX - RIGHT_PX);
        double floor = getHeight() - AXIS_PX;
        for (Placed one : grid) {
            one.node().resizeRelocate(Math.round(LEFT_PX + one.at() * width), TOP_PX, 1, floor - TOP_PX);
        }
        for (Placed one : lines) {
            one.node().resizeRelocate(Math.round(LEFT_PX + one.at() * width) - 1, one.y(), 2, LANE_PX - 2);
        }
        // As many as fit beside each other; the others would be written over each other.
        double gap = ticks.size() < 2 ? width : width / (ticks.size() - 1);
        int every = (int) Math.max(1, Math.ceil(2 * HALF_LABEL_PX / gap));
        for (int i = 0; i < ticks.size(); i++) {
            Placed one = ticks.get(i);
            one.node().setVisible(i % every == 0);
            one.node()
                    .resizeRelocate(
                            Math.round(LEFT_PX + one.at() * width) - HALF_LABEL_PX, floor + 2, 2 * HALF_LABEL_PX, 18);
        }
        for (int i = 0; i < names.size(); i++) {
            names.get(i).resizeRelocate(4, TOP_PX + i * LANE_PX + (LANE_PX - 18) / 2, LEFT_PX - 8, 18);
        }
        for (Placed one : points) {
            one.node().relocate(0, 0);
            one.node().setLayoutX(LEFT_PX + one.at() * width);
            one.node().setLayoutY(one.y());
        }
    }
}
