package dev.corral.console.dock.tabs;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/** Colours for Ruby as Vagrantfiles use it. Pure; call it away from the FX thread for whole files. */
final class RubyHighlighter {
    // The quantifiers are possessive: a file full of backslashes must not overflow the stack.
    private static final Pattern PATTERN = Pattern.compile("(?<COMMENT>#(?!\\{)[^\\n]*+)"
            + "|(?<STRING>\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+')"
            + "|(?<KEYWORD>\\b(?:do|end|if|else|elsif|unless|while|until|case|when|then|def|class|module|return|begin|rescue|"
            + "ensure|raise|true|false|nil|and|or|not|in|require|require_relative|next|break|yield|self)\\b)"
            + "|(?<SYMBOL>(?<![:\\w]):[a-zA-Z_]\\w*+[?!]?|\\b[a-z_]\\w*+:(?!:))"
            + "|(?<CONSTANT>\\b[A-Z]\\w*+)"
            + "|(?<NUMBER>\\b\\d[\\d_]*+(?:\\.\\d++)?\\b)");
    private static final List<String> GROUPS = List.of("COMMENT", "STRING", "KEYWORD", "SYMBOL", "CONSTANT", "NUMBER");

    private RubyHighlighter() {}

    /** The style classes of every piece of the text. */
    static StyleSpans<Collection<String>> highlight(String text) {
        Matcher matcher = PATTERN.matcher(text);
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        int last = 0;
        while (matcher.find()) {
            spans.add(List.of(), matcher.start() - last);
            spans.add(List.of(styleClass(matcher)), matcher.end() - matcher.start());
            last = matcher.end();
        }
        spans.add(List.of(), text.length() - last);
        return spans.create();
    }

    private static String styleClass(Matcher matcher) {
        for (String group : GROUPS) {
            if (matcher.group(group) != null) {
                return "ruby-" + group.toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalStateException("a match without a group");
    }
}
