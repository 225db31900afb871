package dev.corral.console.strays.cards;

import javafx.geometry.Orientation;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Two cards side by side, both as tall as the taller one needs at the width it really has. The toolkit's rows ask a child that
 * grows for its height at the width before it grew.
 */
public final class CardRow extends Pane {
    private static final double GAP_PX = 14;
    private static final double LEAST_PX = 250;
    private static final double MOST_PX = 330;
    private static final double SHARE = 0.3;

    private final Region wide;
    private final Region narrow;

    public CardRow(Region wide, Region narrow) {
        this.wide = wide;
        this.narrow = narrow;
        getChildren().addAll(wide, narrow);
        setMinWidth(0);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private double narrowWidth(double width) {
        return Math.round(Math.clamp(width * SHARE, LEAST_PX, MOST_PX));
    }

    @Override
    protected double computePrefHeight(double width) {
        double known = width < 0 ? getWidth() : width;
        double end = narrowWidth(known);
        return Math.max(wide.prefHeight(Math.max(0, known - end - GAP_PX)), narrow.prefHeight(end));
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return LEAST_PX;
    }

    @Override
    protected void layoutChildren() {
        double end = narrowWidth(getWidth());
        double rest = Math.max(0, getWidth() - end - GAP_PX);
        wide.resizeRelocate(0, 0, rest, getHeight());
        narrow.resizeRelocate(rest + GAP_PX, 0, end, getHeight());
    }
}
