package dev.corral.console.editor;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that is wrong with a place of a text.
 *
 * @param line     from 1
 * @param column   from 1, in characters
 * @param endLine  the line of its end
 * @param end      the column after its last character; where that is not after the beginning, the word there is marked
 * @param severity how bad it is
 * @param message  what is wrong, a plain sentence
 * @param nextStep what to do, may be empty
 * @param fix      what to write instead of the marked text, where that is known
 */
public record Mark(
        int line,
        int column,
        int endLine,
        int end,
        Severity severity,
        String message,
        String nextStep,
        Optional<String> fix) {

    /** How bad something is. */
    public enum Severity {
        /** It can not work. */
        ERROR,
        /** It works, but not as it looks. */
        WARNING;

        /** The style class of the marked text. */
        String styleClass() {
            return "mark-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Fills what makes no sense. */
    public Mark {
        line = Math.max(1, line);
        column = Math.max(1, column);
        endLine = Math.max(line, endLine);
    }

    /** A mark at the word of a place. */
    public static Mark at(int line, int column, Severity severity, String message, String nextStep) {
        return new Mark(line, column, line, 0, severity, message, nextStep, Optional.empty());
    }

    /** The same so many lines further down. */
    Mark moved(int lines) {
        return lines == 0
                ? this
                : new Mark(line + lines, column, endLine + lines, end, severity, message, nextStep, fix);
    }
}
