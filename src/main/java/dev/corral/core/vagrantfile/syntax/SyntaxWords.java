package dev.corral.core.vagrantfile.syntax;

import dev.corral.core.base.PlainText;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what Ruby's parser does not like. */
final class SyntaxWords {
    private static final int LONGEST = 200;
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:syntax error,? )?unexpected (.+?)(?:[,;](?: expecting (.+))?.*)?", Pattern.DOTALL);
    private static final Map<String, String> PIECES = Map.ofEntries(
            Map.entry("local variable or method", "a name"),
            Map.entry("tIDENTIFIER", "a name"),
            Map.entry("constant", "a name with a capital letter"),
            Map.entry("tCONSTANT", "a name with a capital letter"),
            Map.entry("string literal", "a text"),
            Map.entry("tSTRING_BEG", "a text"),
            Map.entry("string content", "more of a text"),
            Map.entry("integer literal", "a number"),
            Map.entry("tINTEGER", "a number"),
            Map.entry("integer", "a number"),
            Map.entry("float", "a number"),
            Map.entry("write target", "an assignment"),
            Map.entry("instance variable", "a variable with @"),
            Map.entry("global variable", "a variable with $"),
            Map.entry("symbol", "a symbol (:name)"),
            Map.entry("label", "an option (name:)"),
            Map.entry("tLABEL", "an option (name:)"),
            Map.entry("symbol literal", "a symbol (:name)"),
            Map.entry("end-of-input", "the end of the file"),
            Map.entry("\"end-of-input\"", "the end of the file"),
            Map.entry("end of file", "the end of the file"),
            Map.entry("'\\n'", "the end of the line"),
            Map.entry("newline", "the end of the line"));

    private SyntaxWords() {}

    /**
     * The sentence.
     *
     * @param kind    what kind of fault our reading found: {@code unclosed}, {@code extra}, {@code string}, {@code heredoc}, {@code bar},
     *                {@code dot}, or {@code ruby} for one that Ruby alone describes
     * @param message Ruby's words, or the opening that is meant
     */
    static String of(String kind, String message) {
        String text = PlainText.line(message, LONGEST);
        return switch (kind) {
            case "unclosed" ->
                text.length() == 1
                        ? "This " + text + " is never closed."
                        : "The end that belongs to this " + text + " is missing.";
            case "extra" -> "This end closes nothing: there is one too many.";
            case "string" -> "The text that begins here has no closing quote.";
            case "heredoc" -> "The text that begins here has no line " + text + " that ends it.";
            case "bar" -> "The names of this block have no | that closes them.";
            case "dot" -> "The name of a setting is missing after this dot.";
            default -> unexpected(text);
        };
    }

    private static String unexpected(String text) {
        Matcher matcher = UNEXPECTED.matcher(text);
        if (!matcher.matches()) {
            return "Ruby can't read this: " + (text.endsWith(".") ? text : text + ".");
        }
        String wanted = matcher.group(2);
        boolean telling = wanted != null && !wanted.contains(" or ") && !wanted.equals("end-of-input");
        return "Ruby does not expect " + piece(matcher.group(1)) + " here"
                + (telling ? "; it expects " + piece(wanted) : "") + "."
                + (matcher.group(1).startsWith("local variable")
                                || matcher.group(1).contains("label")
                        ? " Is a comma, a quote or a line end missing before it?"
                        : "");
    }

    private static String piece(String name) {
        return PIECES.getOrDefault(name, name.replace('`', '\''));
    }
}
