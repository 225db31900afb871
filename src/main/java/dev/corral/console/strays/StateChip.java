package dev.corral.console.strays;

import dev.corral.console.table.Chip;
import dev.corral.core.inventory.ItemState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The quick filters: states that belong together for a person who wants room. */
public enum StateChip {
    /** Everything that is not somebody else's. */
    ALL("All", "", ""),
    /** What a cleanup of all strays takes. */
    STRAYS("Strays", "stray", ""),
    /** What somebody said that it stays. */
    KEPT("Kept", "kept", ""),
    /** What is in use. */
    LIVE("Live", "live", ""),
    /** What nobody can judge. */
    UNKNOWN("Unknown", "unknown", ""),
    /** What is somebody else's: shown only when asked for. */
    FOREIGN("Foreign", "foreign", "Somebody's own Vagrant projects and other tools' VMs. Never touched.");

    private final String title;
    private final String word;
    private final String tip;

    StateChip(String title, String word, String tip) {
        this.title = title;
        this.word = word;
        this.tip = tip;
    }

    /** The chip of the list. */
    Chip chip() {
        return new Chip(name().toLowerCase(Locale.ROOT), title, word, tip);
    }

    static StateChip named(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Its name. */
    public String title() {
        return title;
    }

    /** What stands after {@code state:} for it; empty for {@link #ALL}. */
    public String word() {
        return word;
    }

    /** Whether an item with that state belongs to it. */
    public boolean holds(ItemState state) {
        return switch (this) {
            case ALL -> state != ItemState.FOREIGN;
            case STRAYS -> state.reclaimable();
            case KEPT -> state == ItemState.KEPT;
            case LIVE -> state == ItemState.LIVE || state == ItemState.STARTING;
            case UNKNOWN -> state == ItemState.UNKNOWN;
            case FOREIGN -> state == ItemState.FOREIGN;
        };
    }

    /** The chip of a word after {@code state:}. */
    static Optional<StateChip> of(String word) {
        return List.of(values()).stream()
                .filter(chip -> !chip.word.isEmpty())
                .filter(chip -> chip.word.equals(word) || chip.title.equalsIgnoreCase(word))
                .findFirst();
    }
}
