package dev.corral.core.inspect.tasks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Inspect brings into the sandbox of a sample before the sample starts. The bytes lie in a private folder, which is
 * removed when this is closed.
 *
 * @param files      the files in the order in which they are written
 * @param setup      the setup script, with its first line
 * @param setupLimit how long the script may run
 * @param folder     holds the bytes
 */
public record SampleContents(List<SampleFile> files, Optional<SampleFile> setup, Duration setupLimit, Path folder)
        implements AutoCloseable {

    /** Copies the list. */
    public SampleContents {
        files = List.copyOf(files);
        Objects.requireNonNull(setup, "setup");
        Objects.requireNonNull(setupLimit, "setupLimit");
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * One file.
     *
     * @param target  where it goes: a path in the default machine, or {@code name:path} in another; empty for the setup script
     * @param content the file on this host that holds its bytes
     * @param size    its size in bytes
     */
    public record SampleFile(String target, Path content, long size) {}

    /** Removes the bytes from this host. */
    @Override
    public void close() throws IOException {
        remove(folder);
    }

    /** Removes a folder of files. */
    static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Whoever clears the temporary files was quicker.
            return;
        }
        Files.deleteIfExists(folder);
    }
}
