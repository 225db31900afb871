package dev.corral.core.vagrantfile;

import dev.corral.core.vagrantfile.Resolution.Read;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The state of a file, folder or gap, as far as a Vagrantfile that touched it could see: equal states, equal answer.
 *
 * @param path  the absolute path
 * @param how   the ways in which it was touched, see {@link Read#how}
 * @param state the state in words and hashes
 */
record FileState(String path, List<String> how, String state) {
    // Beyond this size in bytes a file's time stands for its content.
    private static final long LARGE = 1L << 20;
    private static final int MOST_ENTRIES = 50_000;
    private static final String ABSENT = "absent";

    /** The present state. Reads the file if its content was read; blocks for that. */
    static FileState of(Read read) {
        return new FileState(read.path(), read.how(), now(Path.of(read.path()), read.how()));
    }

    /** Whether it is still so. */
    boolean holds() {
        return now(Path.of(path), how).equals(state);
    }

    /** Whether it changed at or after that time, in milliseconds since 1970; false if that can not be told. */
    boolean changedSince(long time) {
        try {
            return how.stream().anyMatch(one -> !one.equals("tool"))
                    && Files.getLastModifiedTime(Path.of(path)).toMillis() >= time;
        } catch (IOException e) {
            return false;
        }
    }

    private static String now(Path path, List<String> how) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            StringBuilder state = new StringBuilder(kind(path, attributes));
            if (how.contains("stat")) {
                state.append(" size ")
                        .append(attributes.size())
                        .append(" time ")
                        .append(attributes.lastModifiedTime().toMillis());
            }
            if (how.contains("link")) {
                state.append(" at ").append(path.toRealPath());
            }
            if (how.contains("read") && attributes.isRegularFile()) {
                state.append(' ').append(content(path, attributes));
            }
            if (how.contains("list") && attributes.isDirectory()) {
                state.append(' ').append(listing(path));
            }
            return state.toString();
        } catch (IOException e) {
            // A link that leads nowhere is not the same as nothing.
            return Files.isSymbolicLink(path) ? "dangling" : ABSENT;
        }
    }

    private static String kind(Path path, BasicFileAttributes attributes) {
        String kind = attributes.isRegularFile() ? "file" : attributes.isDirectory() ? "directory" : "other";
        return kind + (Files.isReadable(path) ? "r" : "") + (Files.isExecutable(path) ? "x" : "");
    }

    private static String content(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.size() > LARGE) {
            return "large " + attributes.size() + " "
                    + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey();
        }
        return hash(path);
    }

    /** The SHA-256 of a file's content, in hexadecimal digits. */
    static String hash(Path path) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(path)) {
            byte[] part = new byte[1 << 16];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                digest.update(part, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of bytes, in hexadecimal digits. */
    static String hash(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** The SHA-256 of texts, in hexadecimal digits; which text is which decides, too. */
    static String hash(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String listing(Path folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String type = Files.isDirectory(entry)
                        ? "d "
                        : Files.isSymbolicLink(entry) && Files.notExists(entry, LinkOption.NOFOLLOW_LINKS)
                                ? "l "
                                : "f ";
                names.add(type + entry.getFileName());
                if (names.size() > MOST_ENTRIES) {
                    return String.format(
                            Locale.ROOT,
                            "many %d",
                            Files.getLastModifiedTime(folder).toMillis());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return hash(names.toArray(String[]::new));
    }
}
