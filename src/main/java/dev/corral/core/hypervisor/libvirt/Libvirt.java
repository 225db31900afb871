package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.Host;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One connection to libvirt through its {@code virsh}, read-only. */
public final class Libvirt implements Hypervisor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern SNAPSHOT = Pattern.compile(
            "\\s?(.*?)\\s+(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4})\\s+\\S+(?:\\s+(\\S.*?))?\\s*");
    private static final DateTimeFormatter SNAPSHOT_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx");

    private final HypervisorTools tools;
    private final String uri;
    private final LibvirtConnections connections;
    private final LibvirtRemoval removal;
    // Directories of its pools, as the last survey saw them.
    private volatile Set<Path> pools = Set.of();

    /**
     * One connection.
     *
     * @param uri    its URI
     * @param worlds all connections that this process knows of: machines of any of them may use a file
     */
    public Libvirt(Environment environment, HypervisorTools tools, String uri, Supplier<Set<String>> worlds) {
        this.tools = tools;
        this.uri = uri;
        connections = new LibvirtConnections(environment);
        removal = new LibvirtRemoval(tools, connections, worlds);
    }

    @Override
    public Host host() {
        return Host.libvirt(uri);
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

    // Vagrant does not connect read-only: that is another socket, with other rights.
    @Override
    public void connect() throws IOException {
        ProcessResult result = tools.run(List.of("virsh", "-q", "-c", uri, "uri"), LIMIT);
        if (!result.ok()) {
            throw new IOException("libvirt (" + uri + ") does not answer: " + Virsh.said(result.err()));
        }
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
        List<String> command = Virsh.readOnly(uri);
        command.addAll(List.of("snapshot-list", id, "--parent"));
        ProcessResult result = tools.run(command, LIMIT);
        if (result.ok()) {
            return Optional.of(snapshotLines(result.out()));
        }
        throw new IOException("libvirt does not tell the snapshots of " + id + ": " + Virsh.said(result.err()));
    }

    // Name, time, state and, in its own column or not at all, the parent; names may have blanks in them, what is
    // between has a form of its
    // own.
    public static List<VmSnapshot> snapshotLines(String listing) {
        List<VmSnapshot> found = new ArrayList<>();
        for (String line : listing.split("\n")) {
            Matcher matcher = SNAPSHOT.matcher(line);
            if (matcher.matches()) {
                found.add(new VmSnapshot(
                        matcher.group(1),
                        Optional.of(OffsetDateTime.parse(matcher.group(2), SNAPSHOT_TIME)
                                .toInstant()),
                        Optional.ofNullable(matcher.group(3))));
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
        LibvirtView view = LibvirtSurvey.read(new Virsh(tools, uri), false);
        parts.machines.addAll(new LibvirtMachines(connections, view).all());
        parts.volumes.addAll(view.volumes());
        for (LibvirtXml.Net network : view.networks()) {
            parts.networks.add(
                    new Network(uri, network.name(), network.uuid(), view.up().contains(network.uuid())));
            parts.world.add(network.uuid());
        }
        view.pools().forEach(pool -> parts.world.add(pool.uuid()));
        if (LibvirtConnections.local(uri)) {
            pools = view.pools().stream()
                    .map(LibvirtXml.Pool::target)
                    .map(LibvirtMachines::file)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public List<List<String>> streams() {
        List<List<String>> streams = new ArrayList<>();
        // The first command prints a line as soon as there is a connection.
        for (String events : List.of("uri; event --all --loop", "net-event --event lifecycle --loop")) {
            List<String> command = Virsh.readOnly(uri);
            command.add(events);
            streams.add(command);
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
