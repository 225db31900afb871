package dev.corral.console.page;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells Vagrantfiles and task files apart that the window is opened with. Thread-safe; looks at files, so not for the FX thread. */
public final class WhatToOpen {
    private static final String VAGRANTFILE = "Vagrantfile";

    private WhatToOpen() {}

    /**
     * What a person means by a path: a file of Ruby, or a folder whose only code is a Vagrantfile, is to be edited; all else, also what
     * is not there, is a task file or a folder of them.
     */
    public static Reveal of(Path path) {
        Path name = path.getFileName();
        if (Files.isRegularFile(path) && name != null && ruby(name.toString())) {
            return edited(path);
        }
        Path inside = path.resolve(VAGRANTFILE);
        return Files.isRegularFile(inside) && !holdsPython(path) ? edited(inside) : new Reveal.TaskFile(path);
    }

    private static boolean ruby(String name) {
        return name.endsWith(".rb") || !name.endsWith(".py") && name.contains(VAGRANTFILE);
    }

    private static Reveal edited(Path file) {
        return new Reveal.Vagrantfile(Optional.of(file), Optional.empty(), 0);
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
