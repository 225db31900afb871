package dev.corral.core.inspect.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** The modules of the Inspect plugin; they step in where the user's Python has none. */
public final class PluginModules {
    /** Their names. */
    static final List<String> ALL = List.of(
            "__init__.py",
            "bridge.py",
            "bridge_process.py",
            "class_archive.py",
            "cleanup.py",
            "command_line.py",
            "config.py",
            "corral.py",
            "errors.py",
            "frames.py",
            "guest_files.py",
            "identity.py",
            "launcher.py",
            "progress.py",
            "vagrant_sandbox_provider.py",
            "vagrantfile_paths.py",
            "vscode.py",
            "wake.py");

    private PluginModules() {}

    /**
     * Writes them as a package into a folder that is to be on Python's path.
     *
     * @throws IOException if they can't be written
     */
    public static void write(Path folder) throws IOException {
        Path plugin = folder.resolve("vagrantsandbox");
        Files.createDirectories(plugin);
        for (String module : ALL) {
            String resource = "python/vagrantsandbox/" + module;
            try (InputStream in = Objects.requireNonNull(PluginModules.class.getResourceAsStream(resource), resource)) {
                Files.copy(in, plugin.resolve(module), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
