package dev.corral.core.hypervisor;

import dev.corral.core.Environment;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Containers of Vagrant's docker provider through {@code docker ps}. */
final class DockerEngine implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Environment environment;

    DockerEngine(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String provider() {
        return "docker";
    }

    @Override
    public boolean present() {
        // The client alone, without an engine to talk to, is no hypervisor.
        return Tools.onPath(environment, "docker")
                && (environment.get("DOCKER_HOST").isPresent() || Files.exists(Path.of("/var/run/docker.sock")));
    }

    @Override
    public String summary() {
        return "Docker";
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        try {
            ProcessResult result = Processes.run(List.of("docker", "ps", "--all", "--no-trunc", "--format", "{{.ID}}\t{{.Names}}\t{{.State}}"),
                    null, environment.variables(), new byte[0], LIMIT);
            if (!result.ok()) {
                throw new IOException("Docker does not answer: " + result.err().strip());
            }
            return result.out().lines().map(line -> line.split("\t")).filter(fields -> fields.length == 3)
                    .map(fields -> new HypervisorObject("docker", fields[0], fields[1], state(fields[2]), -1, "")).toList();
        } catch (TimeoutException e) {
            throw new IOException("Docker gave no answer in " + LIMIT.toSeconds() + " s", e);
        }
    }

    private static MachineState state(String word) {
        return switch (word) {
            case "running" -> MachineState.RUNNING;
            case "paused" -> MachineState.PAUSED;
            case "exited", "created", "dead" -> MachineState.STOPPED;
            default -> MachineState.UNKNOWN;
        };
    }
}
