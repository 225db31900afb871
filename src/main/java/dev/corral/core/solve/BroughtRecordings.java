package dev.corral.core.solve;

import java.util.List;

/**
 * Recordings that were brought out of a machine.
 *
 * @param names the names of those that are new here, or longer than before
 * @param whole whether all that the machine has was asked for and came; else some are missing or end early
 */
public record BroughtRecordings(List<String> names, boolean whole) {
    /** The machine has none. */
    static final BroughtRecordings NONE = new BroughtRecordings(List.of(), true);

    /** What is said of those that are not whole. */
    public static final String CUT = "not all: the machine has more of them, or took too long";

    /** Copies the names. */
    public BroughtRecordings {
        names = List.copyOf(names);
    }
}
