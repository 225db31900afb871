package dev.corral.core.solve.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One moment by three clocks. The wall clock may be set; the time since boot may not, and counts a suspended computer's sleep; the running
 * time does not count that.
 *
 * @param at    by the wall clock
 * @param upMs  milliseconds since the computer's boot, its sleep included
 * @param runMs milliseconds of a clock that stands still while the computer sleeps; -1 for a moment that was not seen, only told of
 * @param boot  the kernel's boot id, empty where there is none
 */
public record Moment(Instant at, long upMs, long runMs, String boot) {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String BOOT = read(BOOT_ID).strip();

    /** Now. */
    public static Moment now() {
        long run = System.nanoTime() / 1_000_000;
        return new Moment(Instant.now(), up(run), run, BOOT);
    }

    /** A moment that somebody told of by the wall clock as it goes now; it lies before this one. */
    public Moment told(Instant when) {
        return new Moment(when, upMs - Duration.between(when, at).toMillis(), -1, boot);
    }

    /**
     * The same, where the wall clock may have been set since a moment that was seen. A time that makes sense by neither setting, and would
     * lie ahead, is taken for as early as it may have been.
     */
    public Moment told(Instant when, Moment seen) {
        Moment now = told(when);
        if (!seen.sameBoot(this) || seen.upMs > upMs) {
            return now.upMs > upMs ? told(at) : now;
        }
        if (now.upMs >= seen.upMs && now.upMs <= upMs) {
            return now;
        }
        long then = seen.upMs + Duration.between(seen.at, when).toMillis();
        boolean fits = then >= seen.upMs && then <= upMs;
        return !fits && now.upMs <= upMs ? now : new Moment(when, fits ? then : seen.upMs, -1, boot);
    }

    /** Whether another moment can be compared by the time since boot. */
    public boolean sameBoot(Moment other) {
        return boot.equals(other.boot);
    }

    // Seconds with two decimals; where there is no such file the running clock has to do.
    private static long up(long otherwise) {
        String line = read(UPTIME);
        int end = line.indexOf(' ');
        if (end <= 0) {
            return otherwise;
        }
        try {
            return Math.round(Double.parseDouble(line.substring(0, end).toLowerCase(Locale.ROOT)) * 1000);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
