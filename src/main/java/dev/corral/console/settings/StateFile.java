package dev.corral.console.settings;

import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is remembered between runs, as JSON in a small file of its own. A damaged file costs only the memory of it. Thread-safe;
 * all methods read or write the file.
 *
 * @param <T> a record
 */
public final class StateFile<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private final Path file;
    private final Class<T> type;

    /**
     * @param file where it is kept
     * @param type what is kept
     */
    public StateFile(Path file, Class<T> type) {
        this.file = file;
        this.type = type;
    }

    /** Where it is kept. */
    public Path path() {
        return file;
    }

    /** What was kept last; empty when there is nothing or it is damaged. */
    public synchronized Optional<T> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.mapper().readValue(OrdinaryFile.read(file), type));
        } catch (IOException e) {
            LOG.warn("what is remembered in {} is damaged and forgotten: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps this instead; where that is not possible only the log says so. */
    public void save(T state) {
        save(() -> state);
    }

    /** Keeps what is given when it is this call's turn, so that of several calls at once the last one writes the newest. */
    public synchronized void save(Supplier<T> state) {
        try {
            write(state.get());
        } catch (IOException e) {
            LOG.warn("what is remembered can not be written: {}", file, e);
        }
    }

    /**
     * Keeps this instead.
     *
     * @throws IOException if it can not be written
     */
    public synchronized void write(T state) throws IOException {
        Files.createDirectories(file.getParent());
        SafeFiles.replace(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
    }
}
