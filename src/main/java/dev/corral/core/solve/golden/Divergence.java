package dev.corral.core.solve.golden;

import java.util.List;
import java.util.Locale;

/**
 * Where a replay went another way than the golden run.
 *
 * @param step     which step, from 1; 0 when all were as expected and what came then was not
 * @param command  its command
 * @param kind     in what
 * @param line     which line of the output, from 1; 0 if it is not about one
 * @param expected what was expected there; empty: nothing
 * @param seen     what was seen; empty: nothing. Untrusted
 * @param output   the first lines that the command showed, untrusted
 */
public record Divergence(
        int step, String command, Kind kind, int line, String expected, String seen, List<String> output) {
    /** In what a step can differ. */
    public enum Kind {
        /** It showed something else. */
        OUTPUT,
        /** It ended with another status. */
        EXIT,
        /** It did not end in time. */
        TIME_LIMIT,
        /** The shell, or the machine, ended. */
        SHELL_ENDED,
        /** The scorers say something else. */
        SCORE;

        /** The word in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the lines. */
    public Divergence {
        output = List.copyOf(output);
    }
}
