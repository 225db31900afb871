package dev.corral.core.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * The one SSH client of this process. It takes about a second to make, so {@link #warmUp} makes it in the background.
 * It never looks at the user's SSH configuration, agent or keys.
 */
public final class SshClients {
    /**
     * Bytes of a channel's output that may lie here unread. Thirty channels at once must fit into a small heap, and
     * guests are near: more would not be faster.
     */
    private static final long WINDOW = 256 * 1024;
    /** The library gives up a write after this time; a guest may leave its input unread for as long as it likes. */
    private static final Duration STALLED_WRITE = Duration.ofDays(365);
    /** Kept here because the logging library forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("org.apache.sshd");

    private static @Nullable CompletableFuture<SshClient> client;

    private SshClients() {}

    /** Starts making the client on a thread of its own and returns at once. */
    public static void warmUp() {
        var _ = future();
    }

    /** Waits until a client that is being made is ready; returns at once when none is, and does not care how it went. */
    public static void settle() {
        CompletableFuture<SshClient> made;
        synchronized (SshClients.class) {
            made = client;
        }
        if (made != null) {
            made.handle((ready, failure) -> ready).join();
        }
    }

    /** The client, made and started; waits for it when need be. Any thread but the window's. */
    static SshClient client() {
        try {
            return future().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Logs in to a server whose own key is known, as whoever it lets in by this key. Blocks.
     *
     * @param limit for each of connection and login
     * @throws IOException if nobody answers, with another key, or does not let in
     */
    public static ClientSession connect(String host, int port, PublicKey known, KeyPair login, Duration limit)
            throws IOException {
        ClientSession session = client().connect(
                        "corral",
                        host,
                        port,
                        AttributeRepository.ofKeyValuePair(HostKeyMemory.ATTRIBUTE, new HostKeyMemory(known)),
                        null)
                .verify(limit)
                .getSession();
        boolean done = false;
        try {
            session.addPublicKeyIdentity(login);
            session.auth().verify(limit);
            done = true;
            return session;
        } finally {
            if (!done) {
                session.close(true);
            }
        }
    }

    private static synchronized CompletableFuture<SshClient> future() {
        if (client == null) {
            CompletableFuture<SshClient> made = new CompletableFuture<>();
            client = made;
            Thread.ofVirtual().name("ssh-client").start(() -> made.completeAsync(SshClients::create, Runnable::run));
        }
        return client;
    }

    private static SshClient create() {
        LIBRARY_LOG.setLevel(Level.SEVERE);
        SshClient made = SshClient.setUpDefaultClient();
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setPasswordIdentityProvider(PasswordIdentityProvider.EMPTY_PASSWORDS_PROVIDER);
        made.setAgentFactory(null);
        made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        made.setServerKeyVerifier(HostKeyMemory.VERIFIER);
        made.addSessionListener(CipherChoice.here());
        // Only when the server has spoken is there something to choose by.
        CoreModuleProperties.SEND_IMMEDIATE_KEXINIT.set(made, false);
        // Without it each command waits 40 ms for a delayed acknowledgement.
        CoreModuleProperties.TCP_NODELAY.set(made, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
        // The library would end a session by the length of a silence alone; see Pulse.
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, Duration.ZERO);
        CoreModuleProperties.WINDOW_SIZE.set(made, WINDOW);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(made, STALLED_WRITE);
        made.start();
        return made;
    }
}
