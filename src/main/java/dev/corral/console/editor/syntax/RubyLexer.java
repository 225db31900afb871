package dev.corral.console.editor.syntax;

import dev.corral.console.editor.syntax.LexedLine.Pieces;
import dev.corral.console.editor.syntax.LineState.Frame;
import dev.corral.console.editor.syntax.LineState.Kind;
import java.util.List;
import java.util.Set;

/** Ruby as Vagrantfiles use it. It knows enough to tell strings, here-documents and remarks from code; it is no parser. */
final class RubyLexer implements Lexer {
    private static final Set<String> KEYWORDS = Set.of(
            "do",
            "end",
            "if",
            "else",
            "elsif",
            "unless",
            "while",
            "until",
            "case",
            "when",
            "then",
            "def",
            "class",
            "module",
            "return",
            "begin",
            "rescue",
            "ensure",
            "raise",
            "true",
            "false",
            "nil",
            "and",
            "or",
            "not",
            "in",
            "require",
            "require_relative",
            "load",
            "next",
            "break",
            "yield",
            "self",
            "for",
            "lambda",
            "proc",
            "super",
            "loop",
            "__FILE__",
            "__dir__");
    // After these a slash begins a pattern and a percent sign a string.
    private static final String VALUE_FOLLOWS = "(,=:[!&|?{};+-*~^<>";
    private static final String END_OF_DATA = "\0";

    @Override
    public LexedLine lex(String line, LineState before) {
        Pieces pieces = new Pieces();
        List<Frame> open = before.frames();
        Frame top = open.isEmpty() ? null : open.getLast();
        if (top != null && top.kind() == Kind.COMMENT) {
            pieces.add(0, line.length(), Token.COMMENT);
            if (!top.word().equals(END_OF_DATA) && line.startsWith(top.word())) {
                open.removeLast();
            }
            return pieces.end(open);
        }
        if (top != null && top.kind() == Kind.HEREDOC) {
            return LineReader.heredoc(line, top.lax() ? line.strip() : line, open, pieces);
        }
        if (open.isEmpty() && (line.startsWith("=begin") || line.equals("__END__"))) {
            pieces.add(0, line.length(), Token.COMMENT);
            open.add(Frame.comment(line.startsWith("=") ? "=end" : END_OF_DATA));
            return pieces.end(open);
        }
        return new Line(line, open, pieces).run();
    }

    /** One line being read. */
    private static final class Line extends LineReader {
        private char lastSign = '(';

        Line(String line, List<Frame> open, Pieces pieces) {
            super(line, open, pieces);
        }

        @Override
        void string() {
            Frame frame = open.getLast();
            int from = at;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (c == '\\') {
                    escaped();
                } else if (c == frame.close() && frame.depth() == 0) {
                    at++;
                    open.removeLast();
                    pieces.add(from, at, Token.STRING);
                    lastSign = 'x';
                    return;
                } else if (frame.lax() && c == '#' && next(1) == '{') {
                    at += 2;
                    pieces.add(from, at, Token.STRING);
                    replaceTop(frame);
                    open.add(Frame.code());
                    lastSign = '(';
                    return;
                } else {
                    if (frame.open() != 0 && c == frame.open()) {
                        frame = frame.deeper(1);
                    } else if (c == frame.close()) {
                        frame = frame.deeper(-1);
                    }
                    at++;
                }
            }
            replaceTop(frame);
            pieces.add(from, at, Token.STRING);
        }

        private void replaceTop(Frame frame) {
            open.set(open.size() - 1, frame);
        }

        @Override
        void code() {
            char c = line.charAt(at);
            if (c == '#') {
                comment();
            } else if (c == '"' || c == '`' || c == '\'') {
                begin(1, Frame.string((char) 0, c, c != '\''));
            } else if (Character.isLetter(c) || c == '_') {
                word();
            } else if (Character.isDigit(c)) {
                int from = at;
                while (at < line.length()
                        && (Character.isLetterOrDigit(line.charAt(at))
                                || line.charAt(at) == '_'
                                || line.charAt(at) == '.' && Character.isDigit(next(1)))) {
                    at++;
                }
                pieces.add(from, at, Token.NUMBER);
                lastSign = 'x';
            } else {
                sign(c);
            }
        }

        private void sign(char c) {
            if ((c == '@' || c == '$') && Character.isLetter(c == '@' && next(1) == '@' ? next(2) : next(1))) {
                int from = at++;
                while (at < line.length() && (line.charAt(at) == '@' || wordPart(line.charAt(at)))) {
                    at++;
                }
                pieces.add(from, at, Token.VARIABLE);
                lastSign = 'x';
            } else if (c == ':' && next(1) != ':' && (at == 0 || line.charAt(at - 1) != ':') && symbol()) {
                lastSign = 'x';
            } else if (c == '%' && valueExpected() && percent()) {
                lastSign = 'x';
            } else if (c == '/' && valueExpected() && line.indexOf('/', at + 1) > 0) {
                begin(1, Frame.string((char) 0, '/', true));
            } else if (c == '<' && next(1) == '<' && heredoc()) {
                lastSign = 'x';
            } else {
                brace(c);
                if (!Character.isWhitespace(c)) {
                    lastSign = c;
                }
                at++;
            }
        }

        private void brace(char c) {
            if (!open.isEmpty() && open.getLast().kind() == Kind.CODE && (c == '{' || c == '}')) {
                Frame frame = open.getLast();
                if (c == '{') {
                    replaceTop(frame.deeper(1));
                } else if (frame.depth() > 0) {
                    replaceTop(frame.deeper(-1));
                } else {
                    open.removeLast();
                    pieces.add(at, at + 1, Token.STRING);
                }
            }
        }

        private boolean valueExpected() {
            return VALUE_FOLLOWS.indexOf(lastSign) >= 0
                    || at > 0 && line.charAt(at - 1) == ' ' && !Character.isWhitespace(next(1)) && lastSign == 'w';
        }

        private boolean symbol() {
            char first = next(1);
            if (first == '"') {
                begin(2, Frame.string((char) 0, '"', true));
                return true;
            }
            if (!Character.isLetter(first) && first != '_') {
                return false;
            }
            int from = at++;
            skipWord();
            if (at < line.length() && (line.charAt(at) == '?' || line.charAt(at) == '!')) {
                at++;
            }
            pieces.add(from, at, Token.SYMBOL);
            return true;
        }

        private boolean percent() {
            int length = "qQwWiIrsx".indexOf(next(1)) >= 0 && next(1) != 0 ? 2 : 1;
            char delimiter = next(length);
            // Where a value may follow an operator of two signs, an equals sign is the second one.
            if (delimiter == 0
                    || delimiter == '='
                    || Character.isLetterOrDigit(delimiter)
                    || Character.isWhitespace(delimiter)) {
                return false;
            }
            int pair = "([{<".indexOf(delimiter);
            char close = pair < 0 ? delimiter : ")]}>".charAt(pair);
            boolean interpolates = length == 1 || "QWIrx".indexOf(next(1)) >= 0;
            begin(length + 1, Frame.string(pair < 0 ? (char) 0 : delimiter, close, interpolates));
            return true;
        }

        private boolean heredoc() {
            int from = at;
            int name = at + 2;
            boolean indented = name < line.length() && (line.charAt(name) == '~' || line.charAt(name) == '-');
            name += indented ? 1 : 0;
            char quote = name < line.length() && "\"'`".indexOf(line.charAt(name)) >= 0 ? line.charAt(name) : 0;
            int begin = quote == 0 ? name : name + 1;
            int end = begin;
            while (end < line.length() && (quote == 0 ? wordPart(line.charAt(end)) : line.charAt(end) != quote)) {
                end++;
            }
            boolean bare = quote == 0 && !indented;
            if (end == begin
                    || quote != 0 && end >= line.length()
                    || Character.isDigit(line.charAt(begin))
                    || bare
                            && (!Character.isUpperCase(line.charAt(begin))
                                    || at > 0 && wordPart(line.charAt(at - 1)))) {
                return false;
            }
            heredoc(Frame.heredoc(line.substring(begin, end), indented));
            at = quote == 0 ? end : end + 1;
            pieces.add(from, at, Token.STRING);
            return true;
        }

        private void word() {
            int from = at;
            boolean called = from > 0 && line.charAt(from - 1) == '.' && (from < 2 || line.charAt(from - 2) != '.');
            skipWord();
            if (at < line.length() && (line.charAt(at) == '?' || line.charAt(at) == '!') && next(1) != '=') {
                at++;
            }
            String word = line.substring(from, at);
            boolean key = at < line.length() && line.charAt(at) == ':' && next(1) != ':' && !called && lastSign != '?';
            if (key) {
                at++;
                pieces.add(from, at, Token.SYMBOL);
                lastSign = ':';
            } else if (!called && KEYWORDS.contains(word)) {
                pieces.add(from, at, Token.KEYWORD);
                lastSign = "end".equals(word) || "self".equals(word) || "nil".equals(word) ? 'x' : '(';
            } else {
                if (Character.isUpperCase(word.charAt(0))) {
                    pieces.add(from, at, Token.CONSTANT);
                }
                lastSign = 'w';
            }
        }
    }
}
