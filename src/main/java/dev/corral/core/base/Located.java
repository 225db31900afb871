package dev.corral.core.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Paths as a start names them: one file has one of them, whatever links lead to its folder. Reads the file system. */
public final class Located {
    private Located() {}

    /**
     * The path as the file system has it: absolute, its folder without links and {@code ..}. The file's own name stays, even where it is a
     * link: Vagrant takes what lies beside the name that it was given.
     *
     * @throws IOException if there is no such folder
     */
    public static Path find(Path file) throws IOException {
        Path given = file.toAbsolutePath();
        // Of LINK/../Vagrantfile the kernel asks where the link leads first, so the text must not be shortened before.
        return given.getFileName() == null || given.endsWith("..") || given.endsWith(".")
                ? given.toRealPath()
                : Objects.requireNonNull(given.getParent()).toRealPath().resolve(given.getFileName());
    }

    /** The same; where there is no such folder, the path as it was given, absolute and without {@code ..}. */
    public static Path of(Path file) {
        try {
            return find(file);
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
