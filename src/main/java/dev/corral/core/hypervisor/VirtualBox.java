package dev.corral.core.hypervisor;

import dev.corral.core.Environment;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** VirtualBox through its {@code VBoxManage}. */
final class VirtualBox implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern NAME = Pattern.compile("^Name:\\s+(.+)$");
    private static final Pattern ID = Pattern.compile("^UUID:\\s+([0-9a-f-]{36})$");
    private static final Pattern STATE = Pattern.compile("^State:\\s+([a-z ]+?)(?: \\(.*)?$");

    private final Environment environment;

    VirtualBox(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String provider() {
        return "virtualbox";
    }

    @Override
    public boolean present() {
        return Tools.onPath(environment, "VBoxManage");
    }

    @Override
    public String summary() {
        return "VirtualBox";
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        try {
            ProcessResult result = Processes.run(List.of("VBoxManage", "list", "--long", "vms"), null, environment.variables(),
                    new byte[0], LIMIT);
            if (!result.ok()) {
                throw new IOException("VirtualBox does not answer: " + result.err().strip());
            }
            return parse(result.out());
        } catch (TimeoutException e) {
            throw new IOException("VirtualBox gave no answer in " + LIMIT.toSeconds() + " s", e);
        }
    }

    /** Reads the long listing: a block of {@code Key:  value} lines a machine. */
    static List<HypervisorObject> parse(String output) {
        List<HypervisorObject> objects = new ArrayList<>();
        String name = "";
        String id = "";
        for (String line : output.split("\n")) {
            Matcher matcher = NAME.matcher(line);
            if (matcher.matches() && id.isEmpty()) {
                name = matcher.group(1);
                continue;
            }
            matcher = ID.matcher(line);
            if (matcher.matches()) {
                id = matcher.group(1);
                continue;
            }
            matcher = STATE.matcher(line);
            if (matcher.matches() && !id.isEmpty()) {
                objects.add(new HypervisorObject("virtualbox", id, name, state(matcher.group(1)), -1, ""));
                name = "";
                id = "";
            }
        }
        return objects;
    }

    private static MachineState state(String word) {
        return switch (word) {
            case "running" -> MachineState.RUNNING;
            case "powered off", "aborted" -> MachineState.STOPPED;
            case "paused", "saved" -> MachineState.PAUSED;
            case "starting", "restoring" -> MachineState.STARTING;
            default -> MachineState.UNKNOWN;
        };
    }
}
