package dev.corral.console.solve.rating;

import dev.corral.console.page.Command;
import dev.corral.console.shared.Formats;
import dev.corral.core.solve.rubric.Points;
import dev.corral.core.solve.rubric.RatingEntry;
import dev.corral.core.solve.rubric.Rubric.Criterion;
import dev.corral.core.solve.rubric.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What can be done with a rating, and the words for how far it is. Pure. */
final class RatingRules {
    private RatingRules() {}

    /** Why commands make no sense now. */
    static Map<Command, String> obstacles(Optional<RatingView> shown, String busy) {
        Map<Command, String> obstacles = new HashMap<>();
        if (!busy.isEmpty()) {
            for (RatingAction action : new RatingAction[] {RatingAction.NEW, RatingAction.WRITE, RatingAction.REVEAL}) {
                obstacles.put(action, busy);
            }
            return obstacles;
        }
        if (shown.isEmpty()) {
            obstacles.put(RatingAction.WRITE, "There is no rating yet");
            obstacles.put(RatingAction.REVEAL, "There is no rating yet");
            return obstacles;
        }
        if (shown.get().unwritten() == 0) {
            obstacles.put(
                    RatingAction.WRITE,
                    shown.get().rated() == 0 ? "No sample has all its points yet" : "The logs have all that is rated");
        }
        if (shown.get().told().isPresent()) {
            obstacles.put(RatingAction.REVEAL, "It was told");
        }
        return obstacles;
    }

    /** How far it is as a whole. */
    static String progress(RatingView view) {
        long all = view.standings().size();
        String rated = view.rated() + " of " + Formats.count(all, "sample", "samples") + " rated";
        return view.unwritten() == 0 ? rated : rated + ", " + view.unwritten() + " not in the logs yet";
    }

    /** What stands in the list for a sample. */
    static String state(RatingView view, Standing one) {
        int all = view.rating().rubric().criteria().size();
        return one.complete()
                ? (one.written() ? "in the log" : "rated")
                : one.given().size() + " of " + all;
    }

    /** Points of a sample. */
    static String points(Standing one) {
        return one.given().isEmpty() ? "" : Points.words(one.points()) + " of " + Points.words(one.of());
    }

    /** What can be given for a criterion. */
    static String range(Criterion criterion) {
        return criterion.passFail() ? "Pass or fail" : "0 to " + Points.words(criterion.points());
    }

    /** The points that somebody typed; empty if that is no number that can be given. */
    static Optional<Double> typed(String text, Criterion criterion) {
        String plain = text.strip().replace(',', '.');
        return Optional.of(plain)
                .filter(number -> number.matches("[0-9]{1,6}(\\.[0-9]{1,2})?"))
                .map(Double::parseDouble)
                .filter(points -> points <= criterion.points());
    }

    /** What was given, in a line. */
    static String given(RatingEntry entry, Criterion criterion) {
        double points = entry.after().orElse(0.0);
        String words = criterion.passFail()
                ? (points > 0 ? "Pass" : "Fail")
                : Points.words(points) + " of " + Points.words(criterion.points());
        return words + (entry.by().isEmpty() ? "" : " by " + entry.by()) + ": " + entry.reason();
    }

    /** An entry of the history, in a line. */
    static String told(RatingEntry entry) {
        String who = entry.by().isEmpty() ? "" : ", " + entry.by();
        String words =
                switch (entry.kind()) {
                    case GIVEN ->
                        entry.letter() + " " + entry.criterion() + " "
                                + entry.before()
                                        .map(before -> Points.words(before) + " → ")
                                        .orElse("") + Points.words(entry.after().orElse(0.0)) + ": " + entry.reason()
                                + (entry.seen() ? " (it was known who solved it)" : "");
                    case WRITTEN -> entry.letter() + " written into its log";
                    case REVEALED -> "It was told who solved what";
                };
        return Formats.exact(entry.at()) + who + "  " + words;
    }
}
