package dev.corral.cli.output;

import java.util.Locale;

/** Sizes for people, in binary units. */
public final class Sizes {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private Sizes() {}

    /** {@code 1.3 GiB}; {@code unknown} for a negative number. */
    public static String of(long bytes) {
        if (bytes < 0) {
            return "unknown";
        }
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1023.95 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, size < 100 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }
}
