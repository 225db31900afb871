package dev.corral.console.shared;

import javafx.scene.layout.Region;

/** A grey line with a bar on it: when something was, on a scale that several share. For the FX thread. */
public final class Track extends Region {
    private static final double HEIGHT_PX = 6;
    private static final double LEAST_PX = 2;

    private final Region bar;
    private double start;
    private double width;

    /** @param bar lies on the line; its colour is its style class's */
    public Track(Region bar) {
        this.bar = bar;
        getStyleClass().add("track");
        getChildren().add(bar);
        setMinHeight(HEIGHT_PX);
        setMaxHeight(HEIGHT_PX);
    }

    /**
     * Puts the bar there.
     *
     * @param newStart where it begins, as a part of the whole, 0 to 1
     * @param newWidth its length, likewise; it is seen even if that is nothing
     */
    public void place(double newStart, double newWidth) {
        bar.setVisible(true);
        if (start != newStart || width != newWidth) {
            start = newStart;
            width = newWidth;
            requestLayout();
        }
    }

    /** Takes the bar away: it has not been yet. */
    public void clear() {
        bar.setVisible(false);
    }

    @Override
    protected void layoutChildren() {
        bar.resizeRelocate(
                Math.round(start * getWidth()), 0, Math.max(LEAST_PX, Math.round(width * getWidth())), HEIGHT_PX);
    }
}
