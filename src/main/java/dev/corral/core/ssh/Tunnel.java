package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A port of this machine, for this machine only, that leads to a port of a guest over the guest's SSH connection. Each connection has a
 * channel of its own, so a tunnel outlives a reload of the VM. Thread-safe.
 */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Tunnel.class.getName());
    private static final int COPY_SIZE = 32 * 1024;
    private static final int WAITING = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final GuestConnection guest;
    private final int port;
    private final ServerSocket server;
    private final Consumer<ExpectedFailure> refused;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private Tunnel(GuestConnection guest, int port, ServerSocket server, Consumer<ExpectedFailure> refused) {
        this.guest = guest;
        this.port = port;
        this.server = server;
        this.refused = refused;
        this.acceptor =
                Thread.ofVirtual().name("tunnel-" + server.getLocalPort()).unstarted(this::accept);
    }

    /**
     * Opens it.
     *
     * @param local   the port here; 0 takes a free one
     * @param port    the guest's
     * @param refused told about each connection that the guest does not take, on that connection's thread
     * @throws ExpectedFailure if the port here can't be had
     */
    static Tunnel open(GuestConnection guest, int local, int port, Consumer<ExpectedFailure> refused) {
        ServerSocket server = null;
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), local), WAITING);
        } catch (IOException e) {
            close(server);
            throw ExpectedFailure.failed(
                    local > 0 && local < 1024
                            ? "Port " + local
                                    + " of this machine can't be had: it is another program's, or takes root's rights."
                            : "Port " + local + " of this machine is another program's already.",
                    "Name another one: LOCAL:" + port + ", or 0:" + port + " for any that is free.",
                    e);
        }
        Tunnel tunnel = new Tunnel(guest, port, server, refused);
        tunnel.acceptor.start();
        return tunnel;
    }

    private static void close(@Nullable AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception e) {
            LOG.log(Level.FINE, "an end of a tunnel can't be closed", e);
        }
    }

    /** The port here. */
    public int local() {
        return server.getLocalPort();
    }

    /** The guest's port. */
    public int port() {
        return port;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                if (server.isClosed()) {
                    // It was taken while the tunnel was being closed, and may have missed the end of all others.
                    close(socket);
                }
                Thread.ofVirtual().name("tunnelled-" + local()).start(() -> carry(socket));
            } catch (IOException e) {
                // It was closed, or nothing more can be opened for now, which would be so again at once.
                LOG.log(Level.FINE, "no further connection", e);
                if (!server.isClosed()) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    private void carry(Socket socket) {
        try (socket) {
            try (GuestPort channel = guest.port(port)) {
                through(socket, channel);
            } catch (ExpectedFailure e) {
                // Before the socket is closed: whoever sees its end finds the reason said.
                refused.accept(e);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "a tunnelled connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void through(Socket socket, GuestPort channel) throws IOException, InterruptedException {
        Thread answers = Thread.ofVirtual().name("tunnelled-out-" + local()).start(() -> answers(channel, socket));
        copy(socket.getInputStream(), channel.input());
        // What is said here may end before what is said there does.
        channel.endInput();
        answers.join();
    }

    private static void answers(GuestPort channel, Socket socket) {
        try {
            copy(channel.output(), socket.getOutputStream());
            socket.shutdownOutput();
            channel.awaitEnd();
        } catch (IOException e) {
            LOG.log(Level.FINE, "a tunnelled connection ended", e);
        } finally {
            close(socket);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[COPY_SIZE];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            to.write(buffer, 0, count);
            to.flush();
        }
    }

    /** Closes the port and all that goes through it. */
    @Override
    public void close() {
        close(server);
        open.forEach(Tunnel::close);
        // The system lets the port go only when the thread that waits at it has left it.
        try {
            var _ = acceptor.join(LEAVING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
