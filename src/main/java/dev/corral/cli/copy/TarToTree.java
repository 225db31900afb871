package dev.corral.cli.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Makes a tree of files from a tar stream that a guest wrote. The guest may be hostile: nothing is written outside of the
 * target, no link is followed, links are made last and only where they stay inside, and no set-user-id bit is taken over.
 */
final class TarToTree {
    private final LongConsumer progress;
    private final List<String> leftOut = new ArrayList<>();
    private final Map<Path, Path> links = new LinkedHashMap<>();
    private final Map<Path, Integer> directoryModes = new LinkedHashMap<>();
    private long bytes;

    TarToTree(LongConsumer progress) {
        this.progress = progress;
    }

    /**
     * Reads the stream to its end.
     *
     * @param root what the stream's top becomes; its parent must exist
     * @return what was left out, a sentence each
     */
    List<String> read(InputStream source, Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        if (absolute.getParent() != null && !Files.isDirectory(absolute.getParent())) {
            throw new IOException("there is no folder " + absolute.getParent());
        }
        try (TarArchiveInputStream tar = new TarArchiveInputStream(source, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Optional<Path> place = place(entry.getName(), absolute);
                if (place.isEmpty() || throughLink(place.get(), absolute)) {
                    leftOut.add("Left out, it leads outside: " + entry.getName());
                } else {
                    make(entry, place.get(), absolute, tar);
                }
            }
            // What comes behind the end of the archive must be read, or the guest's tar never ends.
            source.transferTo(OutputStream.nullOutputStream());
        }
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            Files.deleteIfExists(link.getKey());
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
        // Last and from the inside, because a folder may be closed to its own owner.
        for (Map.Entry<Path, Integer> directory :
                List.copyOf(directoryModes.entrySet()).reversed()) {
            Files.setPosixFilePermissions(directory.getKey(), permissions(directory.getValue()));
        }
        return leftOut;
    }

    // Entries are called ./TOP or ./TOP/MORE; TOP becomes the root.
    private static Optional<Path> place(String name, Path root) {
        String relative = name.startsWith("./") ? name.substring(2) : name;
        int slash = relative.indexOf('/');
        String below = slash < 0 ? "" : relative.substring(slash + 1);
        if (relative.startsWith("/") || List.of(relative.split("/")).contains("..")) {
            return Optional.empty();
        }
        Path place = below.isEmpty() ? root : root.resolve(below).normalize();
        return place.startsWith(root) ? Optional.of(place) : Optional.empty();
    }

    // A link that was there before, or came with another stream, must not lead us elsewhere.
    private static boolean throughLink(Path place, Path root) {
        for (Path parent = place.getParent(); parent != null && parent.startsWith(root); parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                return true;
            }
        }
        return Files.isSymbolicLink(place) && Files.isDirectory(place);
    }

    private void make(TarArchiveEntry entry, Path place, Path root, TarArchiveInputStream tar) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(place);
            directoryModes.put(place, entry.getMode());
        } else if (entry.isSymbolicLink()) {
            Path target = Path.of(entry.getLinkName());
            if (target.isAbsolute() || !place.resolveSibling(target).normalize().startsWith(root)) {
                leftOut.add("Left out, a link that leads outside: " + entry.getName());
            } else {
                links.put(place, target);
            }
        } else if (entry.isLink()) {
            Optional<Path> first = place(entry.getLinkName(), root);
            if (first.isEmpty()
                    || !Files.isRegularFile(first.get(), LinkOption.NOFOLLOW_LINKS)
                    || throughLink(first.get(), root)) {
                leftOut.add("Left out, a second name of a file that is not there: " + entry.getName());
            } else {
                Files.deleteIfExists(place);
                Files.createLink(place, first.get());
            }
        } else if (entry.isFile()) {
            file(entry, place, tar);
        } else {
            leftOut.add("Left out, neither file nor folder nor link: " + entry.getName());
        }
    }

    private void file(TarArchiveEntry entry, Path place, TarArchiveInputStream tar) throws IOException {
        Files.createDirectories(place.getParent());
        // A new file, not a new content: an old one may be a link, or have other names.
        Files.deleteIfExists(place);
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                out.write(buffer, 0, count);
                bytes += count;
                progress.accept(bytes);
            }
        }
        Files.setPosixFilePermissions(place, permissions(entry.getMode()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
