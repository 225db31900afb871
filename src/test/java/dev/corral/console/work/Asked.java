package dev.corral.console.work;

import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;

/** Answers what a window would ask. */
final class Asked {
    private Asked() {}

    /** Gives the question that is shown the answer with this id. */
    static void answer(MessageCenter desk, String id) {
        Question question = desk.question().get();
        desk.answer(
                question,
                question.choices().stream()
                        .filter(choice -> choice.id().equals(id))
                        .findFirst()
                        .orElseThrow());
    }
}
