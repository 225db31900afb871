package dev.corral.console.editor.syntax;

import dev.corral.console.editor.syntax.LexedLine.Pieces;
import dev.corral.console.editor.syntax.LineState.Frame;
import dev.corral.console.editor.syntax.LineState.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads one line of a language that has strings which may go on, code in them, and here-documents. For one line. */
abstract class LineReader {
    final String line;
    final List<Frame> open;
    final Pieces pieces;
    int at;
    private final List<Frame> heredocs = new ArrayList<>();

    LineReader(String line, List<Frame> open, Pieces pieces) {
        this.line = line;
        this.open = open;
        this.pieces = pieces;
    }

    /** Reads on from within a string. */
    abstract void string();

    /** Reads on from outside of all strings. */
    abstract void code();

    /** The whole line. */
    final LexedLine run() {
        while (at < line.length()) {
            if (!open.isEmpty() && open.getLast().kind() == Kind.STRING) {
                string();
            } else {
                code();
            }
        }
        // The text of the first one comes first.
        heredocs.reversed().forEach(open::add);
        return pieces.end(open);
    }

    /** The text of a here-document, which ends with its word, alone on a line that looks like this. */
    static LexedLine heredoc(String line, String bare, List<Frame> open, Pieces pieces) {
        pieces.add(0, line.length(), Token.STRING);
        if (bare.equals(open.getLast().word())) {
            open.removeLast();
        }
        return pieces.end(open);
    }

    /** A here-document whose text begins on the next line. */
    final void heredoc(Frame frame) {
        heredocs.add(frame);
    }

    /** A string begins with so many characters. */
    final void begin(int length, Frame frame) {
        pieces.add(at, at + length, Token.STRING);
        at += length;
        open.add(frame);
    }

    /** All that is left is a remark. */
    final void comment() {
        pieces.add(at, line.length(), Token.COMMENT);
        at = line.length();
    }

    /** A backslash and what it takes its meaning from. */
    final void escaped() {
        at = Math.min(line.length(), at + 2);
    }

    /** Goes behind letters, digits and underscores. */
    final void skipWord() {
        while (at < line.length() && wordPart(line.charAt(at))) {
            at++;
        }
    }

    /** A character further on; 0 behind the end. */
    final char next(int by) {
        return at + by < line.length() ? line.charAt(at + by) : 0;
    }

    static boolean wordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
