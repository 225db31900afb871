package dev.corral.core.solve.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The batches of this user, in the state directory. Thread-safe, also across processes. */
final class BatchStore {
    private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);
    private static final long LARGEST = 4 << 20;
    private static final int TRIES = 20;
    private static final long PAUSE_MS = 100;
    // The locks that this process has. Where any descriptor of a file is closed, POSIX takes the process's locks on it
    // away, so that
    // a file whose lock is held here must not even be opened; all that is done with one is done in turn.
    private static final Set<Path> HERE = new HashSet<>();

    private final Path root;

    BatchStore(Environment environment) {
        root = environment.userState().resolve("corral").resolve("batch");
    }

    private Path folder(String id) {
        return root.resolve(id);
    }

    private Path journal(String id) {
        return folder(id).resolve("journal.jsonl");
    }

    /** Makes one. */
    void create(Batch batch) {
        try {
            Files.createDirectories(root, SafeFiles.privateDirectory());
            Files.createDirectory(folder(batch.id()), SafeFiles.privateDirectory());
            SafeFiles.replace(
                    folder(batch.id()).resolve("batch.json"),
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(batch));
        } catch (IOException e) {
            throw unusable(batch.id(), e);
        }
    }

    /** All, newest first; what can't be read is left out and noted. */
    List<Batch> list() {
        List<Batch> found = new ArrayList<>();
        try {
            for (Path directory : SafeFiles.directories(root)) {
                read(directory).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed("The batches in " + root + " can't be read.", "Give yourself access.", e);
        }
        found.sort(Comparator.comparing(Batch::createdAt).reversed().thenComparing(Batch::id));
        return found;
    }

    /** The one of that name, of which an unambiguous beginning or end is enough. */
    Batch find(String id) {
        List<Batch> all = list();
        List<Batch> fitting = all.stream()
                .filter(batch -> !id.isBlank()
                        && (batch.id().startsWith(id) || batch.id().endsWith(id)))
                .toList();
        return all.stream()
                .filter(batch -> batch.id().equals(id))
                .findFirst()
                .or(() -> fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty())
                .orElseThrow(() -> ExpectedFailure.notFound(
                        fitting.isEmpty() ? "There is no batch " + id + "." : id + " fits several batches.",
                        "corral solve batch list shows those that there are."));
    }

    private static Optional<Batch> read(Path directory) {
        try {
            return Optional.of(Json.mapper()
                            .readValue(OrdinaryFile.read(directory.resolve("batch.json"), LARGEST), Batch.class))
                    .filter(batch -> batch.id().equals(directory.getFileName().toString()));
        } catch (IOException e) {
            LOG.warn("the batch in {} is passed over", directory, e);
            return Optional.empty();
        }
    }

    /** Writes down what happens; it is on disk when this returns. */
    void append(String id, BatchEntry entry) {
        try {
            SafeFiles.append(
                    journal(id),
                    (Json.mapper().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8),
                    true);
        } catch (IOException e) {
            throw unusable(id, e);
        }
    }

    /** What happened; a line that is torn is passed over. */
    List<BatchEntry> entries(String id) {
        List<BatchEntry> entries = new ArrayList<>();
        try {
            String content = new String(OrdinaryFile.read(journal(id), LARGEST), StandardCharsets.UTF_8);
            for (String line : content.split("\n")) {
                entry(line).ifPresent(entries::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unusable(id, e);
        }
        return entries;
    }

    private static Optional<BatchEntry> entry(String line) {
        try {
            return line.isBlank() ? Optional.empty() : Optional.of(Json.mapper().readValue(line, BatchEntry.class));
        } catch (JsonProcessingException e) {
            LOG.debug("a line of a batch's journal is torn", e);
            return Optional.empty();
        }
    }

    /** Who runs a batch holds this; whoever dies lets go of it. */
    record Hold(Path file, FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            synchronized (HERE) {
                try (channel) {
                    lock.release();
                } finally {
                    HERE.remove(file);
                }
            }
        }
    }

    /**
     * Takes it; empty if somebody has it. Waits some two seconds for whoever has it for a moment only: to clear up, or to see whether
     * it is held.
     */
    Optional<Hold> hold(String id) throws InterruptedException {
        for (int left = TRIES; ; left--) {
            Optional<Hold> hold = tried(id);
            if (hold.isPresent() || left == 0) {
                return hold;
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private Path lock(String id) {
        return folder(id).resolve("lock").toAbsolutePath();
    }

    private Optional<Hold> tried(String id) {
        Path file = lock(id);
        synchronized (HERE) {
            if (HERE.contains(file)) {
                return Optional.empty();
            }
            FileChannel channel = null;
            FileLock lock = null;
            try {
                SafeFiles.touch(file);
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
                lock = channel.tryLock();
                if (lock == null) {
                    return Optional.empty();
                }
                HERE.add(file);
                return Optional.of(new Hold(file, channel, lock));
            } catch (IOException e) {
                throw unusable(id, e);
            } finally {
                if (lock == null) {
                    close(channel);
                }
            }
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("the lock of a batch can't be closed", e);
        }
    }

    /** Whether somebody has it. Whoever asks is in nobody's way but for a moment, and in that of no other who asks. */
    boolean held(String id) {
        Path file = lock(id);
        synchronized (HERE) {
            if (HERE.contains(file)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null;
            } catch (NoSuchFileException e) {
                return false;
            } catch (IOException e) {
                throw unusable(id, e);
            }
        }
    }

    private ExpectedFailure unusable(String id, IOException cause) {
        return ExpectedFailure.failed(
                "The batch in " + folder(id) + " can't be read or written.", "See that its disk has room.", cause);
    }
}
