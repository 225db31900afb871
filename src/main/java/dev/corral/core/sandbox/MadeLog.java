package dev.corral.core.sandbox;

import dev.corral.core.base.FileGuard;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of all sandboxes that were ever made in a cache directory, a line each. A VM or disk that is named like one of
 * them and has no directory any more was made here, and not by somebody with another cache directory.
 */
public final class MadeLog {
    private static final long LARGEST = 1024 * 1024;

    private final Path file;

    MadeLog(Path file) {
        this.file = file;
    }

    /** Where it lies. */
    public Path file() {
        return file;
    }

    /** Notes a sandbox; on disk when this returns. */
    void add(String id) throws IOException {
        Files.createDirectories(file.getParent(), SafeFiles.privateDirectory());
        SafeFiles.append(file, (id + "\n").getBytes(StandardCharsets.UTF_8), true);
        if (Files.size(file) > LARGEST) {
            shorten();
        }
    }

    /**
     * All names.
     *
     * @throws IOException if the file is there but can not be read
     */
    public Set<String> ids() throws IOException {
        try {
            return new HashSet<>(OrdinaryFile.byteLines(file));
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    // The oldest names go: what is left of a sandbox that old was found long ago.
    private void shorten() throws IOException {
        Optional<FileGuard> guard = FileGuard.tryTake(file.resolveSibling("made.lock"));
        if (guard.isPresent()) {
            try (FileGuard held = guard.get()) {
                List<String> lines = OrdinaryFile.byteLines(file);
                String kept = String.join("\n", lines.subList(lines.size() / 2, lines.size())) + "\n";
                SafeFiles.replace(file, kept.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }
}
