package dev.corral.core.vagrant.index;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Vagrant's machine index: {@code data/machine-index/index} in a Vagrant home. It is read without a lock and changed only
 * under Vagrant's own; an index that Vagrant would call corrupt is never touched. Thread-safe; blocks.
 */
public final class MachineIndex {
    private static final long LARGEST = 64L * 1024 * 1024;
    // Vagrant empties the file and writes it in place: a matter of milliseconds, unless the machine has no time for it.
    private static final int TRIES = 40;
    private static final Duration BETWEEN = Duration.ofMillis(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private MachineIndex() {}

    /** What a Vagrant home's index holds now. */
    public static IndexSnapshot read(Path home) {
        Path index = IndexFolder.of(home).resolve("index");
        try {
            return snapshot(home, patiently(index));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new IndexSnapshot(home, List.of(), Optional.empty());
        } catch (IndexText.Unreadable e) {
            return new IndexSnapshot(
                    home,
                    List.of(),
                    Optional.of("Vagrant's machine index " + index + " " + e.getMessage()
                            + ", so that every Vagrant command fails too."));
        } catch (IOException e) {
            return new IndexSnapshot(
                    home, List.of(), Optional.of("Vagrant's machine index " + index + " can't be read."));
        }
    }

    private static IndexSnapshot snapshot(Path home, IndexText text) {
        List<IndexEntry> entries = text.entries(home);
        int odd = text.size() - entries.size();
        return new IndexSnapshot(
                home,
                entries,
                odd == 0
                        ? Optional.empty()
                        : Optional.of((odd == 1 ? "One entry" : odd + " entries") + " of Vagrant's machine index in "
                                + home + " can't be understood."));
    }

    private static IndexText patiently(Path index) throws IOException, IndexText.Unreadable {
        for (int more = TRIES - 1; ; more--) {
            byte[] bytes = bytes(index);
            try {
                IndexText text = IndexText.parse(bytes);
                // An empty one may be about to be written, too.
                if (bytes.length > 0 || more == 0) {
                    return text;
                }
            } catch (IndexText.Unreadable e) {
                if (more == 0) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading Vagrant's machine index", e);
        }
    }

    private static byte[] bytes(Path index) throws IOException {
        return OrdinaryFile.read(index, LARGEST);
    }

    /** Changes whenever the index does; costs one look at the file. Empty if it is not there or can not be looked at. */
    public static String stamp(Path home) {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(IndexFolder.of(home).resolve("index"), BasicFileAttributes.class);
            return file.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + file.size() + " " + file.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Removes entries of machines that are no more. The index is read again under Vagrant's lock, and only those go that are
     * still there, on which no Vagrant works, and that are ghosts still. A backup is written first.
     *
     * @param stillGhost asked under the lock, while every Vagrant command of this home waits: it must be quick
     * @throws ExpectedFailure if the lock can not be had, the index is corrupt, or there is no room; nothing is changed then
     */
    public static IndexRemoval remove(Path home, Collection<String> uuids, Predicate<IndexEntry> stillGhost) {
        IndexFolder folder = new IndexFolder(home, Clock.systemUTC());
        if (Files.notExists(folder.index())) {
            return new IndexRemoval(List.of(), List.of(), List.of(), Optional.empty());
        }
        try (IndexLock lock = lock(folder)) {
            IndexText text = IndexText.parse(bytes(folder.index()));
            Set<String> wanted = new LinkedHashSet<>(uuids);
            List<IndexEntry> removed = new ArrayList<>();
            List<IndexEntry> working = new ArrayList<>();
            List<IndexEntry> returned = new ArrayList<>();
            for (IndexEntry entry : text.entries(home)) {
                if (wanted.contains(entry.uuid())) {
                    // In this order: what begins to work on it now waits for our lock.
                    (!lock.free(entry.uuid()) ? working : !stillGhost.test(entry) ? returned : removed).add(entry);
                }
            }
            if (removed.isEmpty()) {
                return new IndexRemoval(removed, working, returned, Optional.empty());
            }
            Set<String> victims =
                    removed.stream().map(IndexEntry::uuid).collect(Collectors.toCollection(LinkedHashSet::new));
            Path backup = folder.backUp(text.marked(victims).bytes());
            try {
                replace(folder, lock, text.without(victims));
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(backup);
                throw e;
            }
            folder.thin();
            return new IndexRemoval(removed, working, returned, Optional.of(backup));
        } catch (IndexText.Unreadable e) {
            throw corrupt(folder, e);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Puts back what a removal took, as far as no entry is there for the same machine.
     *
     * @param backup a file that {@link #remove} wrote in this home
     * @return how many were put back
     * @throws ExpectedFailure as for {@link #remove}, and if the backup can not be read
     */
    public static int restore(Path home, Path backup) {
        IndexFolder folder = new IndexFolder(home, Clock.systemUTC());
        IndexText saved;
        try {
            saved = IndexText.parse(bytes(backup));
        } catch (IOException | IndexText.Unreadable e) {
            throw ExpectedFailure.failed(
                    "The backup " + backup + " of Vagrant's machine index can't be read.",
                    "Choose another one in " + folder.path() + ".",
                    e);
        }
        try (IndexLock lock = lock(folder)) {
            IndexText text = IndexText.parse(bytes(folder.index()));
            IndexText whole = text.with(saved);
            if (whole.size() > text.size()) {
                replace(folder, lock, whole);
            }
            return whole.size() - text.size();
        } catch (IndexText.Unreadable e) {
            throw corrupt(folder, e);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * The backups of a Vagrant home's index, latest first; at most the last 20 are kept.
     *
     * @throws IOException if the folder can not be read
     */
    public static List<Path> backups(Path home) throws IOException {
        return new IndexFolder(home, Clock.systemUTC()).backups();
    }

    private static IndexLock lock(IndexFolder folder) {
        if (!Files.isRegularFile(folder.index(), LinkOption.NOFOLLOW_LINKS)) {
            throw ExpectedFailure.failed(
                    "Vagrant's machine index " + folder.index() + " is not a plain file.",
                    "Remove its entries with vagrant global-status --prune.");
        }
        return IndexLock.take(folder.path(), PATIENCE);
    }

    // Vagrant opens the index anew each time and locks another file, so that it may be replaced as a whole under that
    // lock.
    private static void replace(IndexFolder folder, IndexLock lock, IndexText text) throws IOException {
        Path next = folder.next(text.bytes());
        try {
            lock.replace(next);
        } finally {
            Files.deleteIfExists(next);
        }
        folder.sync();
    }

    private static ExpectedFailure corrupt(IndexFolder folder, IndexText.Unreadable cause) {
        return ExpectedFailure.failed(
                "Vagrant's machine index " + folder.index() + " " + cause.getMessage() + ".",
                "Vagrant's own commands fail on it as well: move it away and run vagrant status in each project.",
                cause);
    }

    private static ExpectedFailure unwritable(IndexFolder folder, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded")
                ? ExpectedFailure.failed(
                        "The disk that holds " + folder.path() + " is full; Vagrant's machine index is as it was.",
                        "Free some space, then try again.",
                        cause)
                : ExpectedFailure.failed(
                        "Vagrant's machine index in " + folder.path() + " can't be changed.",
                        "Check that you may write in that folder.",
                        cause);
    }
}
