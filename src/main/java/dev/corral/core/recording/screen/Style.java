package dev.corral.core.recording.screen;

/**
 * How a cell looks, packed into a long: 8 bits of attributes, 25 bits of foreground, 25 bits of background. A colour is
 * {@link #USUAL}, 1 + its place among the 256, or {@link #EXACT} with red, green and blue in the lower bits.
 */
public final class Style {
    /** Nothing special. */
    public static final long PLAIN = 0;
    /** The colour that the terminal has by itself. */
    public static final int USUAL = 0;
    /** Marks a colour that is red, green and blue. */
    public static final int EXACT = 1 << 24;

    /** Bold. */
    public static final int BOLD = 1;
    /** Faint. */
    public static final int DIM = 2;
    /** Italic. */
    public static final int ITALIC = 4;
    /** Underlined. */
    public static final int UNDERLINED = 8;
    /** Foreground and background exchanged. */
    public static final int INVERSE = 16;
    /** Not shown. */
    public static final int HIDDEN = 32;
    /** Struck through. */
    public static final int STRUCK = 64;

    private static final int COLOUR_BITS = 25;
    private static final int ATTRIBUTE_BITS = 8;
    private static final long COLOUR = (1L << COLOUR_BITS) - 1;

    private Style() {}

    /** Whether it has an attribute. */
    public static boolean has(long style, int attribute) {
        return (style & attribute) != 0;
    }

    /** The foreground. */
    public static int foreground(long style) {
        return (int) (style >> ATTRIBUTE_BITS & COLOUR);
    }

    /** The background. */
    public static int background(long style) {
        return (int) (style >> ATTRIBUTE_BITS + COLOUR_BITS & COLOUR);
    }

    static long with(long style, int attribute, boolean on) {
        return on ? style | attribute : style & ~(long) attribute;
    }

    static long foreground(long style, int colour) {
        return style & ~(COLOUR << ATTRIBUTE_BITS) | (long) colour << ATTRIBUTE_BITS;
    }

    static long background(long style, int colour) {
        return style & ~(COLOUR << ATTRIBUTE_BITS + COLOUR_BITS) | (long) colour << ATTRIBUTE_BITS + COLOUR_BITS;
    }

    /** The style after {@code CSI ... m} with these parameters. */
    static long sgr(long style, int[] parameters, int count) {
        long now = count == 0 ? PLAIN : style;
        for (int i = 0; i < count; i++) {
            int p = parameters[i];
            if (p == 38 || p == 48) {
                int kind = i + 1 < count ? parameters[i + 1] : -1;
                int colour = -1;
                if (kind == 5 && i + 2 < count) {
                    colour = 1 + Math.clamp(parameters[i + 2], 0, 255);
                    i += 2;
                } else if (kind == 2 && i + 4 < count) {
                    colour = EXACT
                            | Math.clamp(parameters[i + 2], 0, 255) << 16
                            | Math.clamp(parameters[i + 3], 0, 255) << 8
                            | Math.clamp(parameters[i + 4], 0, 255);
                    i += 4;
                }
                if (colour >= 0) {
                    now = p == 38 ? foreground(now, colour) : background(now, colour);
                }
            } else {
                now = one(now, p);
            }
        }
        return now;
    }

    private static long one(long style, int p) {
        return switch (p) {
            case 0 -> PLAIN;
            case 1 -> with(style, BOLD, true);
            case 2 -> with(style, DIM, true);
            case 3 -> with(style, ITALIC, true);
            case 4, 21 -> with(style, UNDERLINED, true);
            case 7 -> with(style, INVERSE, true);
            case 8 -> with(style, HIDDEN, true);
            case 9 -> with(style, STRUCK, true);
            case 22 -> with(with(style, BOLD, false), DIM, false);
            case 23 -> with(style, ITALIC, false);
            case 24 -> with(style, UNDERLINED, false);
            case 27 -> with(style, INVERSE, false);
            case 28 -> with(style, HIDDEN, false);
            case 29 -> with(style, STRUCK, false);
            case 39 -> foreground(style, USUAL);
            case 49 -> background(style, USUAL);
            default -> {
                if (p >= 30 && p <= 37) {
                    yield foreground(style, p - 29);
                } else if (p >= 40 && p <= 47) {
                    yield background(style, p - 39);
                } else if (p >= 90 && p <= 97) {
                    yield foreground(style, p - 81);
                } else if (p >= 100 && p <= 107) {
                    yield background(style, p - 91);
                }
                yield style;
            }
        };
    }
}
