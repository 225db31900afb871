package dev.corral.core.vagrantfile.copy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths from texts of others, which may be none. */
final class Paths {
    private Paths() {}

    /** The path that the text is; empty if no file can have that name. */
    static Optional<Path> of(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            // A name that this system can not have, so that nothing of that name can come along.
            return Optional.empty();
        }
    }
}
