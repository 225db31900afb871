package dev.corral.core.base;

import java.util.regex.Pattern;

/** Makes text of guests, logs and samples fit to be shown: they are untrusted and may hold control characters. */
public final class PlainText {
    // With a string's own end where it has one (title, clipboard, device control); C1 forms are as good as the two-byte
    // ones to a terminal.
    private static final Pattern ESCAPES =
            Pattern.compile("(?:\u001B\\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])"
                    + "[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\\\|\u009C)|\u001B[ -/]*[0-~]");
    // Directional marks and overrides can make a name look like another one; what parts lines and paragraphs is a
    // control as well.
    private static final Pattern CONTROLS = Pattern.compile(
            "[\\p{Cc}&&[^\t]]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFB]|[\\x{E0000}-\\x{E007F}]");
    // Half of a pair; a whole pair is one character to a pattern, and of another category.
    private static final Pattern LONE = Pattern.compile("\\p{Cs}");

    private PlainText() {}

    /** The text without terminal sequences, control characters and directional marks, half a character replaced; tabs stay. */
    public static String of(String text) {
        String plain = CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
        return LONE.matcher(plain).replaceAll("\uFFFD");
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
