package dev.corral.console.editor.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * What is open where a line begins: strings, here-documents, remarks, and the code within strings. Two lines with equal texts and equal
 * states have equal colours, which is what lets an editor stop as soon as states agree again.
 *
 * @param open what is open, the innermost last
 */
public record LineState(List<Frame> open) {
    /** Where nothing is open. */
    public static final LineState NONE = new LineState(List.of());

    // A hostile file must not make each line's state as long as the file.
    private static final int MOST = 40;

    /** Sorts of open things. */
    enum Kind {
        STRING,
        CODE,
        HEREDOC,
        COMMENT,
        BLOCK
    }

    /**
     * Something open.
     *
     * @param kind  its sort
     * @param open  what makes it deeper, 0 where nothing does
     * @param close what ends it
     * @param word  the word that ends a here-document
     * @param lax   whether code may stand in it, or the word be indented, as the language has it
     * @param depth how deep, or how far a block is indented
     */
    record Frame(Kind kind, char open, char close, String word, boolean lax, int depth) {
        static Frame string(char open, char close, boolean interpolates) {
            return new Frame(Kind.STRING, open, close, "", interpolates, 0);
        }

        static Frame code() {
            return new Frame(Kind.CODE, '{', '}', "", false, 0);
        }

        static Frame heredoc(String word, boolean indented) {
            return new Frame(Kind.HEREDOC, (char) 0, (char) 0, word, indented, 0);
        }

        static Frame comment(String word) {
            return new Frame(Kind.COMMENT, (char) 0, (char) 0, word, false, 0);
        }

        static Frame block(int indent) {
            return new Frame(Kind.BLOCK, (char) 0, (char) 0, "", false, indent);
        }

        boolean isString() {
            return kind == Kind.STRING;
        }

        boolean isText() {
            return kind == Kind.HEREDOC || kind == Kind.COMMENT || kind == Kind.BLOCK;
        }

        Frame deeper(int by) {
            return new Frame(kind, open, close, word, lax, depth + by);
        }
    }

    /** Copies the list. */
    public LineState {
        open = List.copyOf(open.size() > MOST ? open.subList(0, MOST) : open);
    }

    /** Those frames to change. */
    List<Frame> frames() {
        return new ArrayList<>(open);
    }
}
