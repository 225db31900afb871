package dev.corral.console.strays;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.ToLongFunction;

/** How the rows below a state are ordered. */
public enum Order {
    /** Largest first. */
    SIZE,
    /** Oldest first. */
    AGE,
    /** By name. */
    NAME,
    /** By eval, sample or process. */
    OWNER;

    /** The order; {@code bytes} gives the sizes that count, {@code reversed} turns it round. */
    Comparator<StrayRow> comparator(ToLongFunction<StrayRow> bytes, boolean reversed) {
        Comparator<StrayRow> byName = Comparator.comparing(StrayRow::name);
        Comparator<StrayRow> order =
                switch (this) {
                    case SIZE -> Comparator.comparingLong(bytes).reversed();
                    case AGE -> Comparator.comparing(row -> row.item().since().orElse(Instant.MAX));
                    case NAME -> byName;
                    case OWNER -> Comparator.comparing(StrayRow::owner);
                };
        return (reversed ? order.reversed() : order).thenComparing(byName).thenComparing(StrayRow::key);
    }
}
