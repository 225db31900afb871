package dev.corral.console.guest;

import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.GuestText;
import java.util.Locale;

/** Names that a guest has given, fit to be shown: what could not be seen, or would turn the text, is written as its code. Pure. */
public final class ShownName {
    private static final int LONGEST = 500;

    private ShownName() {}

    /** A name or path on one line; at most 500 characters. */
    public static String of(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        for (int at = 0; at < name.length(); ) {
            int point = name.codePointAt(at);
            at += Character.charCount(point);
            if (shown.length() >= LONGEST) {
                return shown.append('…').toString();
            }
            if (point == '\n') {
                shown.append("\\n");
            } else if (point == '\t') {
                shown.append("\\t");
            } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                shown.append(
                        String.format(Locale.ROOT, "\\x%02x", GuestText.bytes(Character.toString((char) point))[0]));
            } else if (PlainText.harmful(point)) {
                shown.append(String.format(Locale.ROOT, point < 0x100 ? "\\x%02x" : "\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        }
        return shown.toString();
    }
}
