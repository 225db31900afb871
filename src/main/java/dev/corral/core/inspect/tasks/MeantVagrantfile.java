package dev.corral.core.inspect.tasks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells Vagrantfiles and task files apart where a person names either. Thread-safe; looks at files. */
public final class MeantVagrantfile {
    private static final String VAGRANTFILE = "Vagrantfile";

    private MeantVagrantfile() {}

    /**
     * The Vagrantfile that a path means: a file of Ruby, or a folder whose only code is one. All else, also what is not there, is a task
     * file or a folder of them.
     */
    public static Optional<Path> of(Path path) {
        Path name = path.getFileName();
        if (Files.isRegularFile(path) && name != null && ruby(name.toString())) {
            return Optional.of(path);
        }
        Path inside = path.resolve(VAGRANTFILE);
        return Files.isRegularFile(inside) && !holdsPython(path) ? Optional.of(inside) : Optional.empty();
    }

    private static boolean ruby(String name) {
        return name.endsWith(".rb") || !name.endsWith(".py") && name.contains(VAGRANTFILE);
    }

    private static boolean holdsPython(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.py")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            // Whoever opens it as a folder of task files says what is wrong with it.
            return true;
        }
    }
}
