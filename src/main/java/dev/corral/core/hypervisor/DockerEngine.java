package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Containers of Vagrant's docker provider through {@code docker ps}. */
final class DockerEngine implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Environment environment;
    private final HypervisorTools tools;
    private final Host host;

    /** @param environment the variables with which the tools are run, too */
    DockerEngine(Environment environment, HypervisorTools tools, Host host) {
        this.environment = environment;
        this.tools = tools;
        this.host = host;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public boolean present() {
        // The client alone, without an engine to talk to, is no hypervisor.
        return tools.has("docker")
                && (environment.get("DOCKER_HOST").isPresent() || Files.exists(Path.of("/var/run/docker.sock")));
    }

    private String named() {
        return "Docker" + (host.connection().isEmpty() ? "" : " (" + host.connection() + ")");
    }

    @Override
    public String summary() {
        return "Docker";
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        ProcessResult result = tools.run(
                List.of("docker", "ps", "--all", "--no-trunc", "--format", "{{.ID}}\t{{.Names}}\t{{.State}}"), LIMIT);
        if (!result.ok()) {
            throw new IOException(named() + " does not answer: " + result.err().strip());
        }
        return result.out()
                .lines()
                .map(line -> line.split("\t"))
                .filter(fields -> fields.length == 3)
                .map(fields ->
                        new HypervisorObject("docker", fields[0], fields[1], state(fields[2]), -1, host.connection()))
                .toList();
    }

    @Override
    public void survey(SurveyParts parts) throws IOException {
        List<HypervisorObject> objects = list();
        if (objects.isEmpty()) {
            return;
        }
        // ps rounds sizes; inspect has them to the byte.
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "inspect",
                "--type",
                "container",
                "--size",
                "--format",
                "{{.Id}}\t{{.SizeRw}}\t{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}}"));
        objects.forEach(object -> command.add(object.id()));
        ProcessResult result = tools.run(command, LIMIT);
        if (!result.ok() && !result.err().contains("No such")) {
            throw new IOException("Docker tells no sizes: " + result.err().strip());
        }
        parts.machines.addAll(parse(objects, result.out()));
    }

    /** Joins containers with a line of id, bytes of its own layer and networks for each that still exists. */
    static List<SurveyedMachine> parse(List<HypervisorObject> objects, String output) {
        Map<String, String[]> details = new HashMap<>();
        output.lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == 3)
                .forEach(fields -> details.put(fields[0], fields));
        List<SurveyedMachine> machines = new ArrayList<>();
        for (HypervisorObject object : objects) {
            String[] fields = details.get(object.id());
            if (fields != null) {
                long bytes = fields[1].matches("[0-9]{1,18}") ? Long.parseLong(fields[1]) : -1;
                HypervisorObject sized = new HypervisorObject(
                        object.provider(), object.id(), object.name(), object.state(), bytes, object.where());
                machines.add(new SurveyedMachine(
                        sized,
                        "",
                        List.of(new SurveyedMachine.Disk("", bytes, true, false)),
                        0,
                        0,
                        List.of(fields[2].strip().split(" +")).stream()
                                .filter(name -> !name.isEmpty())
                                .toList(),
                        Optional.empty()));
            }
        }
        return machines;
    }

    @Override
    public boolean remove(HypervisorObject object) throws IOException {
        ProcessResult result = tools.run(List.of("docker", "rm", "--force", "--volumes", object.id()), LIMIT);
        if (list().stream().anyMatch(other -> other.id().equals(object.id()))) {
            throw new IOException("The container " + object.name() + " is not removed; Docker says: "
                    + result.err().strip());
        }
        // With --force, one that is not there is only a word on stderr.
        return result.ok() && result.err().isBlank();
    }

    @Override
    public List<List<String>> streams() {
        // Not those of commands in containers, which health checks make all the time.
        List<String> command =
                new ArrayList<>(List.of("docker", "events", "--format", "{{.Action}}", "--filter", "type=container"));
        for (String event : List.of("create", "start", "die", "pause", "unpause", "destroy", "rename")) {
            command.addAll(List.of("--filter", "event=" + event));
        }
        return List.of(command);
    }

    @Override
    public Set<Path> directories() {
        return Set.of();
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
