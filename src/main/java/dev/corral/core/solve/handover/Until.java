package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people write them: a time from now, a time of day, a date. */
public final class Until {
    /** What holds where nothing is said. */
    public static final Duration USUAL = Duration.ofHours(4);

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Pattern SPAN = Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m(?:in)?)?");

    private Until() {}

    /**
     * Reads one.
     *
     * @param text {@code 90m}, {@code 4h}, {@code 2d}, {@code 1h30m}, {@code 18:30}, {@code 2026-11-30} (its end),
     *             {@code 2026-11-30T18:30}, with an offset if it has one
     * @param now  now, in the person's zone
     * @throws ExpectedFailure if it is none, lies behind, or is further away than thirty days
     */
    public static Instant of(String text, ZonedDateTime now) {
        String given = text.strip();
        Instant until = span(given, now);
        if (!until.isAfter(now.toInstant())) {
            throw ExpectedFailure.usage(
                    PlainText.line(given, 40) + " is over already.", "Give a time that is still to come, such as 4h.");
        }
        return within(until, now.toInstant());
    }

    /**
     * The same moment.
     *
     * @throws ExpectedFailure if it is further away than thirty days
     */
    static Instant within(Instant until, Instant now) {
        if (until.isAfter(now.plus(LONGEST))) {
            throw ExpectedFailure.usage(
                    words(until) + " is more than " + LONGEST.toDays() + " days away.",
                    "Give a nearer one; it can be extended.");
        }
        return until;
    }

    /** {@code 2026-11-28 18:30}, in this computer's zone. */
    public static String words(Instant moment) {
        return WORDS.format(moment.atZone(ZoneId.systemDefault()));
    }

    private static Instant span(String text, ZonedDateTime now) {
        Matcher span = SPAN.matcher(text);
        if (!text.isEmpty() && span.matches()) {
            return now.toInstant()
                    .plus(Duration.ofDays(number(span.group(1)))
                            .plusHours(number(span.group(2)))
                            .plusMinutes(number(span.group(3))));
        }
        ZoneId zone = now.getZone();
        String sober = text.replace(' ', 'T');
        try {
            if (sober.matches("\\d{1,2}:\\d{2}")) {
                LocalTime time = LocalTime.parse(sober.length() == 4 ? "0" + sober : sober);
                ZonedDateTime today = now.with(time);
                return (today.isAfter(now) ? today : now.plusDays(1).with(time)).toInstant();
            }
            if (sober.length() == 10) {
                return LocalDate.parse(sober).plusDays(1).atStartOfDay(zone).toInstant();
            }
            return sober.matches(".*(Z|[+-]\\d{2}:?\\d{2})")
                    ? OffsetDateTime.parse(sober).toInstant()
                    : LocalDateTime.parse(sober).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.USAGE,
                    "\"" + PlainText.line(text, 40) + "\" is no time.",
                    "Say 90m, 4h, 2d, 18:30, 2026-11-30 or 2026-11-30T18:30.",
                    "",
                    e);
        }
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
