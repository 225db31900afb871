package dev.corral.console.messages;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;

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
        return new BoundingBox(
                Math.round(area.getMinX() + MARGIN_PX + Math.max(0, free) * across),
                Math.round(area.getMinY() + MARGIN_PX + Math.max(0, below) * down),
                width,
                height);
    }

    /**
     * Something that a card may hide.
     *
     * @param bounds where it is, in the area's coordinates
     * @param rank   0 for what must not be hidden, higher for what may be rather
     */
    record Matter(Bounds bounds, int rank) {}

    /** The rank of what is only there. */
    static final int ONLY_THERE = 2;

    /**
     * The corner that hides least of what must not be hidden, of those the one that hides least of the next rank, and so on. The present
     * one stays while it hides nothing but what is only there, so that a card does not wander.
     *
     * @param now     the present one; empty when there is nothing to be moved yet
     * @param matters what should stay in sight
     */
    static Spot choose(Optional<Spot> now, Bounds area, double width, double height, List<Matter> matters) {
        if (now.filter(spot -> spot.hides(area, width, height, matters, 0) == 0
                        && spot.hides(area, width, height, matters, 1) == 0)
                .isPresent()) {
            return now.get();
        }
        return List.of(values()).stream()
                .min(Comparator.comparingDouble((Spot spot) -> spot.hides(area, width, height, matters, 0))
                        .thenComparingDouble(spot -> spot.hides(area, width, height, matters, 1))
                        .thenComparingDouble(spot -> spot.hides(area, width, height, matters, ONLY_THERE)))
                .orElse(BOTTOM_LEFT);
    }

    private double hides(Bounds area, double width, double height, List<Matter> matters, int rank) {
        Bounds own = at(area, width, height);
        return matters.stream()
                .filter(each -> each.rank() == rank)
                .mapToDouble(each -> overlap(own, each.bounds()))
                .sum();
    }

    private static double overlap(Bounds one, Bounds other) {
        double width = Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
        double height = Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
        return width > 0 && height > 0 ? width * height : 0;
    }
}
