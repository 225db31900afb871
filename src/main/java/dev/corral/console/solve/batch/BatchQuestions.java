package dev.corral.console.solve.batch;

import dev.corral.console.messages.Question;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.batch.Batches;
import java.util.List;

/** What is asked before somebody's session is ended. */
final class BatchQuestions {
    private BatchQuestions() {}

    /** Before a sample is left out whose session goes on. */
    static Question skip(Batches.Row row, Runnable yes) {
        return new Question(
                "Leave " + Texts.line(row.item().sample()) + " out?",
                "Its session is ended without an answer, and its machines are destroyed.",
                List.of(Texts.line(row.session())),
                List.of(
                        Question.Choice.safe("keep-solving", "Keep it"),
                        new Question.Choice("confirm-skip", "Leave it out", Question.Tone.DESTRUCTIVE, false, yes)),
                0);
    }

    /** Before all sessions are ended. */
    static Question stop(Batches.View view, Runnable yes) {
        List<String> live = view.rows().stream()
                .filter(BatchRules::live)
                .map(row -> Texts.line(row.item().sample()) + "  " + row.session())
                .toList();
        return new Question(
                "End the batch now?",
                "Sessions that go on are ended without an answer, and their machines are destroyed. Nothing more begins.",
                live,
                List.of(
                        Question.Choice.safe("keep-solving", "Go on solving"),
                        new Question.Choice("confirm-stop", "End it", Question.Tone.DESTRUCTIVE, false, yes)),
                0);
    }
}
