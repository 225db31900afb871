package dev.corral.core.solve.rubric;

import dev.corral.core.solve.rubric.RatingEntry.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the rating of one sample is. Read off the journal; pure.
 *
 * @param letter   the sample
 * @param given    the newest word on each criterion that was rated
 * @param points   the points in all
 * @param of       the most that can be given
 * @param complete whether every criterion was rated
 * @param written  whether the log has it as it is now
 */
public record Standing(
        String letter, Map<String, RatingEntry> given, double points, double of, boolean complete, boolean written) {

    static Standing of(Rating rating, List<RatingEntry> entries, String letter) {
        Map<String, RatingEntry> given = new LinkedHashMap<>();
        boolean written = false;
        for (RatingEntry entry : entries) {
            if (entry.letter().equals(letter)) {
                if (entry.kind() == Kind.GIVEN) {
                    given.put(entry.criterion(), entry);
                    written = false;
                } else if (entry.kind() == Kind.WRITTEN) {
                    written = true;
                }
            }
        }
        double points = given.values().stream()
                .map(RatingEntry::after)
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .sum();
        return new Standing(
                letter,
                given,
                points,
                rating.rubric().points(),
                given.size() == rating.rubric().criteria().size(),
                written);
    }

    /** The value for the log: the share of all points, from 0 to 1. */
    public double share() {
        return Math.round(points / of * 10_000) / 10_000.0;
    }
}
