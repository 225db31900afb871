package dev.corral.console.editor.syntax;

import dev.corral.console.editor.syntax.LexedLine.Pieces;
import java.util.List;

/** JSON. Nothing of it goes beyond its line. */
final class JsonLexer implements Lexer {
    @Override
    public LexedLine lex(String line, LineState before) {
        Pieces pieces = new Pieces();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            int from = at++;
            if (c == '"') {
                at = string(line, at);
                int next = at;
                while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
                    next++;
                }
                boolean key = next < line.length() && line.charAt(next) == ':';
                pieces.add(from, at, key ? Token.SYMBOL : Token.STRING);
                at = next;
            } else if (Character.isLetterOrDigit(c) || c == '-') {
                while (at < line.length()
                        && (Character.isLetterOrDigit(line.charAt(at)) || "+-.".indexOf(line.charAt(at)) >= 0)) {
                    at++;
                }
                pieces.add(from, at, Character.isLetter(c) ? Token.KEYWORD : Token.NUMBER);
            }
        }
        return pieces.end(List.of());
    }

    private static int string(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(line.length(), at + 1);
    }
}
