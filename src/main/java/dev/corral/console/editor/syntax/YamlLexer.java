package dev.corral.console.editor.syntax;

import dev.corral.console.editor.syntax.LexedLine.Pieces;
import dev.corral.console.editor.syntax.LineState.Frame;
import dev.corral.console.editor.syntax.LineState.Kind;
import java.util.List;
import java.util.Set;

/** YAML: keys, values, and the text blocks that begin with a bar or a greater-than sign. */
final class YamlLexer implements Lexer {
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "~");
    // How long the head of a block may be: its bar, how it ends, and spaces.
    private static final int MOST_HEAD = 40;

    @Override
    public LexedLine lex(String line, LineState before) {
        Pieces pieces = new Pieces();
        List<Frame> open = before.frames();
        int indent = indent(line);
        if (!open.isEmpty() && open.getLast().kind() == Kind.BLOCK) {
            if (indent == line.length() || indent > open.getLast().depth()) {
                pieces.add(0, line.length(), Token.STRING);
                return pieces.end(open);
            }
            open.removeLast();
        }
        int at = indent;
        if (open.isEmpty()) {
            if (line.startsWith("---") || line.startsWith("...") || line.startsWith("%")) {
                pieces.add(0, line.length(), Token.KEYWORD);
                return pieces.end(open);
            }
            while (at + 1 < line.length() && line.charAt(at) == '-' && line.charAt(at + 1) == ' ') {
                at += 2;
                while (at < line.length() && line.charAt(at) == ' ') {
                    at++;
                }
            }
            int key = key(line, at);
            if (key > at) {
                pieces.add(at, key, Token.SYMBOL);
                at = key + 1;
            }
        }
        value(line, at, indent, open, pieces);
        return pieces.end(open);
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    // Where a key ends, which is where its colon stands.
    private static int key(String line, int from) {
        int at = from;
        if (at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'')) {
            int end = line.indexOf(line.charAt(at), at + 1);
            return end > 0 && end + 1 < line.length() && line.charAt(end + 1) == ':' ? end + 1 : -1;
        }
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ':' && (at + 1 == line.length() || line.charAt(at + 1) == ' ')) {
                return at;
            }
            if (c == '#' && at > from && line.charAt(at - 1) == ' ' || at == from && "#&*!|>{[\"'".indexOf(c) >= 0) {
                return -1;
            }
            at++;
        }
        return -1;
    }

    private static void value(String line, int from, int indent, List<Frame> open, Pieces pieces) {
        int at = from;
        while (at < line.length()) {
            if (!open.isEmpty()) {
                at = quoted(line, at, open, pieces);
                continue;
            }
            char c = line.charAt(at);
            boolean begins = at == 0 || " \t,[{:".indexOf(line.charAt(at - 1)) >= 0;
            if (c == '#' && begins) {
                pieces.add(at, line.length(), Token.COMMENT);
                return;
            } else if ((c == '"' || c == '\'') && begins) {
                open.add(Frame.string((char) 0, c, c == '"'));
                pieces.add(at, at + 1, Token.STRING);
                at++;
            } else if ((c == '|' || c == '>')
                    && begins
                    && line.length() - at <= MOST_HEAD
                    && line.substring(at + 1).strip().length() <= 2) {
                pieces.add(at, line.length(), Token.KEYWORD);
                open.add(Frame.block(indent));
                return;
            } else if (begins && !Character.isWhitespace(c)) {
                at = scalar(line, at, pieces);
            } else {
                at++;
            }
        }
    }

    private static int quoted(String line, int from, List<Frame> open, Pieces pieces) {
        Frame frame = open.getLast();
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '\\' && frame.lax()) {
                at = Math.min(line.length(), at + 2);
            } else {
                at++;
                if (c == frame.close()) {
                    open.removeLast();
                    break;
                }
            }
        }
        pieces.add(from, at, Token.STRING);
        return at;
    }

    private static int scalar(String line, int from, Pieces pieces) {
        int at = from;
        while (at < line.length() && " \t,]}".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            return from + 1;
        }
        String word = line.substring(from, at);
        if (word.startsWith("&") || word.startsWith("*") || word.startsWith("!")) {
            pieces.add(from, at, Token.VARIABLE);
        } else if (WORDS.contains(word)) {
            pieces.add(from, at, Token.KEYWORD);
        } else if (Character.isDigit(word.charAt(word.startsWith("-") && word.length() > 1 ? 1 : 0))
                && word.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == '-' || c == '_' || c == 'x')) {
            pieces.add(from, at, Token.NUMBER);
        }
        return at;
    }
}
