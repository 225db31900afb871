package dev.corral.core.ssh;

import java.net.SocketAddress;
import java.security.PublicKey;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the host key of one machine for as long as its connection object lives. Vagrant itself checks no host
 * keys; but two VMs can race for one forwarded port, and then the key tells that another machine answers.
 */
final class HostKeyMemory {
    /** Carries the memory of a connection to the verifier that all connections share. */
    static final AttributeKey<HostKeyMemory> ATTRIBUTE = new AttributeKey<>();

    /** Asks the memory of the connection that the session belongs to. */
    static final ServerKeyVerifier VERIFIER = HostKeyMemory::verify;

    private @Nullable PublicKey known;
    private boolean changed;

    /** Remembers nothing yet. */
    HostKeyMemory() {}

    /** Knows the key already. */
    HostKeyMemory(PublicKey known) {
        this.known = known;
    }

    /** True when the last key that was offered is not the one remembered. */
    synchronized boolean changed() {
        return changed;
    }

    private synchronized boolean accept(PublicKey key) {
        if (known == null) {
            known = key;
        }
        changed = !KeyUtils.compareKeys(known, key);
        return !changed;
    }

    private static boolean verify(ClientSession session, SocketAddress address, PublicKey key) {
        HostKeyMemory memory = session.getConnectionContext().getAttribute(ATTRIBUTE);
        return memory.accept(key);
    }
}
