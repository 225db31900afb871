package dev.corral.console.solve.rating;

import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.RatingEntry;
import dev.corral.core.solve.rubric.Standing;
import java.util.List;
import java.util.Optional;

/**
 * A rating as it is shown. Immutable.
 *
 * @param rating    what stays the same of it
 * @param standings how far each sample is
 * @param history   what happened, oldest first
 * @param told      who solved what, in the order of the letters; empty until that was told
 */
record RatingView(
        Rating rating, List<Standing> standings, List<RatingEntry> history, Optional<List<Rating.Item>> told) {
    /** Copies the lists. */
    RatingView {
        standings = List.copyOf(standings);
        history = List.copyOf(history);
    }

    /** What tells it from others. */
    String id() {
        return rating.id();
    }

    /** How many samples have all their points. */
    long rated() {
        return standings.stream().filter(Standing::complete).count();
    }

    /** How many of these are not in their logs as they are now. */
    long unwritten() {
        return standings.stream()
                .filter(one -> one.complete() && !one.written())
                .count();
    }

    /** How far the sample of a letter is. */
    Optional<Standing> standing(String letter) {
        return standings.stream().filter(one -> one.letter().equals(letter)).findFirst();
    }

    /** Who solved the sample of a letter; empty until that was told. */
    String who(String letter) {
        return told.stream()
                .flatMap(List::stream)
                .filter(item -> item.letter().equals(letter))
                .map(item -> item.who() + ", " + item.task() + "/" + item.sample())
                .findFirst()
                .orElse("");
    }

    /** The first sample after a letter that is not rated, else the first of all that is not; empty if all are. */
    Optional<String> next(String letter) {
        int at = standings.stream().map(Standing::letter).toList().indexOf(letter);
        return standings.subList(at + 1, standings.size()).stream()
                .filter(one -> !one.complete())
                .findFirst()
                .or(() -> standings.stream().filter(one -> !one.complete()).findFirst())
                .map(Standing::letter);
    }
}
