package dev.corral.core.ssh.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * Whether a guest reaches a port of another machine: its SSH server is asked to connect there, so that the guest needs no tool for it. What
 * it answers is its own word.
 */
public final class TcpProbe {
    private TcpProbe() {}

    /** What came of it. */
    public enum Answer {
        /** Something took the connection. */
        OPEN,
        /** The machine is there and nothing listens. */
        REFUSED,
        /** Nobody answered in time. */
        SILENT,
        /** There is no way to that address. */
        NO_WAY,
        /** The SSH server connects nowhere for anybody. */
        FORBIDDEN
    }

    /**
     * Asks.
     *
     * @throws IOException if the session broke
     */
    public static Answer ask(ClientSession session, String host, int port, Duration limit) throws IOException {
        ChannelDirectTcpip channel = session.createDirectTcpipChannel(
                SshdSocketAddress.LOCALHOST_ADDRESS, new SshdSocketAddress(host, port));
        OpenFuture opening = channel.open();
        // The server's answer may come long after nobody waits for it any more, and belongs to a channel that is known.
        opening.addListener(done -> channel.close(true));
        try {
            if (!opening.await(limit)) {
                return Answer.SILENT;
            }
        } catch (InterruptedIOException e) {
            opening.cancel();
            throw e;
        }
        if (opening.isOpened()) {
            return Answer.OPEN;
        }
        for (Throwable cause = opening.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SshChannelOpenException said) {
                return answer(said);
            }
        }
        throw new IOException("the channel was not opened", opening.getException());
    }

    private static Answer answer(SshChannelOpenException said) {
        if (said.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED) {
            return Answer.FORBIDDEN;
        }
        String words = String.valueOf(said.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("refused")) {
            return Answer.REFUSED;
        }
        return words.contains("timed out") ? Answer.SILENT : Answer.NO_WAY;
    }
}
