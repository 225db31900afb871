package dev.corral.console.solve.rating;

import dev.corral.console.messages.Question;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.Standing;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What is asked before logs are changed, and before it is told who solved what. */
final class RatingQuestions {
    private RatingQuestions() {}

    /** Before the points go into the logs. */
    static Question write(RatingView view, Consumer<Set<String>> yes) {
        List<String> logs = view.standings().stream()
                .filter(one -> one.complete() && !one.written())
                .map(Standing::letter)
                .toList();
        return new Question(
                "Write the points of " + Formats.count(logs.size(), "sample", "samples") + " into the logs?",
                "Each gets the score " + Texts.line(view.rating().rubric().scorer())
                        + ", with who gave the points and why. "
                        + (view.rating().rubric().replace()
                                ? "A scorer's own score of that name is replaced; it stays in the score's history."
                                : "What scorers said stays as it is."),
                List.of("Samples " + String.join(", ", logs)),
                List.of(
                        Question.Choice.safe("keep-logs", "Not now"),
                        new Question.Choice(
                                "confirm-write",
                                "Write",
                                Question.Tone.MAIN,
                                false,
                                () -> yes.accept(Set.copyOf(logs)))),
                0);
    }

    /** Before it is told. */
    static Question reveal(RatingView view, Runnable yes) {
        Rating rating = view.rating();
        long open = rating.items().size() - view.rated();
        return new Question(
                "Tell who solved what?",
                "It can't be taken back: points that are given from then on say, in the log too, that it was known."
                        + (open == 0
                                ? ""
                                : " " + Formats.count(open, "sample has", "samples have") + " not all points yet."),
                List.of(),
                List.of(
                        Question.Choice.safe("keep-blind", "Not yet"),
                        new Question.Choice(
                                "confirm-reveal",
                                "Tell",
                                open == 0 ? Question.Tone.MAIN : Question.Tone.DESTRUCTIVE,
                                false,
                                yes)),
                0);
    }
}
