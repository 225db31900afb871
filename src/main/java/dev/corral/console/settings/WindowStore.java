package dev.corral.console.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the window's state in a small file. A file that can not be read or written costs only the memory of it. */
public final class WindowStore {
    private static final Logger LOG = Logger.getLogger(WindowStore.class.getName());
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Path file;

    /** @param file where it is kept */
    public WindowStore(Path file) {
        this.file = file;
    }

    /** What the last window left. */
    public Optional<WindowState> load() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(file.toFile(), WindowState.class));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the last state of the window is damaged and forgotten: {0}", file);
            return Optional.empty();
        }
    }

    /** Remembers a state. */
    public void save(WindowState state) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), state);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the window's state can not be written: " + file, e);
        }
    }
}
