package dev.corral.core.solve.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of a line of milliseconds, and what is left of them when others are taken out. Pure. */
final class Segments {
    /** One stretch; its end is not part of it. */
    record Segment(long from, long to) {
        long length() {
            return Math.max(0, to - from);
        }
    }

    private Segments() {}

    /** How much of these lies within those, what overlaps counted once. */
    static long common(List<Segment> these, List<Segment> within) {
        long sum = 0;
        for (Segment one : union(these)) {
            for (Segment other : union(within)) {
                sum += new Segment(Math.max(one.from, other.from), Math.min(one.to, other.to)).length();
            }
        }
        return sum;
    }

    /** The length of them all. */
    static long length(List<Segment> segments) {
        return union(segments).stream().mapToLong(Segment::length).sum();
    }

    private static List<Segment> union(List<Segment> segments) {
        List<Segment> sorted = new ArrayList<>(segments);
        sorted.sort(Comparator.comparingLong(Segment::from));
        List<Segment> joined = new ArrayList<>();
        for (Segment each : sorted) {
            if (each.length() == 0) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().to >= each.from) {
                Segment last = joined.removeLast();
                joined.add(new Segment(last.from, Math.max(last.to, each.to)));
            } else {
                joined.add(each);
            }
        }
        return joined;
    }
}
