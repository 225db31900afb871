package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** One connection to a port of a guest, as the guest itself would make it to its own address 127.0.0.1. */
final class GuestPort implements AutoCloseable {
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(20);

    private final ChannelDirectTcpip channel;
    private final SessionPool.Lease lease;

    private GuestPort(ChannelDirectTcpip channel, SessionPool.Lease lease) {
        this.channel = channel;
        this.lease = lease;
    }

    /** Takes the lease over once it is connected: it is given back at the end. */
    static GuestPort open(SshEndpoint endpoint, SessionPool.Lease lease, int port) throws IOException {
        ChannelDirectTcpip channel = lease.session()
                .createDirectTcpipChannel(
                        SshdSocketAddress.LOCALHOST_ADDRESS, new SshdSocketAddress("127.0.0.1", port));
        boolean opened = false;
        try {
            channel.open().verify(OPEN_LIMIT);
            opened = true;
        } catch (IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SshChannelOpenException said) {
                    throw refused(endpoint, port, said);
                }
            }
            throw e;
        } finally {
            if (!opened) {
                channel.close(true);
            }
        }
        return new GuestPort(channel, lease.handOver());
    }

    private static ExpectedFailure refused(SshEndpoint endpoint, int port, SshChannelOpenException e) {
        return (e.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED
                ? ExpectedFailure.failed(
                                endpoint.label() + " forbids tunnels.",
                                "Set AllowTcpForwarding yes in its sshd_config.",
                                e)
                        .withKind(ExpectedFailure.Kind.UNAVAILABLE)
                : ExpectedFailure.failed(
                                "Nothing answers at port " + port + " of " + endpoint.label() + ".",
                                "See what listens there: corral exec " + endpoint.label() + " -- ss -tln.",
                                e)
                        .withKind(ExpectedFailure.Kind.NOT_FOUND));
    }

    InputStream output() {
        return channel.getInvertedOut();
    }

    OutputStream input() {
        return channel.getInvertedIn();
    }

    /** Tells the guest that nothing more comes. */
    void endInput() throws IOException {
        channel.getInvertedIn().close();
    }

    /** Waits until both sides have said all. */
    void awaitEnd() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0L);
    }

    @Override
    public void close() {
        channel.close(false);
        lease.close();
    }
}
