package dev.corral.core.ssh.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder here that files are put into, kept open: whatever somebody puts in the place of its path meanwhile, a link for instance, all
 * that is made in it lands in the folder that was opened. Where the system knows no such way, paths have to do. Nothing that is there is
 * replaced: that throws {@link FileAlreadyExistsException}. Names are single ones. For one thread, but for {@link #delete}.
 */
final class OpenFolder implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path path;
    private final Path real;
    private final OpenFolder top;
    private final DirectoryStream<Path> stream;
    private final @Nullable SecureDirectoryStream<Path> handle;

    /** @param path a folder that exists; it may be reached through links */
    @SuppressWarnings("StreamResourceLeak") // close() closes it.
    static OpenFolder of(Path path) throws IOException {
        Path real = path.toRealPath();
        return new OpenFolder(path, real, null, Files.newDirectoryStream(real));
    }

    private OpenFolder(Path path, Path real, @Nullable OpenFolder top, DirectoryStream<Path> stream) {
        this.path = path;
        this.real = real;
        this.top = top == null ? this : top;
        this.stream = stream;
        this.handle = stream instanceof SecureDirectoryStream<Path> secure ? secure : null;
    }

    /** Where it was when it was opened. */
    Path path() {
        return path;
    }

    private boolean has(Path name) throws IOException {
        if (handle == null) {
            return Files.exists(real.resolve(name), LinkOption.NOFOLLOW_LINKS);
        }
        try {
            var _ = handle.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            return true;
        } catch (NoSuchFileException e) {
            // Which is what is asked.
            return false;
        }
    }

    private void requireFree(Path name) throws IOException {
        if (has(name)) {
            throw new FileAlreadyExistsException(path.resolve(name).toString());
        }
    }

    /** Makes a file. */
    OutputStream file(String name) throws IOException {
        Path file = Path.of(name);
        return Channels.newOutputStream(
                handle == null ? Files.newByteChannel(real.resolve(file), NEW) : handle.newByteChannel(file, NEW));
    }

    /** Makes a folder and opens it. */
    @SuppressWarnings("StreamResourceLeak") // It becomes that of the folder.
    OpenFolder folder(String name) throws IOException {
        Path folder = Path.of(name);
        requireFree(folder);
        if (handle == null) {
            Files.createDirectory(real.resolve(folder));
            return new OpenFolder(
                    path.resolve(folder), real.resolve(folder), top, Files.newDirectoryStream(real.resolve(folder)));
        }
        // There is no call that makes a folder by a handle, but one that moves it: so it is made in the chosen folder
        // itself, which only
        // somebody who may change what is above that can replace.
        return placed(folder, handle, top.staged());
    }

    private OpenFolder placed(Path folder, SecureDirectoryStream<Path> into, Staged staged) throws IOException {
        boolean placed = false;
        try {
            staged.from().move(staged.name(), into, folder);
            placed = true;
            return new OpenFolder(path.resolve(folder), real.resolve(folder), top, staged.opened());
        } catch (FileSystemException e) {
            // Something has come there since that was looked at.
            if (has(folder)) {
                FileAlreadyExistsException taken =
                        new FileAlreadyExistsException(path.resolve(folder).toString());
                taken.initCause(e);
                throw taken;
            }
            throw e;
        } finally {
            if (!placed) {
                staged.opened().close();
                staged.from().deleteDirectory(staged.name());
            }
        }
    }

    private record Staged(SecureDirectoryStream<Path> from, Path name, SecureDirectoryStream<Path> opened) {}

    @SuppressWarnings("StreamResourceLeak") // It becomes that of the folder.
    private Staged staged() throws IOException {
        SecureDirectoryStream<Path> from = Optional.ofNullable(handle).orElseThrow();
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path name = Path.of(".corral-" + HexFormat.of().formatHex(random));
        Files.createDirectory(real.resolve(name));
        try {
            return new Staged(from, name, from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            // Its path leads elsewhere by now.
            Files.deleteIfExists(real.resolve(name));
            throw e;
        }
    }

    /** Gives a file in it another name. */
    void rename(String from, String to) throws IOException {
        if (handle == null) {
            requireFree(Path.of(to));
            Files.move(real.resolve(from), real.resolve(to));
            return;
        }
        // A move by a handle replaces what is there, also what has come there a moment ago: so the name is taken first.
        file(to).close();
        boolean moved = false;
        try {
            handle.move(Path.of(from), handle, Path.of(to));
            moved = true;
        } finally {
            if (!moved) {
                handle.deleteFile(Path.of(to));
            }
        }
    }

    /** Deletes a file in it, if it is there. */
    void delete(String name) throws IOException {
        try {
            if (handle == null) {
                Files.deleteIfExists(real.resolve(name));
            } else {
                handle.deleteFile(Path.of(name));
            }
        } catch (NoSuchFileException e) {
            // Nothing there is what is wanted.
            return;
        }
    }

    /** The room on its disk, in bytes. */
    long room() throws IOException {
        return Files.getFileStore(top.real).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
