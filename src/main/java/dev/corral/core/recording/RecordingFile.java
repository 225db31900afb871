package dev.corral.core.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A recording on disk.
 *
 * @param file     the file of its first part
 * @param header   its first line
 * @param bytes    the size of all parts
 * @param modified when something was last written
 */
public record RecordingFile(Path file, CastHeader header, long bytes, Instant modified) {
    /** How recordings end. */
    public static final String ENDING = ".cast";

    private static final Pattern LATER = Pattern.compile(".*\\.part\\d+\\.cast");
    private static final int MOST_PARTS = 1000;

    /** The file of a part, from 1. */
    static Path part(Path first, int number) {
        String name = first.getFileName().toString();
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return number == 1 ? first : first.resolveSibling(stem + ".part" + number + ENDING);
    }

    /** Whether a file is a later part of a recording. */
    static boolean later(Path file) {
        return LATER.matcher(file.getFileName().toString()).matches();
    }

    /** The files of all parts, in order. Looks at the disk. */
    public static List<Path> parts(Path first) {
        List<Path> parts = new ArrayList<>();
        parts.add(first);
        while (!later(first)
                && parts.size() < MOST_PARTS
                && Files.isRegularFile(part(first, parts.size() + 1), LinkOption.NOFOLLOW_LINKS)) {
            parts.add(part(first, parts.size() + 1));
        }
        return parts;
    }

    /**
     * What lies there.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it is no recording
     * @throws IOException if it can not be read
     */
    public static RecordingFile of(Path file) throws IOException {
        try (EventCursor cursor = EventCursor.open(List.of(file))) {
            long bytes = 0;
            Instant modified = Instant.EPOCH;
            for (Path part : parts(file)) {
                bytes += Files.size(part);
                modified = Files.getLastModifiedTime(part).toInstant();
            }
            return new RecordingFile(file, cursor.header(), bytes, modified);
        }
    }
}
