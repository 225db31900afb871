package dev.corral.console.messages;

import dev.corral.core.inventory.Inventory;
import java.util.List;
import java.util.function.Predicate;

/**
 * A question that is asked inside the window.
 *
 * @param title   the question
 * @param text    what follows from a yes
 * @param victims what is destroyed by it, named one by one; may be empty
 * @param choices the answers, the safe one first
 * @param focused which answer has the focus, an index of {@code choices}
 * @param there   whether what it asks about is still in an inventory; the question goes when it is not
 */
public record Question(
        String title,
        String text,
        List<String> victims,
        List<Choice> choices,
        int focused,
        Predicate<Inventory> there) {

    /** A question about something that no inventory shows. */
    public Question(String title, String text, List<String> victims, List<Choice> choices, int focused) {
        this(title, text, victims, choices, focused, inventory -> true);
    }

    /** The answer that changes nothing: what Escape means. */
    public Choice safe() {
        return choices.getFirst();
    }

    /** Whether it would look the same to the user. */
    boolean same(Question other) {
        return title.equals(other.title) && text.equals(other.text) && victims.equals(other.victims);
    }

    /** How an answer's button looks. */
    public enum Tone {
        /** Quiet. */
        QUIET("quiet-button"),
        /** The main action. */
        MAIN("main-button"),
        /** Destroys something. */
        DESTRUCTIVE("destructive-button");

        private final String styleClass;

        Tone(String styleClass) {
            this.styleClass = styleClass;
        }

        /** The button's style class. */
        public String styleClass() {
            return styleClass;
        }
    }

    /**
     * An answer.
     *
     * @param id       names its button, for instance {@code confirm-destroy}
     * @param label    a verb
     * @param tone     how it looks
     * @param keepOpen whether the question stays after it, for instance because it only shows something
     * @param run      what it does
     */
    public record Choice(String id, String label, Tone tone, boolean keepOpen, Runnable run) {

        /** A quiet answer that does nothing but close the question. */
        public static Choice safe(String id, String label) {
            return new Choice(id, label, Tone.QUIET, false, () -> {});
        }
    }
}
