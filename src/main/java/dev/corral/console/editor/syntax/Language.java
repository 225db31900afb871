package dev.corral.console.editor.syntax;

import java.nio.file.Path;
import java.util.Locale;

/** Languages that have colours. */
public enum Language {
    /** Vagrantfiles and what they load. */
    RUBY("Ruby", "#", new RubyLexer()),
    /** Provision scripts. */
    SHELL("Shell", "#", new ShellLexer()),
    /** Settings that a Vagrantfile reads. */
    YAML("YAML", "#", new YamlLexer()),
    /** Settings that a Vagrantfile reads. */
    JSON("JSON", "", new JsonLexer()),
    /** Anything else. */
    PLAIN("Text", "", (line, before) -> new LexedLine(java.util.List.of(), LineState.NONE));

    private final String title;
    private final String comment;
    private final Lexer lexer;

    Language(String title, String comment, Lexer lexer) {
        this.title = title;
        this.comment = comment;
        this.lexer = lexer;
    }

    /** Its name. */
    public String title() {
        return title;
    }

    /** What begins a remark; empty where there are none. */
    public String comment() {
        return comment;
    }

    /**
     * The colours of a line.
     *
     * @param line   without its end
     * @param before what is open where it begins
     */
    public LexedLine lex(String line, LineState before) {
        return lexer.lex(line, before);
    }

    /** Whether what is typed after the beginning of a line is code, and not within a string, a remark or a text. */
    public boolean codeAfter(String prefix, LineState before) {
        LexedLine lexed = lex(prefix, before);
        boolean remark = !lexed.pieces().isEmpty()
                && lexed.pieces().getLast().token() == Token.COMMENT
                && lexed.pieces().getLast().to() == prefix.length();
        boolean text = !before.open().isEmpty() && before.open().getLast().isText();
        boolean string = !lexed.after().open().isEmpty()
                && lexed.after().open().getLast().isString();
        return !remark && !text && !string;
    }

    /** The language of a file by its name, and where that says nothing by its first line. */
    public static Language of(Path file, String text) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith("vagrantfile")
                || name.endsWith(".rb")
                || name.equals("gemfile")
                || name.equals("rakefile")) {
            return RUBY;
        }
        if (name.endsWith(".yml") || name.endsWith(".yaml")) {
            return YAML;
        }
        if (name.endsWith(".json")) {
            return JSON;
        }
        if (name.endsWith(".sh") || name.endsWith(".bash") || name.startsWith(".bash") || name.equals(".profile")) {
            return SHELL;
        }
        return byFirstLine(text);
    }

    private static Language byFirstLine(String text) {
        int end = text.indexOf('\n');
        String first = text.substring(0, Math.min(end < 0 ? text.length() : end, 200));
        if (!first.startsWith("#!")) {
            return PLAIN;
        }
        return first.contains("ruby") ? RUBY : first.contains("sh") ? SHELL : PLAIN;
    }
}
