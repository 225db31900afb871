package dev.corral.console.shared;

/**
 * Makes text that a guest, a log or a sample wrote fit to be shown: without control characters and without the
 * invisible marks that turn the direction of the text around it. It is never read as markup. Pure.
 */
public final class Texts {
    private static final int MAX_LINE = 500;
    private static final int MAX_BLOCK = 50_000;

    private Texts() {}

    /** One line: breaks and tabs become spaces; at most 500 characters. */
    public static String line(String text) {
        return clean(text, false, MAX_LINE);
    }

    /** One line as {@link #line} makes it, but whole: for what must be read to its end. At most 50,000 characters. */
    public static String whole(String text) {
        return clean(text, false, MAX_BLOCK);
    }

    /** Several lines: breaks and tabs stay; at most 50,000 characters. */
    public static String block(String text) {
        return clean(text, true, MAX_BLOCK);
    }

    private static String clean(String text, boolean breaks, int max) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), max));
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (out.length() >= max) {
                return out.append('…').toString();
            }
            if (point == '\n' || point == '\t') {
                out.append(breaks ? (char) point : ' ');
            } else if (point == '\r') {
                // A lone carriage return breaks a line too; before a line feed it is only noise.
                if (i >= text.length() || text.charAt(i) != '\n') {
                    out.append(breaks ? '\n' : ' ');
                }
            } else if (shown(point)) {
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }

    private static boolean shown(int point) {
        boolean turnsDirection = point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069
                || point == 0x200E
                || point == 0x200F
                || point == 0x061C;
        return !Character.isISOControl(point)
                && !turnsDirection
                && point != 0xFEFF
                && Character.getType(point) != Character.SURROGATE;
    }
}
