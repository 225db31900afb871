package dev.corral.console.shared;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How durations, sizes, times and paths are written for people. Pure. */
public final class Formats {
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Formats() {}

    /** {@code 38s}, {@code 1m 12s}, {@code 2h 05m}, {@code 3d 4h}: at most two units, whole seconds. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return "%dm %02ds".formatted(seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return "%dh %02dm".formatted(seconds / 3600, seconds % 3600 / 60);
        }
        return "%dd %dh".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }

    /** As {@link #duration} but no finer than a minute, so that it need not be written anew every second. */
    public static String coarse(Duration duration) {
        long minutes = Math.max(0, duration.toMinutes());
        if (minutes < 1) {
            return "< 1m";
        }
        if (minutes < 60) {
            return minutes + "m";
        }
        return duration(duration);
    }

    /** Seconds with one decimal below 100 s ({@code 8.2 s}), above as {@link #duration}. For phases. */
    public static String phase(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        return millis < 100_000 ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0) : duration(duration);
    }

    /** How long ago, no finer than a minute: {@code just now}, {@code 4 min ago}, {@code 2 h ago}, {@code 3 d ago}. */
    public static String ago(Instant then, Instant now) {
        long minutes = Math.max(0, Duration.between(then, now).toMinutes());
        if (minutes < 1) {
            return "just now";
        }
        if (minutes < 60) {
            return minutes + " min ago";
        }
        return minutes < 1440 ? minutes / 60 + " h ago" : minutes / 1440 + " d ago";
    }

    /** A size in binary units with three significant digits: {@code 4 KiB}, {@code 1.3 GiB}; a dash when negative. */
    public static String bytes(long bytes) {
        if (bytes < 0) {
            return "–";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1023.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 || value >= 99.95
                ? String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit])
                : String.format(Locale.ROOT, value >= 9.995 || unit == 1 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** The exact local time. */
    public static String exact(Instant instant) {
        return EXACT.format(instant);
    }

    /** At most {@code max} characters, with an ellipsis in the middle when some are left out. */
    public static String middle(String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (length <= max || max < 3) {
            return text;
        }
        int head = (max - 1) / 2;
        int tail = max - 1 - head;
        return text.substring(0, text.offsetByCodePoints(0, head)) + "…"
                + text.substring(text.offsetByCodePoints(text.length(), -tail));
    }

    /** A path with {@code ~} for the home directory. */
    public static String path(Path path, Path home) {
        return path.startsWith(home) && !path.equals(home) ? "~/" + home.relativize(path) : path.toString();
    }

    /** {@code 1 VM}, {@code 2 VMs}. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
