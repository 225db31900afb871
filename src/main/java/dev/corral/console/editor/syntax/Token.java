package dev.corral.console.editor.syntax;

import java.util.List;
import java.util.Locale;

/** What a piece of a line is. */
public enum Token {
    /** Anything else. */
    PLAIN,
    /** A remark. */
    COMMENT,
    /** A string or part of one. */
    STRING,
    /** A word of the language. */
    KEYWORD,
    /** A symbol or a key. */
    SYMBOL,
    /** A constant: Ruby's modules and classes. */
    CONSTANT,
    /** A number. */
    NUMBER,
    /** A variable that shows by its sign. */
    VARIABLE;

    private final List<String> styles = List.of("code-" + name().toLowerCase(Locale.ROOT));

    /** The style classes of such text: one. */
    public List<String> styles() {
        return styles;
    }
}
