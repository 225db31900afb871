package dev.corral.console.sandboxes.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a task file, or the Python files of a folder, looked like at one moment, without reading them.
 *
 * @param there    whether it exists
 * @param readable whether this user may read it
 * @param files    time of change and size of each file
 */
public record FileStamp(boolean there, boolean readable, Map<Path, String> files) {
    /** The word for a file that is there, but not as it was. */
    public static final String CHANGED = "changed since it was read";

    private static final int MOST_FILES = 2_000;
    private static final int DEPTH = 4;

    /** Looks now. Blocks. */
    static FileStamp of(Path path) {
        boolean readable = Files.isReadable(path);
        if (!Files.exists(path) || !readable) {
            return new FileStamp(Files.exists(path), readable, Map.of());
        }
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.find(
                path,
                DEPTH,
                (each, attributes) -> attributes.isRegularFile()
                        && (each.equals(path) || each.toString().endsWith(".py")))) {
            for (Path each : found.limit(MOST_FILES).toList()) {
                BasicFileAttributes seen = Files.readAttributes(each, BasicFileAttributes.class);
                files.put(each, seen.lastModifiedTime() + " " + seen.size());
            }
        } catch (IOException | UncheckedIOException part) {
            // What can be seen of it must do: a folder below may be closed to this user, or a file go meanwhile.
            return new FileStamp(true, true, Map.copyOf(files));
        }
        return new FileStamp(true, true, Map.copyOf(files));
    }

    /** What has become of it since this stamp, in words; empty when it is the same. */
    String since(FileStamp now) {
        if (now.equals(this)) {
            return "";
        }
        return !now.there() ? "no longer there" : !now.readable() ? "not readable" : CHANGED;
    }
}
