package dev.corral.core.solve;

import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A guest that is this computer, with the service's directory elsewhere. */
final class LocalGuest implements GuestShell {
    private final Path services;

    /** @param services stands for {@code /var/tmp/sandbox-services} */
    LocalGuest(Path services) {
        this.services = services;
    }

    @Override
    public ExecResult exec(ExecRequest request) throws InterruptedException {
        List<String> words = new ArrayList<>();
        request.argv()
                .forEach(word -> words.add(word.replace("/var/tmp/sandbox-services", services.toString())
                        .replace("/var/tmp/user-sessions", sessions().toString())));
        try {
            byte[] stdin = request.stdin().isPresent() ? request.stdin().get().readAllBytes() : new byte[0];
            ProcessResult result =
                    Processes.run(words, null, null, stdin, request.timeout().orElse(Duration.ofMinutes(1)));
            return new ExecResult(
                    result.exitCode(),
                    result.stdout(),
                    result.err().getBytes(StandardCharsets.UTF_8),
                    false,
                    false,
                    Duration.ZERO);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            return new ExecResult(124, new byte[0], new byte[0], true, false, Duration.ZERO);
        }
    }

    /** Stands for {@code /var/tmp/user-sessions}. */
    Path sessions() {
        return services.resolveSibling("user-sessions");
    }

    /** Makes the directories that Inspect would. */
    Path listen() throws IOException {
        Path agent = services.resolve("human_agent");
        Files.createDirectories(agent.resolve("requests"));
        Files.createDirectories(agent.resolve("responses"));
        return agent;
    }
}
