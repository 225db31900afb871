package dev.corral.cli.copy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a guest's files are written to. Below it nothing is reached through a link, also when another process puts
 * one there meanwhile: where the system can, each step goes from one open folder to the next. Not thread-safe.
 */
final class UnpackFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    // The folder that was used last, which the next file is in most often.
    private @Nullable Path openedAt;
    private @Nullable SecureDirectoryStream<Path> opened;

    /** What lies at a place. */
    enum Kind {
        NOTHING,
        FOLDER,
        FILE,
        LINK,
        OTHER
    }

    /** @param root what the top becomes; its parent is the user's own choice and may be reached through links */
    UnpackFolder(Path root) {
        this.root = root;
    }

    /** What lies at a place, links not followed; a place below a link holds nothing. */
    Kind kind(Path place) {
        for (Path above = place.getParent();
                !place.equals(root) && above != null && above.startsWith(root);
                above = above.getParent()) {
            if (Files.isSymbolicLink(above)) {
                return Kind.NOTHING;
            }
        }
        return Files.isSymbolicLink(place)
                ? Kind.LINK
                : Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                        ? Kind.FOLDER
                        : Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                                ? Kind.FILE
                                : Files.exists(place, LinkOption.NOFOLLOW_LINKS) ? Kind.OTHER : Kind.NOTHING;
    }

    /** Makes a folder that only its user may enter, in one that is there. */
    void makeFolder(Path place) throws IOException {
        Files.createDirectory(place, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
    }

    /** Makes a new file that only its user may read, in place of a file or link that is there. */
    OutputStream makeFile(Path place) throws IOException {
        remove(place);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Optional<SecureDirectoryStream<Path>> parent = open(above(place));
        return Channels.newOutputStream(
                parent.isPresent()
                        ? parent.get()
                                .newByteChannel(
                                        place.getFileName(),
                                        options,
                                        PosixFilePermissions.asFileAttribute(PRIVATE_FILE))
                        : Files.newByteChannel(place, options, PosixFilePermissions.asFileAttribute(PRIVATE_FILE)));
    }

    /** Makes a link, whatever it says, where nothing is. */
    void makeLink(Path place, Path target) throws IOException {
        remove(place);
        Files.createSymbolicLink(place, target);
    }

    /** Gives a file a second name. */
    void makeSecondName(Path place, Path file) throws IOException {
        Object key = key(file);
        remove(place);
        Files.createLink(place, file);
        if (key == null || !key.equals(key(place))) {
            remove(place);
            throw new FileSystemException(place.toString(), null, "its first name changed meanwhile");
        }
    }

    private Object key(Path file) throws IOException {
        Optional<SecureDirectoryStream<Path>> parent = open(above(file));
        BasicFileAttributeView view = parent.isPresent()
                ? parent.get()
                        .getFileAttributeView(
                                file.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view.readAttributes().fileKey();
    }

    /** Sets the mode of a file or folder; fails at a link. */
    void setMode(Path place, Set<PosixFilePermission> mode) throws IOException {
        Optional<SecureDirectoryStream<Path>> parent = open(above(place));
        PosixFileAttributeView view = parent.isPresent()
                ? parent.get()
                        .getFileAttributeView(
                                place.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setPermissions(mode);
    }

    /**
     * Removes a file, a link or an empty folder, if there is one.
     *
     * @throws DirectoryNotEmptyException for a folder with something in it
     */
    void remove(Path place) throws IOException {
        Optional<SecureDirectoryStream<Path>> parent = open(above(place));
        if (parent.isEmpty()) {
            Files.deleteIfExists(place);
            return;
        }
        try {
            if (kind(place) == Kind.FOLDER) {
                forget(place);
                parent.get().deleteDirectory(place.getFileName());
            } else {
                parent.get().deleteFile(place.getFileName());
            }
        } catch (NoSuchFileException e) {
            // Nothing there is what is wanted.
            return;
        }
    }

    private void forget(Path place) throws IOException {
        if (openedAt != null && openedAt.startsWith(place)) {
            close();
        }
    }

    /** The folder, opened from the root down without following a link; empty where the system has no such way. */
    @SuppressWarnings(
            "StreamResourceLeak") // What is opened last stays open for the next file in it; close() closes it.
    private Optional<SecureDirectoryStream<Path>> open(Path folder) throws IOException {
        if (opened != null && folder.equals(openedAt)) {
            return Optional.of(opened);
        }
        close();
        // The root itself may be a file yet to be made: then its parent is what is asked for.
        DirectoryStream<Path> top = Files.newDirectoryStream(folder.startsWith(root) ? parentOf(root) : folder);
        if (!(top instanceof SecureDirectoryStream<Path> secure)) {
            top.close();
            return Optional.empty();
        }
        SecureDirectoryStream<Path> current = secure;
        if (folder.startsWith(root)) {
            try {
                for (Path name : parentOf(root).relativize(folder)) {
                    current = name.toString().isEmpty() ? current : step(current, name);
                }
            } catch (IOException e) {
                current.close();
                throw e;
            }
        }
        openedAt = folder;
        opened = current;
        return Optional.of(current);
    }

    // The root of the file system is never an entry's place.
    private static Path above(Path place) {
        return Objects.requireNonNull(place.getParent());
    }

    private static Path parentOf(Path path) {
        return path.getParent() == null ? path : path.getParent();
    }

    private static SecureDirectoryStream<Path> step(SecureDirectoryStream<Path> from, Path name) throws IOException {
        SecureDirectoryStream<Path> next = from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        from.close();
        return next;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
        opened = null;
        openedAt = null;
    }
}
