package dev.corral.console.solve.attempts;

import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.Medians;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the times of attempts lie on one axis that begins at nothing; people and models have a lane each. Places are parts of the axis, 0
 * to 1. Pure.
 *
 * @param lanes those that have a time, people first
 * @param ticks what stands below the axis
 * @param left  how many attempts have no known time, or no room
 */
record PlotLayout(List<Lane> lanes, List<Tick> ticks, int left) {
    /** More points would be one grey bar. */
    static final int MOST_POINTS = 300;

    /** How many points lie above each other before they hide each other. */
    static final int MOST_LEVELS = 4;

    private static final int SLOTS = 64;
    private static final int MOST_TICKS = 6;
    private static final double[] STEPS = {
        0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400
    };

    PlotLayout {
        lanes = List.copyOf(lanes);
        ticks = List.copyOf(ticks);
    }

    /** Attempts of one kind, and the median of their times. */
    record Lane(Attempt.Kind kind, List<Point> points, double median, String medianText) {
        Lane {
            points = List.copyOf(points);
        }
    }

    /** An attempt: where, how far above the lane's line, and whether it was right. */
    record Point(AttemptRow row, double at, int level, boolean right) {}

    /** A time. */
    record Tick(double at, String text) {}

    static PlotLayout of(List<Attempt> attempts) {
        List<Attempt> timed = attempts.stream()
                .filter(one -> one.compared().filter(time -> time >= 0).isPresent())
                .toList();
        double longest = timed.stream().mapToDouble(PlotLayout::time).max().orElse(0);
        if (timed.isEmpty()) {
            return new PlotLayout(List.of(), List.of(), attempts.size());
        }
        double step = step(longest);
        // One step more than the longest, so that no point lies on the edge.
        double end = step * (Math.floor(longest / step) + 1);
        List<Lane> lanes = new ArrayList<>();
        int shown = 0;
        for (Attempt.Kind kind : Attempt.Kind.values()) {
            List<Attempt> those = timed.stream()
                    .filter(one -> one.kind() == kind)
                    .sorted(Comparator.comparingDouble(PlotLayout::time))
                    .toList();
            if (!those.isEmpty()) {
                Lane lane = lane(kind, those, end);
                shown += lane.points().size();
                lanes.add(lane);
            }
        }
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end + step / 2; i++) {
            ticks.add(new Tick(i * step / end, text(i * step)));
        }
        return new PlotLayout(lanes, ticks, attempts.size() - shown);
    }

    private static double time(Attempt one) {
        return one.compared().orElse(0.0);
    }

    private static Lane lane(Attempt.Kind kind, List<Attempt> those, double end) {
        Map<Integer, Integer> levels = new HashMap<>();
        List<Point> points = new ArrayList<>();
        // Of more than have room, evenly many of quick and slow ones.
        int shown = Math.min(MOST_POINTS, those.size());
        for (int i = 0; i < shown; i++) {
            Attempt one = those.get((int) ((long) i * (those.size() - 1) / Math.max(1, shown - 1)));
            double at = time(one) / end;
            int level = levels.merge((int) (at * SLOTS), 1, Integer::sum) - 1;
            points.add(new Point(
                    AttemptRow.of(one),
                    at,
                    Math.min(level, MOST_LEVELS - 1),
                    one.right().filter(share -> share >= 1).isPresent()));
        }
        // Of the whole task, whichever samples these are of.
        Optional<Double> median =
                Medians.median(those.stream().map(PlotLayout::time).toList());
        return new Lane(kind, points, median.orElse(0.0) / end, AttemptRow.words(median));
    }

    private static double step(double longest) {
        for (double step : STEPS) {
            if (longest / step < MOST_TICKS) {
                return step;
            }
        }
        double day = STEPS[STEPS.length - 1];
        return day * Math.ceil(longest / day / MOST_TICKS);
    }

    private static String text(double seconds) {
        if (seconds == 0) {
            return "0";
        }
        if (seconds < 60) {
            return (seconds < 1 || seconds != Math.rint(seconds)
                            ? String.format(Locale.ROOT, "%.1f", seconds)
                            : Long.toString(Math.round(seconds)))
                    + " s";
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole % 3600 == 0 ? whole / 3600 + " h" : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** What a screen reader says of the whole. */
    String spoken() {
        List<String> words = new ArrayList<>();
        for (Lane lane : lanes) {
            words.add((lane.kind() == Attempt.Kind.PERSON ? "people: " : "models: ")
                    + lane.points().size() + ", median " + lane.medianText());
        }
        return words.isEmpty() ? "No attempt has a time" : "Times of attempts; " + String.join("; ", words);
    }
}
