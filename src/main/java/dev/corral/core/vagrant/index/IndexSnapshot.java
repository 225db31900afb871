package dev.corral.core.vagrant.index;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A machine index at one moment.
 *
 * @param home    the Vagrant home
 * @param entries the machines it knows; empty if it is not there
 * @param problem one plain sentence about what could not be read; then nothing may be concluded from what is missing
 */
public record IndexSnapshot(Path home, List<IndexEntry> entries, Optional<String> problem) {

    /** Copies the list. */
    public IndexSnapshot {
        entries = List.copyOf(entries);
    }
}
