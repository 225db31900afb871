package dev.corral.console.editor.file;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file that is being edited: what was read or saved last, and what the disk has now. Saving never overwrites a change that nobody has
 * seen. Thread-safe; everything but {@link #path}, {@link #content} and {@link #hash} blocks.
 */
public final class EditedFile {
    /** The largest file in bytes that is edited. */
    public static final long LARGEST = 2 << 20;

    private static final String USED = "Open it in another editor.";

    private final Path path;
    private FileText content;
    private String hash;
    private Optional<Stamp> stamp;

    // A second change within the resolution of the clock looks like none, so that a young stamp proves nothing.
    private record Stamp(Object key, long modified, long size, long seen) {
        private static final long YOUNG_MS = 3_000;

        boolean proves(Stamp now) {
            return now.key.equals(key) && now.modified == modified && now.size == size && seen - modified > YOUNG_MS;
        }
    }

    private EditedFile(Path path, FileText content, String hash, Optional<Stamp> stamp) {
        this.path = path;
        this.content = content;
        this.hash = hash;
        this.stamp = stamp;
    }

    /**
     * Reads a file.
     *
     * @throws ExpectedFailure if it is not there, can not be read, or is no text that can be edited
     */
    public static EditedFile open(Path file) {
        Path path = file.toAbsolutePath().normalize();
        try {
            Optional<Stamp> stamp = stamp(path);
            byte[] bytes = read(path);
            return new EditedFile(path, FileText.of(bytes), hash(bytes), stamp);
        } catch (NoSuchFileException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.NOT_FOUND,
                    "There is no such file: " + path,
                    "It may have been moved or deleted.",
                    "",
                    e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** One of which the disk has nothing: saving makes it. */
    public static EditedFile missing(Path file) {
        return new EditedFile(file.toAbsolutePath().normalize(), FileText.empty(), hash(new byte[0]), Optional.empty());
    }

    private static byte[] read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw ExpectedFailure.failed("This is a folder: " + path, "Choose a file in it.");
        }
        if (Files.isRegularFile(path) && Files.size(path) > LARGEST) {
            throw ExpectedFailure.failed(
                    "This file is larger than " + (LARGEST >> 20) + " MiB: " + path.getFileName(), USED);
        }
        return OrdinaryFile.read(path, LARGEST);
    }

    private static ExpectedFailure unreadable(Path path, IOException e) {
        return e instanceof AccessDeniedException
                ? ExpectedFailure.failed(
                        "You may not read this file: " + path, "Ask its owner, or change its permissions.", e)
                : ExpectedFailure.failed("This file can not be read: " + path, "Check that it is an ordinary file.", e);
    }

    /** Where it is; its name may be a link. */
    public Path path() {
        return path;
    }

    /** What was read or saved last. */
    public synchronized FileText content() {
        return content;
    }

    /** The hash of the bytes that were read or saved last. */
    public synchronized String hash() {
        return hash;
    }

    /** Why it can not be saved, a plain sentence; empty when it can. */
    public Optional<String> obstacle() {
        return Files.exists(path) && !FileWriter.writable(path)
                ? Optional.of("This file is read only.")
                : Optional.empty();
    }

    /** What the disk has now. */
    public synchronized Disk look() {
        try {
            Optional<Stamp> now = stamp(path);
            if (stamp.isPresent() && now.isPresent() && stamp.get().proves(now.get())) {
                return new Disk.Same();
            }
            byte[] bytes = read(path);
            String found = hash(bytes);
            if (found.equals(hash)) {
                stamp = now;
                return new Disk.Same();
            }
            return new Disk.Changed(FileText.of(bytes), found);
        } catch (NoSuchFileException e) {
            return new Disk.Gone();
        } catch (IOException e) {
            return new Disk.Unreadable(unreadable(path, e).getMessage());
        } catch (ExpectedFailure e) {
            return new Disk.Unreadable(e.getMessage());
        }
    }

    /** Takes what the disk has for what was read last. */
    public synchronized void take(Disk.Changed disk) {
        content = disk.content();
        hash = disk.hash();
        stamp = Optional.empty();
    }

    /**
     * Saves a text, unless the disk has something that nobody has seen.
     *
     * @return what the disk has: {@link Disk.Same} when the text is saved, and anything else when nothing was done
     * @throws ExpectedFailure if it can not be written; the file is as it was
     */
    public synchronized Disk save(String text) {
        Disk disk = look();
        if (disk instanceof Disk.Same) {
            write(text);
        }
        return disk;
    }

    /**
     * Saves a text whatever the disk has.
     *
     * @throws ExpectedFailure if it can not be written; the file is as it was
     */
    public synchronized void overwrite(String text) {
        write(text);
    }

    private void write(String text) {
        FileText now = content.with(text);
        byte[] bytes = now.bytes();
        try {
            FileWriter.write(path, bytes);
            content = now;
            hash = hash(bytes);
            stamp = stamp(path);
        } catch (AccessDeniedException e) {
            throw ExpectedFailure.failed(
                    "You may not write this file: " + path,
                    "Your text is kept; change the file's permissions and save again.",
                    e);
        } catch (IOException e) {
            if (DiskFull.is(e)) {
                throw DiskFull.failure(path, e);
            }
            throw ExpectedFailure.failed(
                    "This file can not be written: " + path,
                    "Your text is kept. Check that its folder is there, then save again.",
                    e);
        }
    }

    private static Optional<Stamp> stamp(Path path) throws IOException {
        BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
        return Optional.ofNullable(seen.fileKey())
                .map(key ->
                        new Stamp(key, seen.lastModifiedTime().toMillis(), seen.size(), System.currentTimeMillis()));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
