package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.Hypervisor;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyParts;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** libvirt through its {@code virsh}, read-only; both the system's and the user's world, since a domain is in one only. */
public final class Libvirt implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern SNAPSHOT =
            Pattern.compile("\\s?(.*?)\\s+(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4})\\s+\\S+\\s*");
    private static final DateTimeFormatter SNAPSHOT_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx");

    private final HypervisorTools tools;
    private final LibvirtConnections connections;
    private final LibvirtRemoval removal;
    // Directories of the pools that the last survey saw.
    private volatile Set<Path> pools = Set.of();

    public Libvirt(Environment environment, HypervisorTools tools) {
        this.tools = tools;
        connections = new LibvirtConnections(environment);
        removal = new LibvirtRemoval(tools, connections);
    }

    @Override
    public String provider() {
        return "libvirt";
    }

    @Override
    public boolean present() {
        return tools.has("virsh");
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
        for (String uri : connections.uris()) {
            objects.addAll(list(uri));
        }
        return objects;
    }

    private List<HypervisorObject> list(String uri) throws IOException {
        // One virsh for all: names with ids, then states by name.
        List<String> command = Virsh.readOnly(uri);
        command.add("list --all --uuid --name; domstats --state --block");
        ProcessResult result = tools.run(command, LIMIT);
        if (!result.ok()) {
            throw new IOException(
                    "libvirt (" + uri + ") does not answer: " + result.err().strip());
        }
        return parse(result.out(), uri);
    }

    /** Reads the output of both virsh commands. */
    public static List<HypervisorObject> parse(String output, String uri) {
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

    @Override
    public Optional<List<VmSnapshot>> snapshots(String id) throws IOException {
        String said = "";
        for (String uri : connections.uris()) {
            List<String> command = Virsh.readOnly(uri);
            command.addAll(List.of("snapshot-list", id));
            ProcessResult result = tools.run(command, LIMIT);
            if (result.ok()) {
                return Optional.of(snapshotLines(result.out()));
            }
            // The domain is in one of the worlds only.
            said = Virsh.said(result.err());
        }
        throw new IOException("libvirt does not tell the snapshots of " + id + ": " + said);
    }

    // Name, time and state; a name may have blanks in it, what follows it has a form of its own.
    public static List<VmSnapshot> snapshotLines(String listing) {
        List<VmSnapshot> found = new ArrayList<>();
        for (String line : listing.split("\n")) {
            Matcher matcher = SNAPSHOT.matcher(line);
            if (matcher.matches()) {
                found.add(new VmSnapshot(
                        matcher.group(1),
                        Optional.of(OffsetDateTime.parse(matcher.group(2), SNAPSHOT_TIME)
                                .toInstant())));
            }
        }
        found.sort(Comparator.comparing(snapshot -> snapshot.takenAt().orElse(Instant.MIN)));
        return List.copyOf(found);
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

    @Override
    public void survey(SurveyParts parts) throws IOException {
        SurveyParts mine = new SurveyParts();
        Set<Path> directories = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (String uri : connections.uris()) {
            try {
                LibvirtView view = LibvirtSurvey.read(new Virsh(tools, uri), false);
                // Two names of connections may lead to the same world.
                new LibvirtMachines(connections, view)
                        .all().stream()
                                .filter(machine -> seen.add(machine.object().id()))
                                .forEach(mine.machines::add);
                view.pools().stream().filter(pool -> seen.add(pool.uuid())).forEach(pool -> view.volumes().stream()
                        .filter(volume -> volume.pool().equals(pool.name()))
                        .forEach(mine.volumes::add));
                view.networks().stream()
                        .filter(network -> seen.add(network.uuid()))
                        .forEach(network -> mine.networks.add(new Network(
                                uri, network.name(), network.uuid(), view.up().contains(network.uuid()))));
                if (LibvirtConnections.local(uri)) {
                    view.pools().stream()
                            .map(LibvirtXml.Pool::target)
                            .map(LibvirtMachines::file)
                            .flatMap(Optional::stream)
                            .forEach(directories::add);
                }
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        // What one connection told is worth showing though another was silent.
        parts.machines.addAll(mine.machines);
        parts.volumes.addAll(mine.volumes);
        parts.networks.addAll(mine.networks);
        pools = directories;
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
    }

    @Override
    public List<List<String>> streams() {
        List<List<String>> streams = new ArrayList<>();
        for (String uri : connections.uris()) {
            // The first command prints a line as soon as there is a connection.
            for (String events : List.of("uri; event --all --loop", "net-event --event lifecycle --loop")) {
                List<String> command = Virsh.readOnly(uri);
                command.add(events);
                streams.add(command);
            }
        }
        return streams;
    }

    @Override
    public Set<Path> directories() {
        return pools;
    }

    @Override
    public boolean remove(HypervisorObject object) throws IOException {
        return removal.remove(object);
    }

    public LibvirtRemoval removal() {
        return removal;
    }
}
