package dev.corral.core.ssh.gateway;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SSH server that lets in by key only and gives a terminal to whoever is in: no command, no file transfer, no forwarding of any sort,
 * no variables. Whoever connects is a stranger until then, so everything is bounded: connections, attempts, the time for a login.
 * Thread-safe.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    /** Kept here because the logging library forgets the level of a logger that nobody holds. */
    private static final java.util.logging.Logger LIBRARY_LOG = java.util.logging.Logger.getLogger("org.apache.sshd");

    private static final AttributeKey<PublicKey> KEY = new AttributeKey<>();
    /** People with many keys in their agent offer one after another. */
    private static final int MOST_ATTEMPTS = 6;

    private static final int MOST_CHANNELS = 3;
    private static final int LARGEST_PACKET = 64 << 10;
    private static final Duration LOGIN = Duration.ofSeconds(20);
    private static final Duration BETWEEN_PULSES = Duration.ofSeconds(20);
    private static final Duration ANSWERED = Duration.ofSeconds(60);
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration STALLED_WRITE = Duration.ofDays(365);

    private final SshServer server;
    private final Door door;
    private final Set<Visitor> visitors = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Gateway(SshServer server, Door door) {
        this.server = server;
        this.door = door;
    }

    /**
     * Opens it.
     *
     * @param address where it listens
     * @param port    the port; 0 takes a free one
     * @param host    its own key
     * @throws ExpectedFailure if the address or port can't be had
     */
    public static Gateway open(InetAddress address, int port, KeyPair host, Door door) {
        LIBRARY_LOG.setLevel(Level.SEVERE);
        SshServer server = SshServer.setUpDefaultServer();
        Gateway gateway = new Gateway(server, door);
        server.setHost(address.getHostAddress());
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, session) -> gateway.admits(key, session));
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setHostBasedAuthenticator(null);
        server.setGSSAuthenticator(null);
        server.setChannelFactories(List.of(TerminalOnly.factory()));
        server.setGlobalRequestHandlers(List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setAgentFactory(null);
        server.setSubsystemFactories(List.of());
        server.setCommandFactory(null);
        server.setShellFactory(gateway::visitor);
        server.addSessionListener(new Admission());
        server.addSessionListener(gateway.pulses());
        limits(server);
        try {
            server.start();
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Port " + port + " of " + address.getHostAddress() + " can't be had: "
                            + PlainText.line(String.valueOf(e.getMessage()), 200) + ".",
                    "Name another one with --port, or an address of this computer with --listen.",
                    e);
        }
        return gateway;
    }

    private static void limits(SshServer server) {
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MOST_ATTEMPTS);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, MOST_CHANNELS);
        CoreModuleProperties.LIMIT_PACKET_SIZE.set(server, (long) LARGEST_PACKET);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "corral");
        // A person may look at a screen for hours; whether they are there is asked instead.
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        // Who stops their screen stops the guest's program, and loses nothing.
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, STALLED_WRITE);
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** How many terminals are open. */
    public int terminals() {
        return visitors.size();
    }

    private boolean admits(PublicKey key, ServerSession session) {
        if (closed.getCount() == 0 || !door.admits(key)) {
            return false;
        }
        // The last one asked about before a login is the one whose signature was good.
        session.setAttribute(KEY, key);
        return true;
    }

    private Command visitor(ChannelSession channel) throws IOException {
        ServerSession session = channel.getSession();
        PublicKey key = Optional.ofNullable(session.getAttribute(KEY)).orElseThrow(() -> new IOException("no key"));
        SocketAddress address = session.getClientAddress();
        Visitor visitor = new Visitor(
                door,
                session,
                key,
                address instanceof InetSocketAddress internet
                        ? internet.getAddress().getHostAddress()
                        : "",
                visitors::remove);
        visitors.add(visitor);
        return visitor;
    }

    // A person whose computer was closed or whose network went says nothing: who answers no question is gone. Who is in
    // and asks for no terminal has no business here.
    private SessionListener pulses() {
        return new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.Authenticated) {
                    Thread.ofVirtual().name("handed-over-pulse").start(() -> pulse(session));
                }
            }
        };
    }

    private void pulse(Session session) {
        try {
            while (!closed.await(BETWEEN_PULSES.toMillis(), TimeUnit.MILLISECONDS) && session.isOpen()) {
                if (visitors.stream().noneMatch(visitor -> visitor.of(session))) {
                    session.close(true);
                    return;
                }
                Buffer asked = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
                asked.putString("keepalive@openssh.com");
                asked.putBoolean(true);
                var _ = session.request("keepalive@openssh.com", asked, ANSWERED);
            }
        } catch (IOException e) {
            LOG.debug("nobody answers any more", e);
            session.close(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows a line in every terminal that is open. Blocks for a second at most, whoever reads and whoever does not. */
    public void tell(String words) {
        List<Thread> telling = visitors.stream()
                .map(visitor -> Thread.ofVirtual().start(() -> visitor.tell(words)))
                .toList();
        for (Thread one : telling) {
            try {
                one.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Cuts all connections and ends.
     *
     * @param why what those who are in read as the last thing
     */
    public void close(String why) {
        boolean first = closed.getCount() > 0;
        closed.countDown();
        if (!first) {
            return;
        }
        List<Visitor> in = List.copyOf(visitors);
        tell(why);
        for (AbstractSession session : server.getActiveSessions()) {
            try {
                session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, why);
            } catch (IOException e) {
                LOG.debug("a connection that ends can't be told why", e);
            }
        }
        try {
            server.stop(true);
        } catch (IOException e) {
            LOG.warn("the gateway did not end cleanly", e);
        }
        List<Thread> ends = in.stream()
                .map(visitor -> Thread.ofVirtual().start(visitor::end))
                .toList();
        long until = System.nanoTime() + ENDING.toNanos();
        try {
            for (Thread end : ends) {
                end.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
            while (!visitors.isEmpty() && System.nanoTime() < until) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close("The gateway has ended.");
    }
}
