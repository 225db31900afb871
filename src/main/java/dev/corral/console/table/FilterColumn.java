package dev.corral.console.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can stand before a colon in a filter. A list knows some of them. */
public enum FilterColumn {
    /** The state, and whether anybody needs it. */
    STATE,
    /** The name of the row. */
    NAME,
    /** What sort of thing it is. */
    KIND,
    /** The eval. */
    EVAL,
    /** The sample. */
    SAMPLE,
    /** A VM. */
    VM,
    /** The process for which it lives. */
    OWNER,
    /** How old it is; compares. */
    AGE,
    /** How many bytes it takes; compares. */
    SIZE,
    /** Box and provider. */
    BOX,
    /** IP address or port. */
    IP,
    /** The layers that know of it. */
    KNOWN,
    /** What it consists of. */
    HAS;

    /** The word before the colon. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its value is an amount that is compared. */
    boolean compares() {
        return this == AGE || this == SIZE;
    }

    static Optional<FilterColumn> of(String word) {
        return Arrays.stream(values())
                .filter(column -> column.word().equals(word))
                .findFirst();
    }

    static List<FilterColumn> words() {
        return Arrays.stream(values()).filter(column -> !column.compares()).toList();
    }
}
