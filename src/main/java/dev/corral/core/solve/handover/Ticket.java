package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.gateway.GatewayKeys;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.List;

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
    private static final int USUAL_PORT = 22;

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

    // Of all addresses, one that others are likely to reach.
    private static String host(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return address.getHostAddress();
        }
        try {
            List<InetAddress> all = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                    .sorted(Comparator.comparing((InetAddress one) -> !(one instanceof Inet4Address)))
                    .toList();
            return all.isEmpty()
                    ? InetAddress.getLoopbackAddress().getHostAddress()
                    : all.getFirst().getHostAddress();
        } catch (SocketException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
