package dev.corral.core.inventory.items;

import dev.corral.core.sandbox.SandboxStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * What may be there of sandboxes that are not among those that were read: their files may be damaged or closed. Of those nobody may say
 * that they are gone.
 *
 * @param caches the cache directory, and those in it that may hold sandboxes too
 * @param listed whether what lies in the cache directory could be listed
 */
public record Unseen(List<Path> caches, boolean listed) {
    /** Whether a sandbox of that id may be there; looks at the disk. */
    boolean mayBeThere(String id) {
        try {
            return !listed
                    || caches.stream()
                            .anyMatch(cache -> IndexItems.onDisk(cache.resolve(id))
                                    || IndexItems.onDisk(
                                            SandboxStore.ours(cache).resolve(id)));
        } catch (InvalidPathException e) {
            // A list of names that somebody edited: nobody can look for that one.
            return true;
        }
    }
}
