package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is agreed upon with a real OpenSSH server, near and slow to speak. */
@Tag("unit")
@Timeout(120)
class CipherChoiceTest {
    @TempDir
    Path temp;

    @Test
    void aPromptServerGetsTheFastCipherOfThisEndAndASlowOneThatOfItsOwn() throws Exception {
        try (LoopbackSshd server = new LoopbackSshd(temp.resolve("sshd"));
                LateServer late = new LateServer(server.endpoint().port(), Duration.ofMillis(400))) {
            // A busy machine can be slow by itself, so that a server is prompt is certain only in the other test.
            assertThat(agreed(new CipherChoice(true), server, late.port())).isEqualTo("chacha20-poly1305@openssh.com");
            assertThat(agreed(new CipherChoice(false), server, late.port())).isEqualTo("aes128-gcm@openssh.com");
            assertThat(agreed(new CipherChoice(false), server, server.endpoint().port()))
                    .isEqualTo("aes128-gcm@openssh.com");
        }
    }

    @Test
    void theWaitForTheFirstWordDecidesWhereGuestsMayBeEmulated() {
        assertThat(new CipherChoice(true).preferred(Duration.ofMillis(15)))
                .first()
                .isEqualTo("aes128-gcm@openssh.com");
        assertThat(new CipherChoice(true).preferred(Duration.ofMillis(120)))
                .first()
                .isEqualTo("chacha20-poly1305@openssh.com");
        assertThat(new CipherChoice(false).preferred(Duration.ofMillis(120)))
                .first()
                .isEqualTo("aes128-gcm@openssh.com");
    }

    private static String agreed(CipherChoice choice, LoopbackSshd server, int port) throws Exception {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.addSessionListener(choice);
            CoreModuleProperties.SEND_IMMEDIATE_KEXINIT.set(client, false);
            client.start();
            client.setKeyIdentityProvider(
                    new FileKeyPairProvider(server.endpoint().identityFiles()));
            try (ClientSession session = client.connect(server.endpoint().user(), "127.0.0.1", port)
                    .verify(Duration.ofSeconds(20))
                    .getSession()) {
                session.auth().verify(Duration.ofSeconds(20));
                assertThat(session.getNegotiatedKexParameter(KexProposalOption.S2CENC))
                        .isEqualTo(session.getNegotiatedKexParameter(KexProposalOption.C2SENC));
                String cipher = session.getNegotiatedKexParameter(KexProposalOption.C2SENC);
                // New keys later on, when the session is old, are for the same cipher.
                Thread.sleep(100);
                session.reExchangeKeys().verify(Duration.ofSeconds(20));
                assertThat(session.getNegotiatedKexParameter(KexProposalOption.C2SENC))
                        .isEqualTo(cipher);
                return cipher;
            }
        }
    }

    /** Passes everything on, the server's words only after a while. */
    private static final class LateServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        LateServer(int server, Duration late) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!listener.isClosed()) {
                    try {
                        Socket client = listener.accept();
                        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                        pass(client, there, Duration.ZERO);
                        pass(there, client, late);
                    } catch (IOException e) {
                        // The test is over.
                        return;
                    }
                }
            });
        }

        private static void pass(Socket from, Socket to, Duration late) {
            Thread.ofVirtual().start(() -> {
                try (InputStream in = from.getInputStream();
                        OutputStream out = to.getOutputStream()) {
                    Thread.sleep(late);
                    in.transferTo(out);
                } catch (IOException | InterruptedException e) {
                    // One side has hung up, and so does the other.
                    Thread.currentThread().interrupt();
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
