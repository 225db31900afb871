package dev.corral.core.machine.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machines of a sandbox, their networks, and the addresses that they have there. Pure and immutable.
 *
 * @param machines the machines
 * @param networks the networks
 * @param links    which machine is in which network
 */
public record NetworkMap(List<Node> machines, List<Network> networks, List<Link> links) {
    private static final int LONGEST = 60;

    /**
     * A machine.
     *
     * @param name  its full name
     * @param shown its name without suffix
     * @param runs  whether it runs
     * @param state its state in a word
     */
    public record Node(String name, String shown, boolean runs, String state) {}

    /**
     * A network.
     *
     * @param key   names it in this map
     * @param title what it is called, most often as an address and a prefix
     * @param note  what is known of it
     */
    public record Network(String key, String title, String note) {}

    /**
     * A machine's place in a network.
     *
     * @param machine the machine's full name
     * @param network the network's key
     * @param address the address, or how it gets one
     * @param device  the guest's device, empty while not known
     * @param seen    whether the guest says so; otherwise only the file does
     */
    public record Link(String machine, String network, String address, String device, boolean seen) {}

    /** No machines. */
    public static NetworkMap empty() {
        return new NetworkMap(List.of(), List.of(), List.of());
    }

    /**
     * Puts together what is known.
     *
     * @param seen the addresses that guests told, by machine; machines that were not asked are absent
     */
    public static NetworkMap of(
            List<Node> machines, Optional<Resolution> resolution, Map<String, List<GuestAddress>> seen) {
        Map<String, Network> networks = new LinkedHashMap<>();
        List<Link> links = new ArrayList<>();
        for (Node machine : machines) {
            List<ResolvedMachine.Network> meant = resolution
                    .flatMap(said -> said.machine(machine.name()))
                    .map(ResolvedMachine::networks)
                    .orElse(List.of());
            for (GuestAddress address : seen.getOrDefault(machine.name(), List.of())) {
                boolean shared = !alike(machine.name(), address.ip(), seen);
                String key = shared ? address.network() : address.network() + " " + machine.name();
                String note = file(meant, address.ip())
                        .orElse(shared ? "from the provider" : "its own, behind this machine (NAT)");
                networks.merge(key, new Network(key, address.network(), note), NetworkMap::clearer);
                links.add(new Link(machine.name(), key, address.ip(), address.device(), true));
            }
            for (ResolvedMachine.Network network : meant) {
                meant(machine, network, seen.get(machine.name()), networks, links);
            }
        }
        return new NetworkMap(List.copyOf(machines), List.copyOf(networks.values()), List.copyOf(links));
    }

    private static Network clearer(Network one, Network other) {
        return one.note().equals("from the provider") ? other : one;
    }

    // Each VM behind a NAT of its own has the same address: those are different networks.
    private static boolean alike(String machine, String ip, Map<String, List<GuestAddress>> seen) {
        return seen.entrySet().stream()
                .filter(other -> !other.getKey().equals(machine))
                .anyMatch(other -> other.getValue().stream()
                        .anyMatch(address -> address.ip().equals(ip)));
    }

    private static Optional<String> file(List<ResolvedMachine.Network> meant, String ip) {
        return meant.stream()
                .filter(network -> network.options().path("ip").asText("").equals(ip))
                .map(NetworkMap::words)
                .findFirst();
    }

    private static String words(ResolvedMachine.Network network) {
        return network.type().replace('_', ' ') + " of the file";
    }

    private static void meant(
            Node machine,
            ResolvedMachine.Network network,
            @Nullable List<GuestAddress> told,
            Map<String, Network> networks,
            List<Link> links) {
        if (!network.type().endsWith("_network")) {
            return;
        }
        JsonNode options = network.options();
        String ip = options.path("ip").asText("");
        if (Ipv4.is(ip)) {
            if (told == null || told.stream().noneMatch(address -> address.ip().equals(ip))) {
                int prefix = Ipv4.prefix(options.path("netmask").asText(""));
                String key = Ipv4.network(ip, prefix);
                networks.putIfAbsent(key, new Network(key, key, words(network)));
                links.add(new Link(machine.name(), key, ip, "", false));
            }
        } else if (told == null) {
            // Which of its addresses it is can't be told once the guest has some.
            String name = PlainText.line(
                    options.path("libvirt__network_name")
                            .asText(options.path("virtualbox__intnet")
                                    .asText(network.type().replace('_', ' '))),
                    LONGEST);
            networks.putIfAbsent(name, new Network(name, name, words(network) + ", addresses by DHCP"));
            links.add(new Link(machine.name(), name, "by DHCP", "", false));
        }
    }

    /** The places of a machine. */
    public List<Link> of(String machine) {
        return links.stream().filter(link -> link.machine().equals(machine)).toList();
    }
}
