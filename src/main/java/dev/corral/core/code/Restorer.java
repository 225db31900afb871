package dev.corral.core.code;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * Puts kept code back. What lies in its place is moved to our folder, whatever it is. A guest may be at work there meanwhile: each
 * folder on the way is entered by its parent's handle and never through a link.
 */
final class Restorer {
    private final SandboxFiles files;
    private final KeptCode kept;
    private final Path aside;
    private int number;

    Restorer(SandboxFiles files, KeptCode kept) throws IOException {
        this.files = files;
        this.kept = kept;
        Files.createDirectories(files.own().resolve("set-aside"), SafeFiles.privateDirectory());
        this.aside = Files.createTempDirectory(files.own().resolve("set-aside"), "", SafeFiles.privateDirectory());
    }

    /** Where that lies which was in the way. */
    Path aside() {
        return aside;
    }

    void restore(List<KeptCode.Change> changes) throws IOException {
        for (KeptCode.Change change : changes) {
            Path target = files.directory()
                    .resolve(change.added() ? Path.of(change.place()) : CopiedFiles.place(change.place()))
                    .normalize();
            if (!target.startsWith(files.folder()) || target.equals(files.folder())) {
                throw new FileSystemException(target.toString(), null, "it lies outside of the sandbox");
            }
            if (change.added()) {
                takeAway(target);
            } else {
                putBack(change.place(), target);
            }
        }
    }

    private void putBack(String key, Path target) throws IOException {
        CopiedFiles.Copied copied = Objects.requireNonNull(kept.code().files().get(key));
        makeFolders(Objects.requireNonNull(target.getParent()));
        takeAway(target);
        Path ready = aside.resolve("ready-" + number++);
        if (copied.link() != null) {
            Files.createSymbolicLink(ready, Path.of(copied.link()));
        } else {
            Files.copy(
                    CodeKeeper.folder(files).resolve(CodeKeeper.name(key)),
                    ready,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
        try (DirectoryStream<Path> from = Files.newDirectoryStream(aside)) {
            inFolder(target, to -> move(from, ready, to, target));
        }
    }

    private void takeAway(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path away = aside.resolve(number++ + "-" + target.getFileName());
        try (DirectoryStream<Path> to = Files.newDirectoryStream(aside)) {
            inFolder(target, from -> move(from, target, to, away));
        } catch (NoSuchFileException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private void makeFolders(Path folder) throws IOException {
        if (folder.equals(files.folder())) {
            return;
        }
        makeFolders(Objects.requireNonNull(folder.getParent()));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            takeAway(folder);
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

    private static void move(DirectoryStream<Path> from, Path source, DirectoryStream<Path> to, Path target)
            throws IOException {
        if (from instanceof SecureDirectoryStream<Path> here && to instanceof SecureDirectoryStream<Path> there) {
            here.move(source.getFileName(), there, target.getFileName());
        } else {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
