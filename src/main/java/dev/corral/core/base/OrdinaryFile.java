package dev.corral.core.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Reads files that somebody else may have put there. A pipe would be waited for without an end, a device never ends, and a file
 * of any size would be taken into memory whole: each is refused instead.
 */
public final class OrdinaryFile {
    /** The size in bytes beyond which nothing that Corral or Vagrant writes in one piece is read. */
    public static final long LARGEST = 16 << 20;

    private OrdinaryFile() {}

    /**
     * The content.
     *
     * @param most the largest size in bytes that is taken
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException                       if it can not be read, is no ordinary file, or is larger
     */
    public static byte[] read(Path file, long most) throws IOException {
        check(file, most);
        try (InputStream in = Files.newInputStream(file)) {
            // A size may lie, and a file may grow.
            byte[] content = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
            if (content.length > most) {
                throw tooLarge(file, most);
            }
            return content;
        }
    }

    /** The content up to {@link #LARGEST}; see {@link #read(Path, long)}. */
    public static byte[] read(Path file) throws IOException {
        return read(file, LARGEST);
    }

    /** The content as UTF-8, with a replacement for what is none; see {@link #read(Path)}. */
    public static String text(Path file) throws IOException {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    /** The lines, whatever they are encoded in: each byte is one character; see {@link #read(Path)}. */
    public static List<String> byteLines(Path file) throws IOException {
        return new String(read(file), StandardCharsets.ISO_8859_1).lines().toList();
    }

    /**
     * Sees to it that a file may be opened without waiting for anybody.
     *
     * @throws IOException if it is not there, can not be looked at, or is no ordinary file
     */
    public static void check(Path file) throws IOException {
        check(file, Long.MAX_VALUE);
    }

    private static void check(Path file, long most) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it is no ordinary file");
        }
        if (attributes.size() > most) {
            throw tooLarge(file, most);
        }
    }

    private static IOException tooLarge(Path file, long most) {
        return new FileSystemException(file.toString(), null, "it is larger than " + (most >> 10) + " KiB");
    }
}
