package dev.corral.core.code;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Moves files into a sandbox and out of it. A guest may be at work there meanwhile: each folder on the way is entered by its parent's
 * handle and never through a link. What is moved stays on one file system.
 */
final class Mover {
    private final SandboxFiles files;
    private final CodeRenewal.Changing changing;

    Mover(SandboxFiles files) {
        this(files, CodeRenewal.Changing.UNHEARD);
    }

    Mover(SandboxFiles files, CodeRenewal.Changing changing) {
        this.files = files;
        this.changing = changing;
    }

    /**
     * The path of a place.
     *
     * @param place relative to Vagrant's root
     * @throws IOException if it lies outside of the sandbox
     */
    Path target(Path place) throws IOException {
        Path target = files.directory().resolve(place).normalize();
        if (!target.startsWith(files.folder()) || target.equals(files.folder())) {
            throw new FileSystemException(target.toString(), null, "it lies outside of the sandbox");
        }
        return target;
    }

    /** Moves what is ready to a place where nothing is; its folders are there. */
    void put(Path ready, Path target) throws IOException {
        try (DirectoryStream<Path> from = Files.newDirectoryStream(Objects.requireNonNull(ready.getParent()))) {
            inFolder(target, to -> move(from, ready, to, target));
        }
    }

    /** Moves whatever lies there away; nothing if nothing does. */
    void takeAway(Path target, Path away) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> to = Files.newDirectoryStream(Objects.requireNonNull(away.getParent()))) {
            inFolder(target, from -> move(from, target, to, away));
        } catch (NoSuchFileException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Where something that is in the way goes. */
    interface Away {
        Path of(Path target);
    }

    /** Makes a folder of the sandbox, and those that lead to it; what is there and is none is moved away. */
    void makeFolders(Path folder, Away away) throws IOException {
        if (folder.equals(files.folder())) {
            return;
        }
        makeFolders(Objects.requireNonNull(folder.getParent()), away);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                takeAway(folder, away.of(folder));
            }
            changing.next();
            Files.createDirectory(folder, SafeFiles.privateDirectory());
        }
    }

    private interface Work {
        void in(DirectoryStream<Path> folder) throws IOException;
    }

    private void inFolder(Path target, Work work) throws IOException {
        Path below = files.folder().relativize(Objects.requireNonNull(target.getParent()));
        try (DirectoryStream<Path> top = Files.newDirectoryStream(files.folder())) {
            enter(top, files.folder(), below, below.toString().isEmpty() ? 0 : below.getNameCount(), work);
        }
    }

    private static void enter(DirectoryStream<Path> folder, Path path, Path below, int left, Work work)
            throws IOException {
        if (left == 0) {
            work.in(folder);
            return;
        }
        Path name = below.getName(below.getNameCount() - left);
        Path next = path.resolve(name);
        try (DirectoryStream<Path> deeper = folder instanceof SecureDirectoryStream<Path> secure
                ? secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)
                : Files.newDirectoryStream(next)) {
            enter(deeper, next, below, left - 1, work);
        }
    }

    private void move(DirectoryStream<Path> from, Path source, DirectoryStream<Path> to, Path target)
            throws IOException {
        changing.next();
        if (from instanceof SecureDirectoryStream<Path> here && to instanceof SecureDirectoryStream<Path> there) {
            here.move(source.getFileName(), there, target.getFileName());
        } else {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
