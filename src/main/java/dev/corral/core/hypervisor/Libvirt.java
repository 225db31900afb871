package dev.corral.core.hypervisor;

import dev.corral.core.Environment;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** libvirt through its {@code virsh}, read-only; both the system's and the user's world, since a domain is in one only. */
final class Libvirt implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SYSTEM = "qemu:///system";
    private static final String SESSION = "qemu:///session";

    private final Environment environment;

    Libvirt(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String provider() {
        return "libvirt";
    }

    @Override
    public boolean present() {
        return Tools.onPath(environment, "virsh");
    }

    @Override
    public String summary() {
        return "libvirt · " + (hardwareHelp() ? "KVM" : "TCG");
    }

    // The device file may be there and guests hang all the same, where the processor lends no help to guests.
    private static boolean hardwareHelp() {
        try {
            String cpu = Files.readString(Path.of("/proc/cpuinfo"));
            return Files.exists(Path.of("/dev/kvm")) && (cpu.contains(" vmx") || cpu.contains(" svm"));
        } catch (IOException e) {
            return Files.exists(Path.of("/dev/kvm"));
        }
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        List<HypervisorObject> objects = new ArrayList<>();
        for (String uri : connections()) {
            objects.addAll(list(uri));
        }
        return objects;
    }

    private Set<String> connections() {
        Set<String> uris = new LinkedHashSet<>(List.of(SYSTEM));
        environment.get("LIBVIRT_DEFAULT_URI").ifPresent(uris::add);
        environment.get("VAGRANT_LIBVIRT_URI").ifPresent(uris::add);
        // Asking would start a daemon for this user; one that has never run has no domains either.
        Path runtime = Path.of(environment.get("XDG_RUNTIME_DIR").orElse("/run/user/none"));
        if (Files.exists(runtime.resolve("libvirt/libvirt-sock")) || Files.exists(runtime.resolve("libvirt/virtqemud-sock"))) {
            uris.add(SESSION);
        }
        return uris;
    }

    private List<HypervisorObject> list(String uri) throws IOException {
        // One virsh for all: names with ids, then states by name.
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", uri));
        if (!uri.endsWith("/session")) {
            command.add("-r");
        }
        command.add("list --all --uuid --name; domstats --state --block");
        ProcessResult result;
        try {
            result = Processes.run(command, null, environment.variables(), new byte[0], LIMIT);
        } catch (TimeoutException e) {
            throw new IOException("libvirt (" + uri + ") gave no answer in " + LIMIT.toSeconds() + " s", e);
        }
        if (!result.ok()) {
            throw new IOException("libvirt (" + uri + ") does not answer: " + result.err().strip());
        }
        return parse(result.out(), uri);
    }

    /** Reads the output of both virsh commands. */
    static List<HypervisorObject> parse(String output, String uri) {
        Map<String, String> ids = new HashMap<>();
        List<HypervisorObject> objects = new ArrayList<>();
        String name = null;
        MachineState state = MachineState.UNKNOWN;
        long disk = -1;
        for (String line : output.split("\n")) {
            String text = line.strip();
            if (text.startsWith("Domain: '")) {
                if (name != null) {
                    objects.add(new HypervisorObject("libvirt", ids.getOrDefault(name, ""), name, state, disk, uri));
                }
                name = text.substring(9, text.length() - 1);
                state = MachineState.UNKNOWN;
                disk = -1;
            } else if (name == null && text.length() > 37 && text.charAt(36) == ' ') {
                ids.put(text.substring(37).strip(), text.substring(0, 36));
            } else if (text.startsWith("state.state=")) {
                state = state(Integer.parseInt(text.substring(12)));
            } else if (text.startsWith("block.") && text.contains(".physical=")) {
                disk = Math.max(disk, 0) + Long.parseLong(text.substring(text.indexOf('=') + 1));
            }
        }
        if (name != null) {
            objects.add(new HypervisorObject("libvirt", ids.getOrDefault(name, ""), name, state, disk, uri));
        }
        // One that is listed but tells nothing exists all the same: its absence must not be concluded.
        Set<String> told = objects.stream().map(HypervisorObject::name).collect(Collectors.toSet());
        ids.forEach((silent, id) -> {
            if (!told.contains(silent)) {
                objects.add(new HypervisorObject("libvirt", id, silent, MachineState.UNKNOWN, -1, uri));
            }
        });
        return objects;
    }

    // The numbers of virDomainState.
    private static MachineState state(int number) {
        return switch (number) {
            case 1, 2 -> MachineState.RUNNING;
            case 3, 7 -> MachineState.PAUSED;
            case 4, 5, 6 -> MachineState.STOPPED;
            default -> MachineState.UNKNOWN;
        };
    }

    /**
     * Removes a domain with its disks: for one that Vagrant was killed in the middle of making and so has no id of.
     *
     * @throws IOException if libvirt refuses
     */
    void remove(HypervisorObject domain) throws IOException {
        try {
            Processes.run(List.of("virsh", "-q", "-c", domain.where(), "destroy", domain.id()), null, environment.variables(),
                    new byte[0], LIMIT);
            ProcessResult result = Processes.run(List.of("virsh", "-q", "-c", domain.where(), "undefine", domain.id(), "--managed-save",
                    "--snapshots-metadata", "--nvram", "--remove-all-storage"), null, environment.variables(), new byte[0], LIMIT);
            if (!result.ok()) {
                throw new IOException("libvirt does not remove " + domain.name() + ": " + result.err().strip());
            }
        } catch (TimeoutException e) {
            throw new IOException("libvirt gave no answer in " + LIMIT.toSeconds() + " s", e);
        }
    }
}
