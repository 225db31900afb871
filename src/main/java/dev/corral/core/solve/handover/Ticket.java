package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.gateway.GatewayKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person is given.
 *
 * @param host        where they connect to
 * @param port        the port
 * @param command     what they type
 * @param fingerprint of the host key, as their ssh shows it
 * @param knownHosts  the line for their file of known hosts
 */
public record Ticket(String host, int port, String command, String fingerprint, String knownHosts) {
    private static final Logger LOG = LoggerFactory.getLogger(Ticket.class);
    private static final int USUAL_PORT = 22;
    private static final Pattern BRIDGE = Pattern.compile("(?:virbr|docker|br-|veth|vnet|lxcbr|podman|cni).*");

    static Ticket of(String listen, int port, PublicKey hostKey) {
        String host = host(address(listen));
        return new Ticket(
                host,
                port,
                (port == USUAL_PORT ? "ssh " : "ssh -p " + port + " ") + "corral@" + host,
                GatewayKeys.fingerprint(hostKey),
                (port == USUAL_PORT ? host : "[" + host + "]:" + port) + " " + GatewayKeys.line(hostKey));
    }

    /**
     * The address that was meant.
     *
     * @throws ExpectedFailure if it is none
     */
    static InetAddress address(String listen) {
        try {
            return listen.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(listen);
        } catch (UnknownHostException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.USAGE,
                    PlainText.line(listen, 60) + " is no address.",
                    "Name one of this computer's, or 0.0.0.0 for all of them.",
                    "",
                    e);
        }
    }

    /** Whether nobody but this computer reaches what listens there. */
    public static boolean local(String listen) {
        return address(listen).isLoopbackAddress();
    }

    /** Whether these are the same place to listen at; a name that is none any more is its own. */
    static boolean same(String one, String other) {
        try {
            return one.equals(other) || address(one).equals(address(other));
        } catch (ExpectedFailure e) {
            return false;
        }
    }

    /** Whether somebody answers there. Blocks for half a second at most. */
    static boolean answers(String listen, int port) {
        try (Socket socket = new Socket()) {
            InetAddress address = address(listen);
            socket.connect(
                    new InetSocketAddress(
                            address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port),
                    500);
            return true;
        } catch (IOException | ExpectedFailure e) {
            return false;
        }
    }

    // Of all addresses, one that others are likely to reach.
    private static String host(InetAddress address) {
        return address.isAnyLocalAddress() ? reached().getFirst() : address.getHostAddress();
    }

    /** The other addresses at which it can be reached as well; none unless it listens at all of them. */
    public static List<String> others(String listen) {
        if (!address(listen).isAnyLocalAddress()) {
            return List.of();
        }
        List<String> all = reached();
        return all.subList(1, all.size());
    }

    // The one that this computer goes out by first; never none.
    private static List<String> reached() {
        Set<String> found = new LinkedHashSet<>();
        outward().ifPresent(one -> found.add(one.getHostAddress()));
        try {
            NetworkInterface.networkInterfaces()
                    .filter(Ticket::real)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                    .sorted(Comparator.comparing((InetAddress one) -> !(one instanceof Inet4Address)))
                    .forEach(one -> found.add(one.getHostAddress()));
        } catch (SocketException e) {
            LOG.debug("the addresses of this computer can't be listed", e);
        }
        if (found.isEmpty()) {
            found.add(InetAddress.getLoopbackAddress().getHostAddress());
        }
        return List.copyOf(found);
    }

    // Machines' bridges reach nobody but machines.
    private static boolean real(NetworkInterface one) {
        try {
            return one.isUp()
                    && !one.isLoopback()
                    && !Files.exists(Path.of("/sys/class/net", one.getName(), "bridge"))
                    && !BRIDGE.matcher(one.getName()).matches();
        } catch (SocketException e) {
            return false;
        }
    }

    // What the default route leaves by: a socket that is connected knows it, and sends nothing. The address is one of
    // documentation.
    private static Optional<InetAddress> outward() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 9);
            InetAddress from = socket.getLocalAddress();
            return from.isAnyLocalAddress() || from.isLoopbackAddress() ? Optional.empty() : Optional.of(from);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("this computer has no way out", e);
            return Optional.empty();
        }
    }
}
