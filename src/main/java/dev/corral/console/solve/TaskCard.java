package dev.corral.console.solve;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.MarkdownNodes;

/** The task's text. Targets are never here. */
final class TaskCard extends Card {
    private String shown = "";

    TaskCard() {
        super("Instructions");
        setId("solve-task");
        setShown(false);
    }

    /** Shows a text; nothing while there is none. */
    void show(String text) {
        if (text.equals(shown)) {
            return;
        }
        shown = text;
        setShown(!text.isBlank());
        setBody(MarkdownNodes.of(text));
    }
}
