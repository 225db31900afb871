package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for programs. */
final class Tools {
    private Tools() {}

    static boolean onPath(Environment environment, String program) {
        for (String directory : environment.get("PATH").orElse("/usr/bin:/bin").split(File.pathSeparator)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
