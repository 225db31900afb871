package dev.corral.console.settings;

import java.nio.file.Path;
import java.util.Optional;

/** Keeps the window's state in a small file. A file that can not be read or written costs only the memory of it. */
public final class WindowStore {
    private final StateFile<WindowState> file;

    /** @param file where it is kept */
    public WindowStore(Path file) {
        this.file = new StateFile<>(file, WindowState.class);
    }

    /** What the last window left. */
    public Optional<WindowState> load() {
        return file.load();
    }

    /** Remembers a state. */
    public void save(WindowState state) {
        file.save(state);
    }
}
