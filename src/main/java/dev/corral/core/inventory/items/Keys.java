package dev.corral.core.inventory.items;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Makes keys of directories. */
final class Keys {
    private Keys() {}

    /** The path as text; one whose bytes are no text of this system in a form that no other has. */
    static String of(Path directory) {
        String text = directory.toString();
        try {
            return Path.of(text).equals(directory) ? text : directory.toUri().getRawPath();
        } catch (InvalidPathException e) {
            // This system's encoding has no bytes for what stands for the odd ones.
            return directory.toUri().getRawPath();
        }
    }
}
