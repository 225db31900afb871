package dev.corral.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** OpenSSH with one kept connection, a new ssh program for each command. */
final class ControlMaster implements AutoCloseable {
    private final Path config;
    private final String host;
    private final String socket;

    ControlMaster(Path config, String host) throws Exception {
        this.config = config;
        this.host = host;
        // A Unix socket's path may have about a hundred characters only.
        this.socket =
                Files.createTempDirectory(Path.of("/tmp"), "cm").resolve("s").toString();
        Commands.run(
                null,
                Map.of(),
                "ssh",
                "-F",
                config.toString(),
                "-o",
                "ControlMaster=yes",
                "-o",
                "ControlPath=" + socket,
                "-o",
                "ControlPersist=600",
                "-o",
                "BatchMode=yes",
                "-f",
                "-N",
                "-n",
                host);
    }

    /** Runs a command over it. */
    Callable<?> command(String command) {
        return () -> Commands.run(
                null, Map.of(), "ssh", "-F", config.toString(), "-o", "ControlPath=" + socket, "-n", host, command);
    }

    @Override
    public void close() throws Exception {
        Commands.run(null, Map.of(), "ssh", "-F", config.toString(), "-o", "ControlPath=" + socket, "-O", "exit", host);
    }
}
