package dev.corral.console.editor;

import java.util.List;
import java.util.Optional;

/**
 * What an editor asks of whoever understands the text. Everything is asked away from the FX thread, of a text as it was at one moment,
 * and may take its time: an answer that comes too late is dropped. Thread-safe.
 */
public interface EditorHelp {

    /** What may stand where the caret is: offsets count characters from 0, lines end with one line feed. */
    Completions completions(String text, int caret);

    /** What the word at an offset means, in plain words; may have several lines. */
    Optional<String> hover(String text, int offset);

    /** What is wrong with a text, in the order of its lines. */
    List<Mark> problems(String text);

    /** Whether {@link #problems} looks for any: only then is a text without them valid. */
    default boolean checks() {
        return true;
    }

    /**
     * Candidates.
     *
     * @param from where the text begins that a candidate takes the place of; it ends at the caret
     * @param list the candidates, the likeliest first
     */
    record Completions(int from, List<Candidate> list) {
        /** None. */
        public static Completions none() {
            return new Completions(0, List.of());
        }
    }

    /**
     * A candidate.
     *
     * @param insert      what is written
     * @param kind        what it is, one word, may be empty
     * @param explanation what it means, one line, may be empty
     */
    record Candidate(String insert, String kind, String explanation) {}
}
