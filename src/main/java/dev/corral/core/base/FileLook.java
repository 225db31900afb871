package dev.corral.core.base;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One look at many files, by all who need to know something of them: each file is asked once, and what it said counts until the look
 * is over. Made for each look anew. Thread-safe.
 */
public final class FileLook {
    private final Map<Path, Optional<FileFacts>> seen = new ConcurrentHashMap<>();

    /** The facts of a file; empty if it is not there or nobody may look at it. */
    public Optional<FileFacts> at(Path file) {
        Optional<FileFacts> known = seen.get(file);
        if (known == null) {
            known = FileFacts.of(file);
            seen.put(file, known);
        }
        return known;
    }
}
