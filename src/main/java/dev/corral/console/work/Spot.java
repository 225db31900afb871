package dev.corral.console.work;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
     * Something that a card may hide.
     *
     * @param bounds where it is, in the area's coordinates
     * @param much   whether hiding it takes from the user what they are at; else it is only there
     */
    record Matter(Bounds bounds, boolean much) {}

    /**
     * The corner that hides least of what matters, and of those the one that hides least of anything. The present one stays while it
     * hides nothing that matters much, so that a card does not wander.
     *
     * @param now     the present one; empty when there is nothing to be moved yet
     * @param matters what should stay in sight
     */
    static Spot choose(Optional<Spot> now, Bounds area, double width, double height, List<Matter> matters) {
        if (now.filter(spot -> spot.hides(area, width, height, matters, true) == 0).isPresent()) {
            return now.get();
        }
        return List.of(values()).stream().min(Comparator
                .comparingDouble((Spot spot) -> spot.hides(area, width, height, matters, true))
                .thenComparingDouble(spot -> spot.hides(area, width, height, matters, false))).orElse(BOTTOM_LEFT);
    }

    private double hides(Bounds area, double width, double height, List<Matter> matters, boolean much) {
        Bounds own = at(area, width, height);
        return matters.stream().filter(each -> each.much() == much).mapToDouble(each -> overlap(own, each.bounds())).sum();
    }

    private static double overlap(Bounds one, Bounds other) {
        double width = Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
        double height = Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
        return width > 0 && height > 0 ? width * height : 0;
    }
}
