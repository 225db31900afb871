package dev.corral.core.inspect.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Python files that read a task file, laid out in a folder of their own because Python can not run them from inside
 * our jar. Thread-safe.
 */
final class ListingHelper {
    /** Lists tasks and samples. */
    static final String LIST = "list_samples.py";
    /** Reads the files and the setup of one sample; imports the other. */
    static final String CONTENTS = "sample_contents.py";

    /** The modules of the Inspect plugin; it steps in where the user's Python has none. */
    static final List<String> PLUGIN_MODULES = List.of(
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

    private @Nullable Path folder;

    /** One of the scripts; they are written out on first use and removed when this process ends. */
    synchronized Path script(String name) {
        if (folder == null || !Files.exists(folder.resolve(name))) {
            try {
                folder = write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder.resolve(name);
    }

    private static Path write() throws IOException {
        Path folder = Files.createTempDirectory("corral-inspect-");
        Path plugin = folder.resolve("python/vagrantsandbox");
        // Registered from the outside in, because they are removed in the opposite order.
        folder.toFile().deleteOnExit();
        folder.resolve("python").toFile().deleteOnExit();
        plugin.toFile().deleteOnExit();
        Files.createDirectories(plugin);
        copy(LIST, folder.resolve(LIST));
        copy(CONTENTS, folder.resolve(CONTENTS));
        for (String module : PLUGIN_MODULES) {
            copy("python/vagrantsandbox/" + module, plugin.resolve(module));
        }
        return folder;
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = Objects.requireNonNull(ListingHelper.class.getResourceAsStream(resource), resource)) {
            Files.copy(in, to);
            to.toFile().deleteOnExit();
        }
    }
}
