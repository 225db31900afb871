package dev.corral.cli.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a tree of files as a tar stream, under another name at its top. */
final class TreeToTar {
    private final LongConsumer progress;
    private long bytes;

    TreeToTar(LongConsumer progress) {
        this.progress = progress;
    }

    /** Writes everything; returns what was left out, a sentence each. */
    List<String> write(Path source, String name, OutputStream target) throws IOException {
        List<String> leftOut = new ArrayList<>();
        Path top = source.toRealPath();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(target, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    put(tar, directory, name(directory) + "/", attributes);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isOther()) {
                        leftOut.add("Left out, neither file nor folder nor link: " + file);
                    } else {
                        put(tar, file, name(file), attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }

                private String name(Path path) {
                    return path.equals(top) ? name : name + "/" + top.relativize(path);
                }
            });
        }
        return leftOut;
    }

    private void put(TarArchiveOutputStream tar, Path path, String name, BasicFileAttributes attributes)
            throws IOException {
        if (attributes.isSymbolicLink()) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return;
        }
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode(Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .permissions()));
        entry.setModTime(attributes.lastModifiedTime());
        entry.setSize(attributes.isDirectory() ? 0 : attributes.size());
        tar.putArchiveEntry(entry);
        if (attributes.isRegularFile()) {
            copy(path, attributes.size(), tar);
        }
        tar.closeArchiveEntry();
    }

    // A file that grows meanwhile is cut where it ended when its size was read: tar has that size in its header
    // already.
    private void copy(Path path, long size, TarArchiveOutputStream tar) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(path)) {
            for (long left = size; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException(path + " became shorter while it was copied");
                }
                tar.write(buffer, 0, count);
                left -= count;
                bytes += count;
                progress.accept(bytes);
            }
        }
    }

    /** The permissions are declared in the order of their bits. */
    @SuppressWarnings("EnumOrdinal")
    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }
}
