package dev.corral.console.editor.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * The colours of a line.
 *
 * @param pieces what is not plain, from left to right
 * @param after  what is open at its end
 */
public record LexedLine(List<Piece> pieces, LineState after) {

    /**
     * Some characters of a line.
     *
     * @param from  the first one, from 0
     * @param to    after the last one
     * @param token what they are
     */
    public record Piece(int from, int to, Token token) {}

    /** Collects pieces; neighbours of one sort become one. */
    static final class Pieces {
        private final List<Piece> list = new ArrayList<>();

        void add(int from, int to, Token token) {
            if (from >= to || token == Token.PLAIN) {
                return;
            }
            if (!list.isEmpty()) {
                Piece last = list.getLast();
                if (last.to() == from && last.token() == token) {
                    list.set(list.size() - 1, new Piece(last.from(), to, token));
                    return;
                }
            }
            list.add(new Piece(from, to, token));
        }

        LexedLine end(List<LineState.Frame> open) {
            return new LexedLine(List.copyOf(list), open.isEmpty() ? LineState.NONE : new LineState(open));
        }
    }
}
