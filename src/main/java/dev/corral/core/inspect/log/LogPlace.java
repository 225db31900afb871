package dev.corral.core.inspect.log;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a log lies: Inspect names it by path or as a URI, which may lead to another computer. Pure. */
public final class LogPlace {
    private LogPlace() {}

    /** The file on this computer; empty where it lies elsewhere or is not named. */
    public static Optional<Path> file(String log) {
        try {
            if (log.isEmpty()) {
                return Optional.empty();
            }
            if (log.startsWith("file:")) {
                return Optional.of(Path.of(URI.create(log)));
            }
            return log.matches("[a-zA-Z][a-zA-Z0-9+.-]+://.*") ? Optional.empty() : Optional.of(Path.of(log));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // Somebody's journal may say anything.
            return Optional.empty();
        }
    }
}
