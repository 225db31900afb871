package dev.corral.core.recording.screen;

/** How many cells a character takes. */
public final class CharWidth {
    private CharWidth() {}

    /** 0 for what joins the character before it, 2 for East Asian wide ones and most pictures, else 1. */
    public static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || c >= 0x1160 && c <= 0x11ff) {
            return 0;
        }
        return wide(c) ? 2 : 1;
    }

    private static boolean wide(int c) {
        return c >= 0x1100
                && (c <= 0x115f
                        || c == 0x2329
                        || c == 0x232a
                        || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f
                        || c >= 0xac00 && c <= 0xd7a3
                        || c >= 0xf900 && c <= 0xfaff
                        || c >= 0xfe30 && c <= 0xfe6f
                        || c >= 0xff00 && c <= 0xff60
                        || c >= 0xffe0 && c <= 0xffe6
                        || c >= 0x1f300 && c <= 0x1f64f
                        || c >= 0x1f680 && c <= 0x1f6ff
                        || c >= 0x1f900 && c <= 0x1faff
                        || c >= 0x20000 && c <= 0x3fffd);
    }
}
