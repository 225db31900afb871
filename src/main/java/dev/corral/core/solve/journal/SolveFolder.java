package dev.corral.core.solve.journal;

import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory of a session: outside of Inspect's process and of every sandbox, so that neither takes it along.
 *
 * @param directory the directory
 */
public record SolveFolder(Path directory) {
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();
    private static final long LARGEST = 1 << 20;

    /** What stays the same. */
    public Path session() {
        return directory.resolve("session.json");
    }

    /** What happened. */
    public SolveJournal journal() {
        return new SolveJournal(directory.resolve("journal.jsonl"));
    }

    /** What Inspect printed. */
    public Path output() {
        return directory.resolve("output.log");
    }

    /** What the human agent is told. */
    public Path solver() {
        return directory.resolve("solver.json");
    }

    /** Recordings of terminals. */
    public Path recordings() {
        return directory.resolve("recordings");
    }

    private Path sandboxesFile() {
        return directory.resolve("sandboxes");
    }

    /**
     * Reads what stays the same.
     *
     * @throws IOException if it can not be read
     */
    public SolveSession read() throws IOException {
        return Json.mapper().readValue(OrdinaryFile.read(session(), LARGEST), SolveSession.class);
    }

    /** The ids of its sandboxes, oldest first; none while it has none. */
    public List<String> sandboxes() throws IOException {
        try {
            return new String(OrdinaryFile.read(sandboxesFile(), LARGEST), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .distinct()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Notes a sandbox, once. */
    public void addSandbox(String id) throws IOException {
        if (!sandboxes().contains(id)) {
            SafeFiles.append(sandboxesFile(), (id + "\n").getBytes(StandardCharsets.UTF_8), true);
        }
    }

    /**
     * Work that only one at a time does, whichever process it is in.
     *
     * @param <T> what comes of it
     */
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does work while nobody else does any on this session; waits for its turn.
     *
     * @throws IOException if it fails, or there is no such directory
     */
    public <T> T locked(Work<T> work) throws IOException {
        Path file = directory.resolve("lock");
        // A process may not ask twice for one lock.
        ReentrantLock here = HERE.computeIfAbsent(file.toAbsolutePath(), made -> new ReentrantLock());
        here.lock();
        try {
            if (here.getHoldCount() > 1) {
                return work.run();
            }
            SafeFiles.touch(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("no lock on " + file);
                }
                return work.run();
            }
        } finally {
            here.unlock();
        }
    }
}
