package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A port here that leads to one of the guest's. */
@Tag("unit")
@Timeout(60)
class TunnelTest extends OverSshd {
    private final List<ExpectedFailure> refused = new CopyOnWriteArrayList<>();

    // Says back what it has heard, once that has ended.
    private static ServerSocket echo() throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            byte[] heard = socket.getInputStream().readAllBytes();
                            socket.getOutputStream().write(heard);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
                } catch (IOException e) {
                    return;
                }
            }
        });
        return server;
    }

    // Whether it was still in the kernel's queue decides how that shows.
    private static boolean ended(InputStream in) {
        try {
            return in.read() == -1;
        } catch (IOException e) {
            return true;
        }
    }

    private static byte[] ask(int port, byte[] question) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(question);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void bytesGoBothWaysAndEndsAreToldApart() throws Exception {
        byte[] much = "x".repeat(3 << 20).getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket server = echo();
                Tunnel tunnel = guest.tunnel(0, server.getLocalPort(), refused::add)) {
            assertThat(guest.answersAt(server.getLocalPort())).isTrue();
            assertThat(ask(tunnel.local(), much)).isEqualTo(much);
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), tunnel.local())) {
                assertThat(ask(tunnel.local(), new byte[] {7}))
                        .as("beside one that says nothing")
                        .containsExactly(7);
                guest.drop();
                assertThat(silent.getInputStream().read())
                        .as("its session has ended")
                        .isEqualTo(-1);
            }
            assertThat(ask(tunnel.local(), new byte[] {8}))
                    .as("over a new session")
                    .containsExactly(8);
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void aPortThatNobodyListensAtIsSaidAndTheTunnelStays() throws Exception {
        int port;
        try (ServerSocket server = echo()) {
            port = server.getLocalPort();
        }
        try (Tunnel tunnel = guest.tunnel(0, port, refused::add)) {
            assertThat(guest.answersAt(port)).isFalse();
            assertThat(ask(tunnel.local(), new byte[0])).isEmpty();
            assertThat(refused).singleElement().satisfies(failure -> assertThat(failure)
                    .hasMessage("Nothing answers at port " + port + " of "
                            + guest.endpoint().label() + "."));
        }
    }

    @Test
    void aPortHereThatIsTakenIsSaid() throws Exception {
        try (ServerSocket server = echo()) {
            assertThatThrownBy(() -> guest.tunnel(server.getLocalPort(), 80, refused::add))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessage("Port " + server.getLocalPort() + " of this machine is another program's already.");
        }
    }

    @Test
    void whatIsClosedLetsThePortGo() throws Exception {
        try (ServerSocket server = echo()) {
            Tunnel tunnel = guest.tunnel(0, server.getLocalPort(), refused::add);
            int local = tunnel.local();
            try (Socket open = new Socket(InetAddress.getLoopbackAddress(), local)) {
                open.getOutputStream().write(7);
                tunnel.close();
                assertThat(ended(open.getInputStream())).isTrue();
            }
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), local))
                    .isInstanceOf(IOException.class);
        }
    }
}
