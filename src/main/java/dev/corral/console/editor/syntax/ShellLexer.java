package dev.corral.console.editor.syntax;

import dev.corral.console.editor.syntax.LexedLine.Pieces;
import dev.corral.console.editor.syntax.LineState.Frame;
import dev.corral.console.editor.syntax.LineState.Kind;
import java.util.List;
import java.util.Set;

/** Scripts for sh and bash. */
final class ShellLexer implements Lexer {
    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "for",
            "in",
            "do",
            "done",
            "while",
            "until",
            "case",
            "esac",
            "function",
            "select",
            "return",
            "exit",
            "set",
            "export",
            "local",
            "readonly",
            "declare",
            "unset",
            "shift",
            "trap",
            "source",
            "eval",
            "exec",
            "break",
            "continue",
            "true",
            "false");

    @Override
    public LexedLine lex(String line, LineState before) {
        Pieces pieces = new Pieces();
        List<Frame> open = before.frames();
        if (!open.isEmpty() && open.getLast().kind() == Kind.HEREDOC) {
            Frame top = open.getLast();
            return LineReader.heredoc(line, top.lax() ? line.stripLeading() : line, open, pieces);
        }
        return new Line(line, open, pieces).run();
    }

    /** One line being read. */
    private static final class Line extends LineReader {
        Line(String line, List<Frame> open, Pieces pieces) {
            super(line, open, pieces);
        }

        @Override
        void string() {
            Frame frame = open.getLast();
            int from = at;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (c == '\\' && frame.lax()) {
                    escaped();
                } else if (c == frame.close()) {
                    at++;
                    open.removeLast();
                    break;
                } else if (c == '$' && frame.lax()) {
                    pieces.add(from, at, Token.STRING);
                    variable(Token.STRING);
                    from = at;
                } else {
                    at++;
                }
            }
            pieces.add(from, at, Token.STRING);
        }

        @Override
        void code() {
            char c = line.charAt(at);
            if (c == '#' && (at == 0 || " \t;&|(".indexOf(line.charAt(at - 1)) >= 0)) {
                comment();
            } else if (c == '"' || c == '\'' || c == '`') {
                begin(1, Frame.string((char) 0, c, c != '\''));
            } else if (c == '\\') {
                escaped();
            } else if (c == '$') {
                variable(Token.PLAIN);
            } else if (c == '<' && line.startsWith("<<", at) && heredoc()) {
                // The text of it begins on the next line.
                return;
            } else if (wordPart(c)) {
                word();
            } else {
                at++;
            }
        }

        private void variable(Token otherwise) {
            int from = at++;
            if (at >= line.length()) {
                pieces.add(from, at, otherwise);
                return;
            }
            char c = line.charAt(at);
            if (c == '{') {
                int end = line.indexOf('}', at);
                at = end < 0 ? line.length() : end + 1;
            } else if (Character.isLetter(c) || c == '_') {
                skipWord();
            } else if (Character.isDigit(c) || "@*#?$!-".indexOf(c) >= 0) {
                at++;
            } else {
                pieces.add(from, at, otherwise);
                return;
            }
            pieces.add(from, at, Token.VARIABLE);
        }

        private boolean heredoc() {
            if (line.startsWith("<<<", at)) {
                at += 3;
                return true;
            }
            int from = at;
            int name = at + 2;
            boolean tabs = name < line.length() && line.charAt(name) == '-';
            name += tabs ? 1 : 0;
            while (name < line.length() && line.charAt(name) == ' ') {
                name++;
            }
            StringBuilder word = new StringBuilder();
            int end = name;
            while (end < line.length() && (wordPart(line.charAt(end)) || "\"'\\".indexOf(line.charAt(end)) >= 0)) {
                if (wordPart(line.charAt(end))) {
                    word.append(line.charAt(end));
                }
                end++;
            }
            if (word.isEmpty() || Character.isDigit(word.charAt(0))) {
                return false;
            }
            heredoc(Frame.heredoc(word.toString(), tabs));
            pieces.add(from, end, Token.STRING);
            at = end;
            return true;
        }

        private void word() {
            int from = at;
            boolean alone = from == 0 || " \t;&|(`!".indexOf(line.charAt(from - 1)) >= 0;
            while (at < line.length()
                    && (wordPart(line.charAt(at)) || line.charAt(at) == '-' || line.charAt(at) == '.')) {
                at++;
            }
            String word = line.substring(from, at);
            boolean assigned = at < line.length() && line.charAt(at) == '=';
            if (alone && assigned) {
                pieces.add(from, at, Token.VARIABLE);
            } else if (alone && KEYWORDS.contains(word)) {
                pieces.add(from, at, Token.KEYWORD);
            } else if (alone && word.chars().allMatch(Character::isDigit)) {
                pieces.add(from, at, Token.NUMBER);
            }
        }
    }
}
