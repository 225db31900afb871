package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** VirtualBox through its {@code VBoxManage}. */
final class VirtualBox implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Pattern NAME = Pattern.compile("^Name:\\s+(.+)$");
    private static final Pattern ID = Pattern.compile("^UUID:\\s+([0-9a-f-]{36})$");
    private static final Pattern STATE = Pattern.compile("^State:\\s+([a-z ]+?)(?: \\(.*)?$");

    private final Environment environment;
    private final HypervisorTools tools;
    private final Host host;

    /** @param environment the variables with which the tools are run, too */
    VirtualBox(Environment environment, HypervisorTools tools, Host host) {
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
        return tools.has("VBoxManage");
    }

    private String named() {
        return "VirtualBox" + (host.connection().isEmpty() ? "" : " (" + host.connection() + ")");
    }

    @Override
    public String summary() {
        return "VirtualBox";
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        ProcessResult result = tools.run(List.of("VBoxManage", "list", "--long", "vms"), LIMIT);
        if (!result.ok()) {
            throw new IOException(named() + " does not answer: " + result.err().strip());
        }
        return parse(result.out(), host.connection());
    }

    @Override
    public void survey(SurveyParts parts) throws IOException {
        List<VirtualBoxInfo> infos = new ArrayList<>();
        for (HypervisorObject object : list()) {
            ProcessResult result =
                    tools.run(List.of("VBoxManage", "showvminfo", object.id(), "--machinereadable"), LIMIT);
            if (result.ok()) {
                infos.add(VirtualBoxInfo.parse(object, result.out()));
            } else if (!result.err().contains("VBOX_E_OBJECT_NOT_FOUND")) {
                throw new IOException("VirtualBox tells nothing of " + object.name() + ": "
                        + result.err().strip());
            }
        }
        List<Path> files = new ArrayList<>();
        infos.forEach(info -> files.addAll(info.files()));
        Map<Path, Long> sizes = DiskUsage.each(files);
        infos.forEach(info -> parts.machines.add(info.machine(sizes)));
    }

    @Override
    public boolean remove(HypervisorObject object) throws IOException {
        // Fails for one that is off, which is as well.
        tools.run(List.of("VBoxManage", "controlvm", object.id(), "poweroff"), LIMIT);
        String said = "";
        for (int i = 0; i < TRIES; i++) {
            ProcessResult result = tools.run(List.of("VBoxManage", "unregistervm", object.id(), "--delete"), LIMIT);
            said = result.err().strip();
            if (list().stream().noneMatch(other -> other.id().equals(object.id()))) {
                return result.ok();
            }
            // The session of a machine that was just powered off is let go a little later.
            pause();
        }
        throw new IOException("The machine " + object.name() + " is not removed; VirtualBox says: "
                + (said.isEmpty() ? "nothing" : said));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while VirtualBox ends a machine", e);
        }
    }

    @Override
    public List<List<String>> streams() {
        return List.of();
    }

    // It tells no events, but writes its register of machines anew, beside the old one, on each change of that.
    @Override
    public Set<Path> directories() {
        return Set.of(environment.get("VBOX_USER_HOME").map(Path::of).orElseGet(() -> environment
                .userConfig()
                .resolve("VirtualBox")));
    }

    /** Reads the long listing: a block of {@code Key:  value} lines a machine. */
    static List<HypervisorObject> parse(String output, String where) {
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
                objects.add(new HypervisorObject("virtualbox", id, name, state(matcher.group(1)), -1, where));
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
