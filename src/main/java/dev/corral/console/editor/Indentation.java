package dev.corral.console.editor;

import dev.corral.console.editor.syntax.Language;
import java.util.List;
import java.util.regex.Pattern;

/** How far a new line is indented, and which typed words go back a step. Pure. */
final class Indentation {
    // Each is tried on one line, and takes no more steps than that has characters.
    private static final Pattern RUBY_OPENS = Pattern.compile(
            "^\\s*+(?:def|if|unless|case|while|until|for|begin|class|module|else|elsif|when|rescue|ensure)\\b.*+$");
    private static final Pattern RUBY_ENDS = Pattern.compile("\\bend\\b[\\s.)]*+$");
    private static final List<String> SHELL_OPENS = List.of("then", "do", "else", "in", "{", "(");
    private static final List<String> RUBY_BACK =
            List.of("end", "else", "elsif", "when", "rescue", "ensure", "}", "]", ")");
    private static final List<String> SHELL_BACK = List.of("fi", "done", "esac", "else", "elif", "}", ")");
    private static final List<String> PLAIN_BACK = List.of("}", "]", ")");
    private static final int LONGEST = 2_000;

    private Indentation() {}

    /**
     * What a line begins with that is made by Enter.
     *
     * @param before the text of the line before the caret
     */
    static String after(String before, Language language) {
        String own = before.substring(0, before.length() - before.stripLeading().length());
        return opens(code(before, language), language) ? own + step(own) : own;
    }

    /** Whether a line opens a block. */
    static boolean opens(String line, Language language) {
        String text = line.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        boolean bracket = "([{".indexOf(text.charAt(text.length() - 1)) >= 0;
        return switch (language) {
            case RUBY ->
                bracket
                        || endsWithDo(text)
                        || RUBY_OPENS.matcher(text).matches()
                                && !RUBY_ENDS.matcher(text).find()
                                && !text.contains(" then ");
            case SHELL -> bracket || SHELL_OPENS.stream().anyMatch(word -> text.equals(word) || ends(text, word));
            case YAML -> bracket || text.endsWith(":") || text.endsWith(": |") || text.endsWith(": >");
            case JSON -> bracket;
            case PLAIN -> false;
        };
    }

    private static boolean ends(String text, String word) {
        int before = text.length() - word.length() - 1;
        return before >= 0 && text.endsWith(word) && " ;\t".indexOf(text.charAt(before)) >= 0;
    }

    private static boolean endsWithDo(String text) {
        if (text.equals("do") || ends(text, "do")) {
            return true;
        }
        if (!text.endsWith("|")) {
            return false;
        }
        int bar = text.lastIndexOf('|', text.length() - 2);
        String before = bar < 0 ? "" : text.substring(0, bar).stripTrailing();
        return before.endsWith("{") || before.equals("do") || ends(before, "do");
    }

    // Without the remark at the end, as the colours know it.
    private static String code(String before, Language language) {
        return language.lex(before, dev.corral.console.editor.syntax.LineState.NONE).pieces().stream()
                .filter(piece -> piece.token() == dev.corral.console.editor.syntax.Token.COMMENT)
                .findFirst()
                .map(piece -> before.substring(0, piece.from()))
                .orElse(before);
    }

    /** One step in the manner of an indentation. */
    private static String step(String own) {
        return own.startsWith("\t") ? "\t" : LineEdits.STEP;
    }

    /** Whether a line that now reads like this, up to the caret, goes back one step because of the word that has just been typed. */
    static boolean goesBack(String line, Language language) {
        String text = line.stripLeading();
        List<String> words =
                switch (language) {
                    case RUBY -> RUBY_BACK;
                    case SHELL -> SHELL_BACK;
                    case YAML, JSON -> PLAIN_BACK;
                    case PLAIN -> List.of();
                };
        return text.length() < line.length() && words.contains(text);
    }
}
