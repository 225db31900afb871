package dev.corral.core.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the system says of a file in one answer; a link is looked at itself.
 *
 * @param owned    whether the system says whose it is
 * @param uid      the owner's number, as the system's 32 bits; means nothing where it is not owned
 * @param mode     kind and permissions; without these where files have no owner
 * @param size     bytes
 * @param modified when its content changed last, of a directory its names; nanoseconds since the epoch
 * @param key      tells it from another file of the same name, if the system does
 */
public record FileFacts(
        boolean owned,
        int uid,
        int mode,
        long size,
        long modified,
        @Nullable Object key) {
    private static final String ASKED = "unix:uid,mode,size,lastModifiedTime,fileKey";
    private static final int KIND = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;

    /** The facts of this file; empty if it is not there or nobody may look at it. */
    public static Optional<FileFacts> of(Path file) {
        try {
            Map<String, Object> told = Files.readAttributes(file, ASKED, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new FileFacts(
                    true,
                    (Integer) told(told, "uid"),
                    (Integer) told(told, "mode"),
                    (Long) told(told, "size"),
                    ((FileTime) told(told, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                    told.get("fileKey")));
        } catch (UnsupportedOperationException e) {
            return basic(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Object told(Map<String, Object> told, String name) {
        return Objects.requireNonNull(told.get(name));
    }

    private static Optional<FileFacts> basic(Path file) {
        try {
            BasicFileAttributes told = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            int kind = told.isRegularFile() ? FILE : told.isDirectory() ? DIRECTORY : told.isSymbolicLink() ? LINK : 0;
            return Optional.of(new FileFacts(
                    false, 0, kind, told.size(), told.lastModifiedTime().to(TimeUnit.NANOSECONDS), told.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a file with content of its own. */
    public boolean isFile() {
        return (mode & KIND) == FILE;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }

    /** Whether it is a link. */
    public boolean isLink() {
        return (mode & KIND) == LINK;
    }
}
