package dev.corral.console.editor.file;

import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a file so that readers see the old content or the new. Its mode stays, and a link stays one: what it points to is written. Where a
 * new file could not take the place of the old one unnoticed (several names, another owner, a folder that takes no new file), it is
 * written in place.
 */
final class FileWriter {
    private static final Set<PosixFilePermission> WRITE =
            Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> USUAL = Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    private static final int MOST_LINKS = 20;

    private FileWriter() {}

    /** Whether its permissions let this user write it; the superuser respects a file that nobody may write. */
    static boolean writable(Path file) {
        try {
            Optional<PosixFileAttributes> attributes = attributes(file);
            return Files.isWritable(file)
                    && (attributes.isEmpty()
                            || attributes.get().permissions().stream().anyMatch(WRITE::contains));
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<PosixFileAttributes> attributes(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null ? Optional.empty() : Optional.of(view.readAttributes());
    }

    static void write(Path named, byte[] content) throws IOException {
        Path file = target(named);
        if (!Files.exists(file)) {
            replace(file, content, Optional.empty());
            return;
        }
        // A device or a pipe is nothing that a text takes the place of, whoever asks for it.
        OrdinaryFile.check(file);
        if (!writable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        Optional<PosixFileAttributes> attributes = attributes(file);
        boolean alone = attributes.isPresent() && (int) Files.getAttribute(file, "unix:nlink") == 1;
        if (!alone || !Files.isWritable(folder(file)) || !replace(file, content, attributes)) {
            inPlace(file, content);
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    // A link whose target is gone still says where the text belongs.
    private static Path target(Path named) throws IOException {
        Path file = named;
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(file); i++) {
            file = folder(file).resolve(Files.readSymbolicLink(file)).normalize();
        }
        return Files.exists(named) ? named.toRealPath() : file;
    }

    // False when the new file would be somebody else's.
    private static boolean replace(Path file, byte[] content, Optional<PosixFileAttributes> like) throws IOException {
        Path temporary = Files.createTempFile(folder(file), "." + file.getFileName(), ".new");
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
            if (view != null && like.isPresent() && !like.get().owner().equals(view.getOwner())) {
                return false;
            }
            fill(temporary, content);
            if (view != null) {
                if (like.isPresent()
                        && !like.get().group().equals(view.readAttributes().group())) {
                    view.setGroup(like.get().group());
                }
                view.setPermissions(like.map(PosixFileAttributes::permissions).orElse(USUAL));
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.truncate(content.length);
            channel.force(true);
        }
    }

    private static void inPlace(Path file, byte[] content) throws IOException {
        byte[] before = Files.readAllBytes(file);
        try {
            fill(file, content);
        } catch (IOException e) {
            try {
                fill(file, before);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}
