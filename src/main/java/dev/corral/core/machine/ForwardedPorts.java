package dev.corral.core.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which ports of this machine lead to the VMs of a sandbox: as its Vagrantfile means it, and as it is now, where that can be seen at
 * processes of this machine (libvirt's tunnels by ssh, QEMU's own).
 */
public final class ForwardedPorts {
    private static final Pattern TUNNEL = Pattern.compile("(?:(.*):)?(\\d{1,5}):([^:]*|\\[[^]]*]):(\\d{1,5})");
    private static final Pattern QEMU = Pattern.compile("hostfwd=(tcp|udp):([^:,]*):(\\d{1,5})-([^:,]*):(\\d{1,5})");

    private static final Logger LOG = LoggerFactory.getLogger(ForwardedPorts.class);
    private static final long LONGEST = 64;

    private ForwardedPorts() {}

    /**
     * Those of these machines, in the file's order.
     *
     * @param made      the machines that exist
     * @param processes those of this machine
     */
    public static List<ForwardedPort> of(Resolution resolution, List<LocalMachine> made, ProcessTable processes) {
        List<ForwardedPort> found = new ArrayList<>();
        for (ResolvedMachine machine : resolution.machines()) {
            Optional<LocalMachine> local = made.stream()
                    .filter(one ->
                            one.name().equals(machine.name()) && !one.id().isEmpty())
                    .findFirst();
            Optional<Map<Integer, List<Integer>>> now = local.flatMap(one -> now(one, processes));
            for (ResolvedMachine.Network network : machine.networks()) {
                JsonNode options = network.options();
                if (network.type().equals("forwarded_port")
                        && !options.path("disabled").asBoolean(false)
                        && counts(machine, network)) {
                    int guest = options.path("guest").asInt(0);
                    int host = options.path("host").asInt(0);
                    found.add(new ForwardedPort(
                            machine.name(),
                            guest,
                            host,
                            options.path("host_ip").asText(""),
                            options.path("protocol").asText("tcp"),
                            local.isEmpty() ? Integer.valueOf(0) : present(now, guest, host),
                            network.place()));
                }
            }
        }
        return List.copyOf(found);
    }

    // libvirt's machines have addresses of their own: Vagrant's port for SSH is not opened unless the file says so.
    private static boolean counts(ResolvedMachine machine, ResolvedMachine.Network network) {
        return !machine.provider().orElse("").equals("libvirt")
                || !network.implicit()
                || machine.providerSettings().path("forward_ssh_port").asBoolean(false);
    }

    // With several to one guest's port the one that the file says is meant.
    private static @Nullable Integer present(Optional<Map<Integer, List<Integer>>> now, int guest, int host) {
        if (now.isEmpty()) {
            return null;
        }
        List<Integer> there = now.get().getOrDefault(guest, List.of());
        return there.contains(host) ? Integer.valueOf(host) : there.isEmpty() ? Integer.valueOf(0) : there.getFirst();
    }

    // By the guest's port; empty where no process of this machine shows it.
    private static Optional<Map<Integer, List<Integer>>> now(LocalMachine machine, ProcessTable processes) {
        return switch (machine.provider()) {
            case "libvirt" -> Optional.of(tunnels(machine, processes));
            case "qemu" -> Optional.of(qemu(machine, processes));
            default -> Optional.empty();
        };
    }

    // vagrant-libvirt notes the pid of each ssh; that number may be another program's by now.
    private static Map<Integer, List<Integer>> tunnels(LocalMachine machine, ProcessTable processes) {
        Map<Integer, List<Integer>> found = new HashMap<>();
        Set<String> noted = noted(machine.directory().resolve("pids"));
        for (ProcessTable.Row row : processes.rows()) {
            List<String> command = row.command();
            int at = command.indexOf("-L");
            if (at >= 0
                    && at + 1 < command.size()
                    && noted.contains(Long.toString(row.process().pid()))) {
                Matcher matcher = TUNNEL.matcher(command.get(at + 1));
                if (matcher.matches()) {
                    add(found, matcher.group(4), matcher.group(2));
                }
            }
        }
        return found;
    }

    private static Set<String> noted(Path folder) {
        Set<String> pids = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "ssh_*.pid")) {
            for (Path file : files) {
                pids.add(new String(OrdinaryFile.read(file, LONGEST), StandardCharsets.US_ASCII).strip());
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Vagrant has opened none, or its notes are nobody's to read.
            LOG.debug("no tunnels are noted in {}", folder, e);
        }
        return pids;
    }

    private static Map<Integer, List<Integer>> qemu(LocalMachine machine, ProcessTable processes) {
        Map<Integer, List<Integer>> found = new HashMap<>();
        for (ProcessTable.Row row : processes.rows()) {
            String line = String.join(" ", row.command());
            if (line.contains("/" + machine.id() + "/")) {
                Matcher matcher = QEMU.matcher(line);
                while (matcher.find()) {
                    add(found, matcher.group(5), matcher.group(3));
                }
            }
        }
        return found;
    }

    private static void add(Map<Integer, List<Integer>> found, String guest, String host) {
        found.computeIfAbsent(Integer.parseInt(guest), port -> new ArrayList<>())
                .add(Integer.parseInt(host));
    }
}
