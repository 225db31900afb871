package dev.corral.console.editor;

import java.util.Optional;

/** Brackets and quotes that come in pairs. Pure. */
final class Pairs {
    private static final String OPEN = "([{\"'`";
    private static final String CLOSE = ")]}\"'`";

    private Pairs() {}

    /** What closes this; empty when it opens nothing. */
    static Optional<String> closing(String typed) {
        int at = typed.length() == 1 ? OPEN.indexOf(typed.charAt(0)) : -1;
        return at < 0 ? Optional.empty() : Optional.of(String.valueOf(CLOSE.charAt(at)));
    }

    /**
     * Whether a typed character brings its partner along.
     *
     * @param line  the line
     * @param at    where the caret stands in it
     * @param plain whether code stands there: within strings and remarks nothing comes by itself
     */
    static boolean completes(String typed, String line, int at, boolean plain) {
        if (closing(typed).isEmpty() || !plain) {
            return false;
        }
        char next = at < line.length() ? line.charAt(at) : ' ';
        boolean free = Character.isWhitespace(next) || ",.;:)]}|".indexOf(next) >= 0;
        boolean quote = "\"'`".contains(typed);
        // The apostrophe of a word is no quote.
        return free
                && !(quote
                        && at > 0
                        && (Character.isLetterOrDigit(line.charAt(at - 1)) || line.charAt(at - 1) == '\\'));
    }

    /** Whether a typed character is there already, put by its partner, and only to be stepped over. */
    static boolean stepsOver(String typed, String line, int at) {
        return typed.length() == 1
                && CLOSE.indexOf(typed.charAt(0)) >= 0
                && at < line.length()
                && line.charAt(at) == typed.charAt(0)
                && (at == 0 || line.charAt(at - 1) != '\\');
    }

    /** Whether the caret stands within an empty pair, of which both go together. */
    static boolean empty(String line, int at) {
        return at > 0
                && at < line.length()
                && closing(line.substring(at - 1, at))
                        .filter(line.substring(at, at + 1)::equals)
                        .isPresent();
    }
}
