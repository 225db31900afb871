package dev.corral.core.inventory.read;

import java.nio.file.Path;
import java.util.Set;

/**
 * What has changed on disk since the last look.
 *
 * @param list     whether sandboxes may have come or gone
 * @param machines whether Vagrant noted or dropped a machine
 * @param changed  sandboxes whose files changed
 * @param covered  sandboxes that are watched, so that silence means no change
 */
record Changes(boolean list, boolean machines, Set<Path> changed, Set<Path> covered) {

    /** Nothing is watched, so everything may have changed. */
    static Changes everything() {
        return new Changes(true, true, Set.of(), Set.of());
    }

    /** Whether anything has changed on disk. */
    boolean any() {
        return list || machines || !changed.isEmpty();
    }

    /** Whether this sandbox has to be read again. */
    boolean touches(Path sandbox) {
        return !covered.contains(sandbox) || changed.contains(sandbox);
    }
}
