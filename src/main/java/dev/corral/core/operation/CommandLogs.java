package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names the logs of Vagrant commands: {@code logs/001-up.log} and so on. */
public final class CommandLogs {
    private static final int ROOM = 64 * 1024;

    private CommandLogs() {}

    /**
     * Makes the log file for the next command, among the temporary files when the sandbox's disk is full: Vagrant stops at
     * a log that can't be written, and must be able to destroy all the same.
     */
    static Path nextWithRoom(SandboxFiles files, String command) throws IOException {
        try {
            Path log = next(files, command);
            if (SafeFiles.hasRoom(log, ROOM)) {
                return log;
            }
        } catch (IOException e) {
            if (!DiskFull.is(e)) {
                throw e;
            }
        }
        return Files.createTempFile("corral-" + files.id() + "-" + command + "-", ".log");
    }

    /** Makes the log file for the next command. */
    public static Path next(SandboxFiles files, String command) throws IOException {
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
