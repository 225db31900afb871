package dev.corral.core.machine.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.machine.network.Reachability.Probe;
import dev.corral.core.machine.network.Reachability.Result;
import dev.corral.core.machine.network.Reachability.Verdict;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reachability measured through a real OpenSSH server on this machine. */
@Tag("unit")
@Timeout(60)
class ReachabilityTest {
    @TempDir
    static Path temp;

    @Test
    void eachProbeGetsItsVerdict() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"));
                GuestConnection guest = new GuestConnection(sshd.endpoint());
                ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int closed;
            try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                closed = gone.getLocalPort();
            }
            Probe reached = new Probe("a", "b", "127.0.0.1", open.getLocalPort());
            Probe refused = new Probe("a", "b", "127.0.0.1", closed);
            Probe lost = new Probe("away", "b", "127.0.0.1", closed);
            Map<Probe, Result> results = new ConcurrentHashMap<>();
            Reachability.measure(
                    List.of(reached, refused, lost),
                    machine -> {
                        if (machine.equals("away")) {
                            throw ExpectedFailure.failed("It is off.", "");
                        }
                        return guest;
                    },
                    result -> results.put(result.probe(), result));
            assertThat(results.get(reached).verdict()).isEqualTo(Verdict.REACHED);
            assertThat(results.get(refused).verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(results.get(lost).verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(results.get(lost).note()).isEqualTo("It is off.");
        }
    }

    @Test
    void aServerThatForbidsItSaysNothingAboutTheNetwork() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("closed"), "AllowTcpForwarding no");
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            Map<Probe, Result> results = new ConcurrentHashMap<>();
            Probe probe = new Probe("a", "b", "127.0.0.1", sshd.endpoint().port());
            Reachability.measure(List.of(probe), machine -> guest, result -> results.put(probe, result));
            assertThat(results.get(probe).verdict()).isEqualTo(Verdict.UNKNOWN);
        }
    }
}
