package dev.corral.core.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a person wants cleaned up.
 *
 * @param names     names or keys of items; a part of a name that fits one only is enough
 * @param allStrays whether all that is reclaimable is wanted as well
 * @param pruneOnly whether only what holds no VM is wanted: index entries, volumes, networks, folders
 * @param olderThan only what is at least this old
 * @param keepUntil instead of removing: shut VMs down and keep them until then
 */
public record CleanupChoice(
        List<String> names,
        boolean allStrays,
        boolean pruneOnly,
        Optional<Duration> olderThan,
        Optional<Instant> keepUntil) {

    /** Copies the names. */
    public CleanupChoice {
        names = List.copyOf(names);
    }

    /** Everything that is reclaimable. */
    public static CleanupChoice everyStray() {
        return new CleanupChoice(List.of(), true, false, Optional.empty(), Optional.empty());
    }

    /** Exactly these items. */
    public static CleanupChoice of(List<String> names) {
        return new CleanupChoice(names, false, false, Optional.empty(), Optional.empty());
    }

    /** All that holds no VM and belongs to none. */
    public static CleanupChoice prune() {
        return new CleanupChoice(List.of(), true, true, Optional.empty(), Optional.empty());
    }

    /** The same, but VMs are shut down and kept until then. */
    public CleanupChoice keeping(Instant until) {
        return new CleanupChoice(names, allStrays, pruneOnly, olderThan, Optional.of(until));
    }
}
