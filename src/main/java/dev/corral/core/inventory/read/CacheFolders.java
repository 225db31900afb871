package dev.corral.core.inventory.read;

import dev.corral.core.inventory.items.DirectorySize;
import dev.corral.core.inventory.items.Evidence.Folder;
import dev.corral.core.inventory.items.Evidence.Folder.Shape;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxNames;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what lies in a cache directory besides sandboxes. Looks at names and sizes only, and follows no link. */
final class CacheFolders {
    private CacheFolders() {}

    /**
     * The folders, links and files that are no sandbox and hold none.
     *
     * @param sandboxes  the sandboxes
     * @param unreadable those whose files could not be read
     */
    static List<Folder> read(SandboxStore store, List<SandboxFiles> sandboxes, Set<Path> unreadable)
            throws IOException {
        Set<Path> taken = sandboxes.stream()
                .flatMap(files -> Stream.of(files.folder(), files.own()))
                .collect(Collectors.toSet());
        Set<Path> above = sandboxes.stream().map(SandboxFiles::cache).collect(Collectors.toSet());
        List<Folder> folders = new ArrayList<>();
        for (Path entry : entries(store.cache())) {
            if (entry.equals(Objects.requireNonNull(store.trash().getParent()))) {
                trash(store, store.trash(), folders);
                notes(store, store.cache(), taken, folders);
            } else if (!taken.contains(entry)
                    && Files.isDirectory(
                            entry.resolve(Objects.requireNonNull(store.trash().getParent())
                                    .getFileName()),
                            LinkOption.NOFOLLOW_LINKS)) {
                // A folder of another INSPECT_SANDBOX_CACHE_SUFFIX.
                trash(store, entry.resolve(store.cache().relativize(store.trash())), folders);
                notes(store, entry, taken, folders);
                for (Path nested : entries(entry)) {
                    if (!nested.getFileName()
                                    .equals(Objects.requireNonNull(store.trash().getParent())
                                            .getFileName())
                            && !taken.contains(nested)) {
                        folders.add(folder(store, nested));
                    }
                }
            } else if (!taken.contains(entry) && !above.contains(entry)) {
                folders.add(folder(store, entry));
            }
        }
        for (Path directory : unreadable) {
            folders.add(new Folder(directory, Shape.UNREADABLE, -1, modified(directory)));
        }
        return folders;
    }

    private static void trash(SandboxStore store, Path trash, List<Folder> folders) throws IOException {
        try {
            for (Path rubbish : entries(trash)) {
                folders.add(folder(rubbish, trusted(store, rubbish, Shape.TRASH)));
            }
        } catch (AccessDeniedException e) {
            folders.add(folder(trash, Shape.UNREADABLE));
        }
    }

    // What we noted of a sandbox that never was: without a manifest it holds nothing that anybody could miss.
    private static void notes(SandboxStore store, Path cache, Set<Path> taken, List<Folder> folders)
            throws IOException {
        try {
            for (Path own : entries(SandboxStore.ours(cache))) {
                if (!taken.contains(own) && !taken.contains(cache.resolve(own.getFileName()))) {
                    folders.add(folder(own, trusted(store, own, Shape.HALF_MADE)));
                }
            }
        } catch (AccessDeniedException e) {
            folders.add(folder(SandboxStore.ours(cache), Shape.UNREADABLE));
        }
    }

    private static Folder folder(SandboxStore store, Path entry) throws IOException {
        try {
            return folder(entry, trusted(store, entry, shape(entry)));
        } catch (AccessDeniedException e) {
            return folder(entry, Shape.UNREADABLE);
        }
    }

    // Only what would be removed has to be looked at.
    private static Shape trusted(SandboxStore store, Path entry, Shape shape) {
        boolean removable = shape == Shape.TRASH || shape == Shape.HALF_MADE;
        return removable && store.fault().or(() -> store.fault(entry)).isPresent() ? Shape.UNTRUSTED : shape;
    }

    private static Shape shape(Path entry) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            return Shape.LINK;
        }
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                && !(Files.isReadable(entry) && Files.isExecutable(entry))) {
            return Shape.UNREADABLE;
        }
        if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                || !SandboxNames.isSandbox(entry.getFileName().toString())) {
            return Shape.OTHER;
        }
        return entries(entry).stream().anyMatch(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                ? Shape.OTHER
                : Shape.HALF_MADE;
    }

    private static Folder folder(Path path, Shape shape) {
        boolean ours = shape == Shape.TRASH || shape == Shape.HALF_MADE;
        return new Folder(path, shape, ours ? DirectorySize.of(path).bytes() : -1, modified(path));
    }

    private static Instant modified(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            // Gone meanwhile, or not ours to look at.
            return Instant.EPOCH;
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
