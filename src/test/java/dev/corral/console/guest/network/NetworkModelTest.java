package dev.corral.console.guest.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.SameThread;
import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.machine.ForwardedPort;
import dev.corral.core.machine.network.NetworkMap;
import dev.corral.core.machine.network.Reachability.Probe;
import dev.corral.core.machine.network.Reachability.Result;
import dev.corral.core.machine.network.Reachability.Verdict;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network of a sandbox as a person sees it, without a toolkit; guests are a real OpenSSH server on this machine. */
@Tag("unit")
@Timeout(60)
class NetworkModelTest {
    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection connection;

    private final SameThread threads = new SameThread();
    private final NetworkModel model = new NetworkModel(
            new NetworkSource() {
                @Override
                public GuestConnection connect(String machine) {
                    return connection;
                }

                @Override
                public Facts facts() throws IOException {
                    return new Facts(
                            Optional.of(Json.mapper().readValue("""
                                    {"vagrantfile":"/p/Vagrantfile","machines":[{"name":"web"},{"name":"db","networks":[
                                      {"type":"private_network","options":{"ip":"127.0.0.9"}}]}]}
                                    """, Resolution.class)),
                            List.of(port("", 8080), port("192.168.1.5", 8081), port("", 0), port("", null)));
                }
            },
            threads,
            () -> {});

    private static ForwardedPort port(String address, @Nullable Integer now) {
        return new ForwardedPort("web", 80, 8080, address, "tcp", now, Place.NONE);
    }

    @BeforeAll
    static void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        connection = new GuestConnection(sshd.endpoint());
    }

    @AfterAll
    static void stop() {
        connection.close();
        sshd.close();
    }

    private static SandboxView sandbox(MachineState web, MachineState db) {
        return new SandboxView(
                "box",
                Path.of("/box"),
                Optional.empty(),
                SandboxState.READY,
                "",
                Liveness.LIVE,
                List.of(machine("web", web), machine("db", db)),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static MachineView machine(String name, MachineState state) {
        return new MachineView(
                "box",
                name,
                name.equals("web"),
                state,
                "libvirt",
                "id",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                -1,
                Path.of("/box"));
    }

    @Test
    void portsSayWhereTheyAreAndOnlyThoseHereOpenInABrowser() {
        model.update(sandbox(MachineState.RUNNING, MachineState.STOPPED));
        assertThat(model.ports())
                .extracting(PortRow::here)
                .containsExactly("127.0.0.1:8080", "192.168.1.5:8081", "", "127.0.0.1:8080");
        assertThat(model.ports())
                .extracting(row -> row.link().orElse(""))
                .containsExactly("http://127.0.0.1:8080", "", "", "http://127.0.0.1:8080");
        assertThat(model.map().machines()).extracting(NetworkMap.Node::runs).containsExactly(true, false);
        assertThat(model.silent()).isEmpty();
    }

    @Test
    void aTunnelOpensCarriesAndCloses() throws Exception {
        model.update(sandbox(MachineState.RUNNING, MachineState.STOPPED));
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            model.tunnel("web", "0:" + server.getLocalPort());
            PortRow row = model.ports().getLast();
            assertThat(row.state()).isEqualTo("open");
            assertThat(row.link()).contains("http://127.0.0.1:" + row.local());
            assertThat(model.openTunnels())
                    .containsExactly("127.0.0.1:" + row.local() + " → web:" + server.getLocalPort());
            // The question whether something answers took the first connection.
            server.accept().close();
            try (Socket here = new Socket("127.0.0.1", row.local());
                    Socket taken = server.accept()) {
                taken.getOutputStream().write('h');
                assertThat(here.getInputStream().read()).isEqualTo('h');
            }
            model.update(sandbox(MachineState.STOPPED, MachineState.STOPPED));
            assertThat(model.ports().getLast().state()).contains("does not run");
            model.close(row.tunnel().orElseThrow());
            assertThat(model.openTunnels()).isEmpty();
        }
        model.tunnel("web", "no port");
        assertThat(model.problem().orElseThrow().sentence()).isEqualTo("This names no port.");
        model.tunnel("web", "1");
        assertThat(model.ports().getLast().state()).contains("Nothing answers there yet");
        int local = model.ports().getLast().local();
        model.close();
        assertThat(takes(local)).as("a closed tunnel takes nobody").isFalse();
    }

    private static boolean takes(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            // Nothing listens there.
            return false;
        }
    }

    @Test
    void whoReachesWhomIsMeasuredWhenAsked() throws Exception {
        model.update(sandbox(MachineState.STOPPED, MachineState.STOPPED));
        assertThat(model.measureObstacle()).isEqualTo("No VM runs");
        model.update(sandbox(MachineState.RUNNING, MachineState.STOPPED));
        assertThat(model.measureObstacle()).isEmpty();
        assertThat(model.reach()).isEmpty();
        model.measure();
        threads.until(() -> model.reach().stream().allMatch(row -> row.result().isPresent()));
        assertThat(model.measuring()).isFalse();
        assertThat(model.reach()).extracting(ReachRow::from).containsOnly("web");
        assertThat(model.reach()).extracting(row -> row.probe().what()).containsExactly("ping", "TCP 22");
    }

    @Test
    void thePictureHasAPlaceForEachThing() {
        NetworkMap map = new NetworkMap(
                List.of(new NetworkMap.Node("a", "a", true, "running"), new NetworkMap.Node("b", "b", true, "running")),
                List.of(new NetworkMap.Network("n", "10.0.0.0/24", "from the provider")),
                List.of(
                        new NetworkMap.Link("a", "n", "10.0.0.1", "eth0", true),
                        new NetworkMap.Link("b", "n", "10.0.0.2", "eth0", true)));
        assertThat(Picture.of(NetworkMap.empty(), List.of(), List.of()).boxes()).isEmpty();
        Picture picture = Picture.of(
                map,
                List.of(),
                List.of(row("a", "b", Verdict.REACHED), row("b", "a", Verdict.SILENT), row("b", "a", Verdict.NO_WAY)));
        assertThat(picture.boxes()).hasSize(2);
        assertThat(picture.boxes().get(1).x())
                .isGreaterThanOrEqualTo(picture.boxes().get(0).x() + Picture.BOX_WIDTH);
        assertThat(picture.drops())
                .extracting(Picture.Drop::bottom)
                .containsOnly(picture.bars().getFirst().y());
        assertThat(picture.arcs()).extracting(Picture.Arc::words).containsExactly("a reaches b, not back");
    }

    private static ReachRow row(String from, String to, Verdict verdict) {
        Probe probe = new Probe(from, to, "10.0.0.1", 0);
        return new ReachRow(from, to, probe, Optional.of(new Result(probe, verdict, "")));
    }
}
