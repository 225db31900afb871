package dev.corral.console.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Something that the window remembers, in a small file of its own. A file that can not be read or written costs only the memory of it.
 * Thread-safe; all methods read or write the file.
 *
 * @param <T> a record
 */
public final class StateFile<T> {
    private static final Logger LOG = Logger.getLogger(StateFile.class.getName());
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

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

    /** What was kept last; empty when there is nothing or it is damaged. */
    public synchronized Optional<T> load() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(file.toFile(), type));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what the window remembers is damaged and forgotten: {0}", file);
            return Optional.empty();
        }
    }

    /** Keeps this instead. */
    public void save(T state) {
        save(() -> state);
    }

    /** Keeps what is given when it is this call's turn, so that of several calls at once the last one writes the newest. */
    public synchronized void save(Supplier<T> state) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), state.get());
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what the window remembers can not be written: " + file, e);
        }
    }
}
