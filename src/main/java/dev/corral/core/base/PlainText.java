package dev.corral.core.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes text of guests, logs and samples fit to be shown: they are untrusted and may hold control characters. */
public final class PlainText {
    // C1 forms are as good as the two-byte ones to a terminal.
    private static final Pattern SHORT_ESCAPES =
            Pattern.compile("(?:\u001B\\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B[ -/]*[0-~]");
    private static final String STRINGS = "]PX^_";
    private static final String C1_STRINGS = "\u009D\u0090\u0098\u009E\u009F";
    private static final String STRING_ENDS = "\u0007\u001B\u009C\n";
    // Directional marks and overrides can make a name look like another one; what parts lines and paragraphs is a
    // control as well.
    private static final Pattern CONTROLS = Pattern.compile(
            "[\\p{Cc}&&[^\t]]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFB]|[\\x{E0000}-\\x{E007F}]");
    // Half of a pair; a whole pair is one character to a pattern, and of another category.
    private static final Pattern LONE = Pattern.compile("\\p{Cs}");

    private PlainText() {}

    /** The text without terminal sequences, control characters and directional marks, half a character replaced; tabs stay. */
    public static String of(String text) {
        String plain = CONTROLS.matcher(withoutEscapes(text)).replaceAll("");
        return LONE.matcher(plain).replaceAll("\uFFFD");
    }

    // Strings (title, clipboard, device control) go with their own end where they have one. What could end one is
    // looked for once for all
    // that begin before it: a pattern would look again from each beginning, for hours where a guest prints a million of
    // them.
    private static String withoutEscapes(String text) {
        Matcher other = SHORT_ESCAPES.matcher(text);
        StringBuilder plain = new StringBuilder(text.length());
        int copied = 0;
        int end = -1;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean escape = c == '\u001B';
            if (!escape && (c < '\u0090' || c > '\u009F')) {
                continue;
            }
            int begun = stringBehind(text, at);
            int past = -1;
            if (begun > 0) {
                for (end = Math.max(end, begun); end < text.length() && STRING_ENDS.indexOf(text.charAt(end)) < 0; ) {
                    end++;
                }
                past = pastEnd(text, end);
            }
            if (past < 0
                    && (escape || c == '\u009B')
                    && other.region(at, text.length()).lookingAt()) {
                past = other.end();
            }
            if (past > 0) {
                plain.append(text, copied, at);
                copied = past;
                at = past - 1;
            }
        }
        return copied == 0 ? text : plain.append(text, copied, text.length()).toString();
    }

    // Where the contents of a string begin that begins here; -1 if none does.
    private static int stringBehind(String text, int at) {
        if (C1_STRINGS.indexOf(text.charAt(at)) >= 0) {
            return at + 1;
        }
        boolean string =
                text.charAt(at) == '\u001B' && at + 1 < text.length() && STRINGS.indexOf(text.charAt(at + 1)) >= 0;
        return string ? at + 2 : -1;
    }

    // Behind the end of a string; -1 if what stands there ends none.
    private static int pastEnd(String text, int end) {
        if (end >= text.length() || text.charAt(end) == '\n') {
            return -1;
        }
        if (text.charAt(end) != '\u001B') {
            return end + 1;
        }
        return end + 1 < text.length() && text.charAt(end + 1) == '\\' ? end + 2 : -1;
    }

    /** Whether {@link #of} would take this character, seen alone, away or replace it. */
    public static boolean harmful(int codePoint) {
        return codePoint != '\t'
                && (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
                        || CONTROLS.matcher(Character.toString(codePoint)).matches());
    }

    /** Like {@link #of}, on one line and at most {@code limit} characters long, an ellipsis included. */
    public static String line(String text, int limit) {
        String plain = of(text.replaceAll("[\\s\u0085\u2028\u2029]+", " ")).strip();
        return plain.length() <= limit
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, limit - 1))) + "…";
    }
}
