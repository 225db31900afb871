package dev.corral.core.vagrant.index;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The files beside a machine index: how they are written so that neither a full disk nor a power cut leaves half of one. */
final class IndexFolder {
    private static final int BACKUPS = 20;
    private static final String PREFIX = "corral-backup-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final Clock clock;

    IndexFolder(Path home, Clock clock) {
        this.folder = of(home);
        this.clock = clock;
    }

    /** Where a Vagrant home has its index. */
    static Path of(Path home) {
        return home.resolve("data/machine-index");
    }

    Path path() {
        return folder;
    }

    Path index() {
        return folder.resolve("index");
    }

    /** Makes an empty file that belongs to whom another belongs; does nothing if it is there. */
    static void create(Path file, Path like) throws IOException {
        try {
            Files.createFile(file);
            belongs(file, like);
        } catch (FileAlreadyExistsException e) {
            // A Vagrant has just made it.
            return;
        }
    }

    /**
     * Writes what is to take the index's place: a file beside it that belongs to the same user and is wholly on the disk.
     *
     * @throws ExpectedFailure if there is no room
     */
    Path next(byte[] content) throws IOException {
        Path next = Files.createTempFile(folder, ".corral-", ".new", PosixFilePermissions.asFileAttribute(PRIVATE));
        try {
            write(next, content);
            Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(index()));
            belongs(next, index());
            return next;
        } catch (IOException e) {
            Files.deleteIfExists(next);
            throw e;
        }
    }

    /** Writes a backup for its user only; returns it. */
    Path backUp(byte[] content) throws IOException {
        Instant now = clock.instant();
        while (true) {
            Path backup = folder.resolve(PREFIX + TIME.format(now) + ".json");
            try {
                Files.createFile(backup, PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (FileAlreadyExistsException e) {
                now = now.plusMillis(1);
                continue;
            }
            try {
                write(backup, content);
                return backup;
            } catch (IOException e) {
                Files.deleteIfExists(backup);
                throw e;
            }
        }
    }

    /** The backups, latest first. */
    List<Path> backups() throws IOException {
        List<Path> backups = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*.json")) {
            files.forEach(backups::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        backups.sort(Comparator.comparing((Path file) -> file.getFileName().toString())
                .reversed());
        return backups;
    }

    /** Removes all but the latest backups. */
    void thin() throws IOException {
        for (Path old : backups().stream().skip(BACKUPS).toList()) {
            Files.deleteIfExists(old);
        }
    }

    /** Makes the folder's entries last. */
    void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    // Only root can give files away, and only root works on another user's index.
    private static void belongs(Path file, Path like) throws IOException {
        for (String attribute : List.of("unix:gid", "unix:uid")) {
            Object wanted = Files.getAttribute(like, attribute);
            if (!wanted.equals(Files.getAttribute(file, attribute))) {
                Files.setAttribute(file, attribute, wanted);
            }
        }
    }
}
