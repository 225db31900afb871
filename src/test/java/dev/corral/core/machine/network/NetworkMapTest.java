package dev.corral.core.machine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Json;
import dev.corral.core.machine.network.NetworkMap.Link;
import dev.corral.core.machine.network.NetworkMap.Node;
import dev.corral.core.machine.network.Reachability.Probe;
import dev.corral.core.vagrantfile.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The networks of a sandbox, by its Vagrantfile and by what guests tell. */
@Tag("unit")
class NetworkMapTest {
    private static final String PROC = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t0179A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
            eth0\t0079A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
            eth1\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0
            Main:
              +-- 0.0.0.0/0 3 0 5
                 |-- 127.0.0.1
                    /32 host LOCAL
                    |-- 192.168.121.5
                       /32 host LOCAL
                 |-- 10.1.2.3
                    /32 host LOCAL
                 |-- 10.255.255.255
                    /32 link BROADCAST
                 |-- 999.1.1.1
                    /32 host LOCAL
            """;

    private static final List<Node> MACHINES =
            List.of(new Node("web-x", "web", true, "running"), new Node("db-x", "db", true, "running"));

    private static Resolution resolution() throws Exception {
        return Json.mapper().readValue("""
                {"vagrantfile":"/p/Vagrantfile","machines":[
                  {"name":"web-x","networks":[{"type":"private_network","options":{"ip":"10.1.2.3","netmask":"255.0.0.0"}},
                    {"type":"forwarded_port","options":{"guest":80,"host":8080}}]},
                  {"name":"db-x","networks":[{"type":"private_network","options":{"type":"dhcp"}},
                    {"type":"private_network","options":{"ip":"10.1.2.4","netmask":"255.0.0.0"}}]}]}
                """, Resolution.class);
    }

    @Test
    void addressesAreReadFromTheKernelsTables() {
        assertThat(GuestAddress.parse(PROC))
                .containsExactly(
                        new GuestAddress("192.168.121.5", 24, "eth0"), new GuestAddress("10.1.2.3", 8, "eth1"));
        assertThat(GuestAddress.parse("\u001b]0;x\u0007 |-- 1.2.3.4\n/32 host LOCAL\n".repeat(100)))
                .containsExactly(new GuestAddress("1.2.3.4", 32, ""));
    }

    @Test
    void whatTheFileMeansAndWhatGuestsTellBecomeOnePicture() throws Exception {
        NetworkMap before = NetworkMap.of(MACHINES, Optional.of(resolution()), Map.of());
        assertThat(before.links())
                .extracting(Link::machine, Link::network, Link::address, Link::seen)
                .containsExactly(
                        tuple("web-x", "10.0.0.0/8", "10.1.2.3", false),
                        tuple("db-x", "private network", "by DHCP", false),
                        tuple("db-x", "10.0.0.0/8", "10.1.2.4", false));
        NetworkMap after = NetworkMap.of(
                MACHINES,
                Optional.of(resolution()),
                Map.of(
                        "web-x",
                        GuestAddress.parse(PROC),
                        "db-x",
                        List.of(new GuestAddress("192.168.121.9", 24, "eth0"))));
        assertThat(after.links())
                .extracting(Link::machine, Link::network, Link::address, Link::seen)
                .containsExactly(
                        tuple("web-x", "192.168.121.0/24", "192.168.121.5", true),
                        tuple("web-x", "10.0.0.0/8", "10.1.2.3", true),
                        tuple("db-x", "192.168.121.0/24", "192.168.121.9", true),
                        tuple("db-x", "10.0.0.0/8", "10.1.2.4", false));
        assertThat(after.networks())
                .extracting(NetworkMap.Network::note)
                .containsExactly("from the provider", "private network of the file");
    }

    @Test
    void theSameAddressTwiceIsTwoNetworks() {
        List<GuestAddress> nat = List.of(new GuestAddress("10.0.2.15", 24, "eth0"));
        NetworkMap map = NetworkMap.of(MACHINES, Optional.empty(), Map.of("web-x", nat, "db-x", nat));
        assertThat(map.networks()).hasSize(2);
        assertThat(map.networks()).extracting(NetworkMap.Network::title).containsOnly("10.0.2.0/24");
        assertThat(Reachability.plan(map, Map.of())).isEmpty();
    }

    @Test
    void whatIsMeasuredIsBoundedAndStartsWhereSomethingRuns() throws Exception {
        List<Node> machines = List.of(MACHINES.getFirst(), new Node("db-x", "db", false, "stopped"));
        NetworkMap map = NetworkMap.of(machines, Optional.of(resolution()), Map.of("web-x", GuestAddress.parse(PROC)));
        assertThat(Reachability.plan(map, Map.of("db-x", Set.of(5432, 22))))
                .containsExactly(
                        new Probe("web-x", "db-x", "10.1.2.4", 0),
                        new Probe("web-x", "db-x", "10.1.2.4", 22),
                        new Probe("web-x", "db-x", "10.1.2.4", 5432));
        List<Node> many = IntStream.range(0, 40)
                .mapToObj(i -> new Node("m" + i, "m" + i, true, "running"))
                .toList();
        Map<String, List<GuestAddress>> seen = new HashMap<>();
        many.forEach(node ->
                seen.put(node.name(), List.of(new GuestAddress("10.0.0." + (1 + many.indexOf(node)), 24, "eth0"))));
        assertThat(Reachability.plan(NetworkMap.of(many, Optional.empty(), seen), Map.of()))
                .hasSize(Reachability.MOST);
    }
}
