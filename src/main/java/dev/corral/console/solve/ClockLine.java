package dev.corral.console.solve;

import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.Interval;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;

/** A session's time as a line: work, and on it every stretch that is shown apart. */
final class ClockLine extends Region {
    private static final double HEIGHT_PX = 12;
    private static final double LEAST_PX = 2;

    private record Part(Region node, double from, double to) {}

    private List<Part> parts = List.of();
    private List<Interval> shown = List.of();
    private long whole;

    ClockLine() {
        getStyleClass().add("clock-line");
        setId("clock-line");
        setMinHeight(HEIGHT_PX);
        setMaxHeight(HEIGHT_PX);
        setPrefHeight(HEIGHT_PX);
    }

    void show(ClockReading clock) {
        long now = Math.max(1, clock.wall().toMillis());
        if (clock.intervals().equals(shown) && now == whole) {
            return;
        }
        shown = clock.intervals();
        whole = now;
        List<Part> made = new ArrayList<>();
        for (Interval each : shown) {
            Region node = new Region();
            node.getStyleClass().addAll("clock-part", "clock-" + each.kind().word());
            if (!each.counted() && each.decidable()) {
                node.getStyleClass().add("clock-struck");
            }
            made.add(new Part(
                    node, each.from().toMillis() / (double) now, each.to().toMillis() / (double) now));
        }
        parts = made;
        getChildren().setAll(made.stream().map(Part::node).toList());
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        for (Part part : parts) {
            double from = Math.round(part.from * getWidth());
            double width = Math.max(LEAST_PX, Math.round(part.to * getWidth()) - from);
            part.node.resizeRelocate(Math.min(from, getWidth() - LEAST_PX), 0, width, getHeight());
        }
    }
}
