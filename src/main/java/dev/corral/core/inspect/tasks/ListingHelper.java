package dev.corral.core.inspect.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        copy(LIST, folder.resolve(LIST));
        copy(CONTENTS, folder.resolve(CONTENTS));
        PluginModules.write(folder.resolve("python"));
        PluginModules.ALL.forEach(module -> plugin.resolve(module).toFile().deleteOnExit());
        return folder;
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = Objects.requireNonNull(ListingHelper.class.getResourceAsStream(resource), resource)) {
            Files.copy(in, to);
            to.toFile().deleteOnExit();
        }
    }
}
