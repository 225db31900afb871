package dev.corral.console.table;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that an age or a size is compared with. Without a sign it is the least.
 *
 * @param value seconds or bytes
 * @param below whether what is wanted lies below it
 */
public record Amount(double value, boolean below) {
    private static final Pattern TEXT = Pattern.compile("([<>]?)=?\\s*(\\d{1,18}(?:\\.\\d{1,18})?)\\s*([a-z]*)");

    /** Reads {@code >2d} or {@code <500m}; empty when it is no amount of that column. */
    static Optional<Amount> parse(FilterColumn column, String text) {
        Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        double unit = column == FilterColumn.AGE ? seconds(parts.group(3)) : bytes(parts.group(3));
        return unit < 0
                ? Optional.empty()
                : Optional.of(new Amount(
                        Double.parseDouble(parts.group(2)) * unit,
                        parts.group(1).equals("<")));
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            case "d", "" -> Duration.ofDays(1).toSeconds();
            case "w" -> Duration.ofDays(7).toSeconds();
            default -> -1;
        };
    }

    private static double bytes(String unit) {
        return switch (unit) {
            case "", "b" -> 1;
            case "k", "kb", "kib" -> 1024.0;
            case "m", "mb", "mib" -> 1024.0 * 1024;
            case "g", "gb", "gib" -> 1024.0 * 1024 * 1024;
            case "t", "tb", "tib" -> 1024.0 * 1024 * 1024 * 1024;
            default -> -1;
        };
    }

    /** Whether an amount is on the wanted side. */
    public boolean fits(double amount) {
        return below ? amount < value : amount >= value;
    }
}
