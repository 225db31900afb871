package dev.corral.core.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names the logs of Vagrant commands: {@code logs/001-up.log} and so on. */
final class CommandLogs {
    private CommandLogs() {}

    /** Makes the log file for the next command. */
    static Path next(SandboxFiles files, String command) throws IOException {
        Path directory = Files.createDirectories(files.logs(), SafeFiles.privateDirectory());
        for (int number = 1; ; number++) {
            String prefix = "%03d-".formatted(number);
            try (var taken = Files.newDirectoryStream(directory, prefix + "*")) {
                if (!taken.iterator().hasNext()) {
                    return Files.createFile(directory.resolve(prefix + command + ".log"));
                }
            } catch (FileAlreadyExistsException e) {
                // Another workflow took this number in between.
                continue;
            }
        }
    }
}
