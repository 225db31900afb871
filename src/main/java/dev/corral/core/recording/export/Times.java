package dev.corral.core.recording.export;

import java.util.Locale;

/** Moments of a recording as people read them. */
public final class Times {
    private Times() {}

    /** Hours, minutes and seconds, such as {@code 0:03:20}. */
    public static String clock(long micros) {
        long seconds = micros / 1_000_000;
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /**
     * Reads a moment: seconds, or with minutes and hours before colons.
     *
     * @return microseconds; below 0 if it is none
     */
    public static long micros(String text) {
        double seconds = 0;
        for (String part : text.strip().split(":", -1)) {
            try {
                double value = Double.parseDouble(part);
                if (!(value >= 0 && value < 1e9)) {
                    return -1;
                }
                seconds = seconds * 60 + value;
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        return seconds < 1e9 ? (long) (seconds * 1e6) : -1;
    }
}
