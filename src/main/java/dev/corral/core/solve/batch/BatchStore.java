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
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The batches of this user, in the state directory. Thread-safe, also across processes. */
final class BatchStore {
    private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);
    private static final long LARGEST = 4 << 20;

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
    record Hold(FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }

    /** Takes it; empty if somebody has it. */
    Optional<Hold> hold(String id) {
        try {
            Path file = folder(id).resolve("lock");
            SafeFiles.touch(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                LOG.debug("this process runs the batch {} already", id, e);
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Hold(channel, lock));
        } catch (IOException e) {
            throw unusable(id, e);
        }
    }

    private ExpectedFailure unusable(String id, IOException cause) {
        return ExpectedFailure.failed(
                "The batch in " + folder(id) + " can't be read or written.", "See that its disk has room.", cause);
    }
}
