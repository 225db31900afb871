package dev.corral.core.vagrant.index;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of removing entries from a machine index. Entries that were gone already are in no list.
 *
 * @param removed  what was removed
 * @param working  what was left alone because a Vagrant command works on it
 * @param returned what was left alone because it is no ghost any more
 * @param backup   the index as it was before, for {@link MachineIndex#restore}; empty if nothing was removed
 */
public record IndexRemoval(
        List<IndexEntry> removed, List<IndexEntry> working, List<IndexEntry> returned, Optional<Path> backup) {

    /** Copies the lists. */
    public IndexRemoval {
        removed = List.copyOf(removed);
        working = List.copyOf(working);
        returned = List.copyOf(returned);
    }
}
