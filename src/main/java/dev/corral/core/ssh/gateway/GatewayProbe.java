package dev.corral.core.ssh.gateway;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.SshClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/** Goes the way that a person is to go, as a stranger would, before it is shown to them. Blocks. */
public final class GatewayProbe {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration OPEN = Duration.ofSeconds(60);
    private static final int LONGEST = 64 << 10;

    private GatewayProbe() {}

    /**
     * Tries both steps: that the gateway answers there with its key, and that a terminal opens through it.
     *
     * @param host   where the person would connect to
     * @param key    the gateway's own key
     * @param login  a key that lets in
     * @param marker what the terminal shows once it is in the machine
     * @throws ExpectedFailure      which step failed, and what to do
     * @throws InterruptedException if the thread is interrupted
     */
    public static void both(String host, int port, PublicKey key, KeyPair login, String marker)
            throws InterruptedException {
        ClientSession session;
        try {
            session = SshClients.connect(host, port, key, login, CONNECT);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Nothing was handed out: the gateway does not answer at " + host + ":" + port + " with its key ("
                            + PlainText.line(String.valueOf(e.getMessage()), 200) + ").",
                    "See whether a firewall of this computer is in the way, or another program has that port; or name "
                            + "another address or port.",
                    e);
        }
        try (session) {
            terminal(session, marker);
        } catch (IOException e) {
            throw noTerminal(String.valueOf(e.getMessage()), e);
        }
    }

    private static void terminal(ClientSession session, String marker) throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                if (size() < LONGEST) {
                    super.write(bytes, offset, length);
                }
            }
        };
        try (ChannelShell channel = session.createShellChannel()) {
            channel.setPtyType("dumb");
            channel.setOut(shown);
            channel.setErr(shown);
            channel.open().verify(OPEN);
            boolean ended =
                    channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), OPEN).contains(ClientChannelEvent.CLOSED);
            String text = shown.toString(StandardCharsets.UTF_8);
            if (!text.contains(marker)) {
                throw noTerminal(ended ? text : "the machine did not answer in " + OPEN.toSeconds() + " s", null);
            }
        }
    }

    private static ExpectedFailure noTerminal(String said, @org.jspecify.annotations.Nullable IOException cause) {
        return ExpectedFailure.failed(
                        "Nothing was handed out: no shell opens in the machine through the gateway.",
                        "See whether corral shell opens one there; the details show what was said.",
                        cause)
                .withDetails(PlainText.line(said, 500));
    }
}
