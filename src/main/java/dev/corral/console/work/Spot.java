package dev.corral.console.work;

import java.util.Comparator;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.BoundingBox;

/** The corners of a page in which messages may float, the one that is taken first at the beginning. Pure. */
enum Spot {
    /** Below the list, where it usually has no rows. */
    BOTTOM_LEFT(0, 1),
    /** Below the details. */
    BOTTOM_RIGHT(1, 1),
    /** Over the middle of the lower edge. */
    BOTTOM_CENTER(0.5, 1),
    /** Over the details' head. */
    TOP_RIGHT(1, 0),
    /** Over the list's first rows. */
    TOP_LEFT(0, 0);

    /** Room to the page's edges, in pixels. */
    static final double MARGIN_PX = 12;

    private final double across;
    private final double down;

    Spot(double across, double down) {
        this.across = across;
        this.down = down;
    }

    /** Where something of that size lies in this corner of the area. */
    Bounds at(Bounds area, double width, double height) {
        double free = area.getWidth() - 2 * MARGIN_PX - width;
        double below = area.getHeight() - 2 * MARGIN_PX - height;
        return new BoundingBox(Math.round(area.getMinX() + MARGIN_PX + Math.max(0, free) * across),
                Math.round(area.getMinY() + MARGIN_PX + Math.max(0, below) * down), width, height);
    }

    /**
     * The corner that hides least of what matters. The present one stays while it hides nothing, so that a card does not wander.
     *
     * @param now     the present one
     * @param matters what should stay in sight, in the area's coordinates
     */
    static Spot choose(Spot now, Bounds area, double width, double height, List<Bounds> matters) {
        if (now.hides(area, width, height, matters) == 0) {
            return now;
        }
        return List.of(values()).stream().min(Comparator.comparingDouble(spot -> spot.hides(area, width, height, matters))).orElse(now);
    }

    private double hides(Bounds area, double width, double height, List<Bounds> matters) {
        Bounds own = at(area, width, height);
        return matters.stream().mapToDouble(each -> overlap(own, each)).sum();
    }

    private static double overlap(Bounds one, Bounds other) {
        double width = Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
        double height = Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
        return width > 0 && height > 0 ? width * height : 0;
    }
}
