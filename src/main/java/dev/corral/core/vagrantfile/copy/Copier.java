package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.vagrantfile.copy.CopyNote.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link CopyPlan} out. Each file gets bytes of its own, since a guest may write to the copy. Folders are for their user only,
 * and files have the owner's part of the original's permissions, and its time. Nothing outside the sandbox's folder is written, and no link
 * in it is followed.
 */
public final class Copier {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final int PART = 1 << 20;
    /** So many bytes all files together may have grown since they were planned. */
    private static final long GROWTH = 16L << 20;

    /**
     * What came of it.
     *
     * @param files what was copied
     * @param notes what changed or vanished meanwhile
     */
    public record Result(CopiedFiles files, List<CopyNote> notes) {}

    private final CopyPlan plan;
    private final Path sandbox;
    private final Path root;
    private final CopyProgress progress;
    private final Map<String, CopiedFiles.Copied> copied = new LinkedHashMap<>();
    private final List<CopyNote> notes = new ArrayList<>();
    private final Set<Path> made = new HashSet<>();
    private final int allFiles;
    private final long allBytes;
    private int files;
    private long bytes;
    private long growth = GROWTH;

    private Copier(CopyPlan plan, Path sandbox, Path root, CopyProgress progress) {
        this.plan = plan;
        this.sandbox = sandbox;
        this.root = root;
        this.progress = progress;
        this.allFiles = plan.files();
        this.allBytes = plan.bytes();
    }

    /**
     * Copies. Blocks. What was copied when it fails stays for the caller to remove.
     *
     * @param sandbox  the sandbox's folder; it is there
     * @param root     Vagrant's root in it, see {@link CopyPlan#root}; made with the folders that lead to it
     * @param progress is told how far it is
     * @throws IOException          if something can not be written; what can not be read is noted instead
     * @throws InterruptedException if the thread is interrupted
     */
    public static Result copy(CopyPlan plan, Path sandbox, Path root, CopyProgress progress)
            throws IOException, InterruptedException {
        Path real = sandbox.toRealPath();
        Path below = real.resolve(sandbox.toAbsolutePath()
                        .normalize()
                        .relativize(root.toAbsolutePath().normalize()))
                .normalize();
        if (!below.startsWith(real) || below.getNameCount() - real.getNameCount() < plan.above()) {
            throw new IllegalArgumentException(root + " has no room for the copy in " + sandbox);
        }
        try {
            return new Copier(plan, real, below, progress).copy();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("copying was stopped").initCause(e);
        }
    }

    private Result copy() throws IOException, InterruptedException {
        folder(root);
        for (CopyEntry entry : plan.entries()) {
            checkInterrupt();
            switch (entry.kind()) {
                case FOLDER -> folder(place(entry.place()));
                case FILE -> file(entry);
                case LINK -> link(entry);
            }
        }
        ownName();
        List<CopyEntry> folders = plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.FOLDER)
                .toList();
        for (CopyEntry entry : folders.reversed()) {
            folderTime(entry);
        }
        return new Result(new CopiedFiles(copied), List.copyOf(notes));
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("copying was stopped");
        }
    }

    private Path place(Path place) throws IOException {
        Path target = root.resolve(place).normalize();
        if (!target.startsWith(sandbox)) {
            throw new FileSystemException(target.toString(), null, "it lies outside of the sandbox's folder");
        }
        if (target.startsWith(root) && Places.above(place) > 0) {
            throw new FileSystemException(
                    target.toString(), null, "a folder beside the Vagrantfile's has the name of the sandbox");
        }
        return target;
    }

    // A folder that is there may be a link by now, which would lead what is copied elsewhere.
    private void folder(Path folder) throws IOException {
        if (folder.equals(sandbox) || made.contains(folder)) {
            return;
        }
        folder(Objects.requireNonNull(folder.getParent()));
        try {
            Files.createDirectory(folder, SafeFiles.privateDirectory());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
        made.add(folder);
    }

    // Makes room for a file or link.
    private Path room(Path place) throws IOException {
        Path target = place(place);
        folder(Objects.requireNonNull(target.getParent()));
        if (Files.isSymbolicLink(target) || Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(target);
        }
        return target;
    }

    private void link(CopyEntry entry) throws IOException {
        Path link = room(entry.place());
        Path folder = Objects.requireNonNull(link.getParent());
        Path text = folder.relativize(place(entry.target().orElseThrow()));
        if (text.equals(Places.ROOT)) {
            text = Path.of(".");
        }
        Files.createSymbolicLink(link, text);
        copied.put(CopiedFiles.key(entry.place()), new CopiedFiles.Copied(0, null, text.toString()));
        done(0, true);
    }

    // From above, Vagrant's root is found by the original folder's name as well.
    private void ownName() throws IOException {
        String name = plan.originalName().orElse("");
        Path own = Objects.requireNonNull(root.getFileName());
        if (name.isEmpty() || name.equals(own.toString()) || root.equals(sandbox)) {
            return;
        }
        Path link = root.resolveSibling(name);
        if (Files.isSymbolicLink(link)) {
            Files.delete(link);
        }
        Files.createSymbolicLink(link, own);
        copied.put(CopiedFiles.key(Path.of("..", name)), new CopiedFiles.Copied(0, null, own.toString()));
    }

    private void file(CopyEntry entry) throws IOException, InterruptedException {
        Path source = entry.source();
        BasicFileAttributes before = look(source);
        if (before == null) {
            return;
        }
        if (!before.isRegularFile()) {
            notes.add(new CopyNote(Kind.CHANGED, source, "is no file any more, and was not copied"));
            return;
        }
        InputStream in = open(source);
        if (in == null) {
            return;
        }
        Path target = room(entry.place());
        try (in;
                OutputStream out = create(target)) {
            bytes(entry, before, in, out);
        }
        permissions(source, target);
        Files.setLastModifiedTime(target, before.lastModifiedTime());
        done(0, true);
    }

    private void bytes(CopyEntry entry, BasicFileAttributes before, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        long most = Math.min(before.size(), entry.size() + growth);
        growth -= Math.max(0, most - entry.size());
        Hash hash = new Hash();
        byte[] part = new byte[(int) Math.min(PART, Math.max(1, most))];
        long left = most;
        boolean failed = false;
        while (left > 0) {
            checkInterrupt();
            int read = read(in, part, (int) Math.min(part.length, left));
            failed = read < -1;
            if (read <= 0) {
                break;
            }
            out.write(part, 0, read);
            hash.add(part, read);
            left -= read;
            done(read, false);
        }
        if (failed) {
            notes.add(new CopyNote(
                    Kind.UNREADABLE, entry.source(), "can't be read any further, and only its beginning was copied"));
        } else if (left > 0 || most < before.size() || changed(entry.source(), before)) {
            notes.add(new CopyNote(
                    Kind.CHANGED,
                    entry.source(),
                    "changed while it was copied: the copy has its first " + CopyLimit.number(most - left) + " bytes"));
        }
        copied.put(CopiedFiles.key(entry.place()), new CopiedFiles.Copied(most - left, hash.digits(), null));
    }

    // -2 where the disk or the network behind it gives up; a fault of what is written to is another one.
    private static int read(InputStream in, byte[] part, int most) throws ClosedByInterruptException {
        try {
            return in.read(part, 0, most);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return -2;
        }
    }

    private static boolean changed(Path source, BasicFileAttributes before) {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.size() != before.size()
                    || !now.lastModifiedTime().equals(before.lastModifiedTime())
                    || !Objects.equals(now.fileKey(), before.fileKey());
        } catch (IOException e) {
            // It is gone, but what was read is whole.
            return false;
        }
    }

    private @Nullable BasicFileAttributes look(Path source) {
        try {
            return Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            lost(source, e);
            return null;
        }
    }

    private @Nullable InputStream open(Path source) throws ClosedByInterruptException {
        try {
            return Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            lost(source, e);
            return null;
        }
    }

    private void lost(Path source, IOException failure) {
        notes.add(
                failure instanceof NoSuchFileException
                        ? new CopyNote(Kind.VANISHED, source, "vanished before it was copied")
                        : new CopyNote(Kind.UNREADABLE, source, "can't be read, and was not copied"));
    }

    private static OutputStream create(Path target) throws IOException {
        FileAttribute<?>[] mode = POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return Channels.newOutputStream(
                Files.newByteChannel(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode));
    }

    private static void permissions(Path source, Path target) throws IOException {
        if (!POSIX) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_READ);
        try {
            permissions.addAll(Files.getPosixFilePermissions(source, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            // It vanished after it was read.
            permissions.add(PosixFilePermission.OWNER_WRITE);
        }
        permissions.retainAll(OWNERS);
        Files.setPosixFilePermissions(target, permissions);
    }

    private void folderTime(CopyEntry entry) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry.source(), BasicFileAttributes.class);
        } catch (IOException e) {
            // It vanished; what lay in it has said so.
            return;
        }
        Files.setLastModifiedTime(place(entry.place()), attributes.lastModifiedTime());
    }

    private void done(long more, boolean file) {
        bytes += more;
        files += file ? 1 : 0;
        progress.at(files, allFiles, Math.min(bytes, allBytes), allBytes);
    }
}
