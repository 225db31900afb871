package dev.corral.core.vagrantfile;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file.
 *
 * @param file the file's path; empty where none can be named
 * @param line the line, counted from 1; 0 where none can be named
 */
public record Place(String file, int line) {
    /** No place. */
    public static final Place NONE = new Place("", 0);

    static Place of(@Nullable String file, @Nullable Integer line) {
        return file == null ? NONE : new Place(file, line == null ? 0 : line);
    }

    /** Whether it names a file. */
    public boolean known() {
        return !file.isEmpty();
    }
}
