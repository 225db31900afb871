package dev.corral.core.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** File operations that hold when power is lost in the middle, and that keep others out. */
public final class SafeFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private SafeFiles() {}

    /** Attributes for a directory that only its user may enter. */
    public static FileAttribute<?>[] privateDirectory() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static FileAttribute<?>[] privateFile() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Writes a file so that readers see the old content or the new, and power loss keeps one of them. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(
                Objects.requireNonNull(file.getParent()), "." + file.getFileName(), ".new", privateFile());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeAll(channel, content);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(Objects.requireNonNull(file.getParent()));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a file that is not there yet, whole or not at all; does nothing if it is there. */
    public static void create(Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(
                Objects.requireNonNull(file.getParent()), "." + file.getFileName(), ".new", privateFile());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeAll(channel, content);
                channel.force(true);
            }
            Files.createLink(file, temporary);
            sync(Objects.requireNonNull(file.getParent()));
        } catch (FileAlreadyExistsException e) {
            // Another process made it in between, which is just as well.
            return;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Appends a line with one write, so that lines of two processes do not mix. After a line that was cut off it begins a
     * new one.
     */
    public static void append(Path file, byte[] line, boolean force) throws IOException {
        touch(file);
        OrdinaryFile.check(file);
        if (cutOff(file)) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write('\n');
            whole.writeBytes(line);
            line = whole.toByteArray();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            writeAll(channel, line);
            if (force) {
                channel.force(false);
            }
        }
    }

    /** Makes an empty file for its user only; does nothing if it is there. */
    public static void touch(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, privateFile());
            } catch (FileAlreadyExistsException e) {
                // Another process made it in between, which is just as well.
                return;
            }
        }
    }

    private static boolean cutOff(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Whether so many bytes can be written to this file now; leaves it empty. */
    public static boolean hasRoom(Path file, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeAll(channel, new byte[bytes]);
            return true;
        } catch (IOException e) {
            if (!DiskFull.is(e)) {
                throw e;
            }
            return false;
        } finally {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /** Makes the entries of a directory last. */
    static void sync(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * The directories in a directory, in no order; links are none of them. Empty where there is no such directory.
     *
     * @throws IOException if it is there but can not be read
     */
    public static List<Path> directories(Path parent) throws IOException {
        return entries(parent).stream()
                .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** As {@link #directories(Path)}, of thousands, as this look finds them. */
    public static List<Path> directories(Path parent, FileLook look) throws IOException {
        return entries(parent).parallelStream()
                .filter(entry -> look.at(entry).filter(FileFacts::isDirectory).isPresent())
                .toList();
    }

    private static List<Path> entries(Path parent) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /**
     * Deletes a tree. Links are removed, never followed; what vanishes meanwhile is no error.
     */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void writeAll(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
