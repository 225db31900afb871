package dev.corral.bench;

import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the programs that Corral is compared with. */
final class Commands {
    private Commands() {}

    /** Runs a command that has to succeed. */
    static ProcessResult run(Path directory, Map<String, String> extra, String... command) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(extra);
        ProcessResult result =
                Processes.run(List.of(command), directory, environment, new byte[0], Duration.ofMinutes(5));
        if (!result.ok()) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + result.exitCode() + ": "
                    + result.out() + result.err());
        }
        return result;
    }
}
