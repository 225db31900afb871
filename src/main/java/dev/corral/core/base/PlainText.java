package dev.corral.core.base;

import java.util.regex.Pattern;

/** Makes text of guests, logs and samples fit to be shown: they are untrusted and may hold control characters. */
public final class PlainText {
    private static final Pattern ESCAPES =
            Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|[@-_])");
    // Directional overrides can make a name look like another one.
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\t]]|[\u202A-\u202E\u2066-\u2069]");

    private PlainText() {}

    /** The text without terminal sequences, control characters and directional overrides; tabs stay. */
    public static String of(String text) {
        return CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    }

    /** Like {@link #of}, on one line and at most {@code limit} characters long, an ellipsis included. */
    public static String line(String text, int limit) {
        String plain = of(text.replaceAll("\\s+", " ")).strip();
        return plain.length() <= limit
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, limit - 1))) + "…";
    }
}
