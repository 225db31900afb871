package dev.corral.console.editor.syntax;

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

    /** The style class of such text. */
    public String styleClass() {
        return "code-" + name().toLowerCase(Locale.ROOT);
    }
}
