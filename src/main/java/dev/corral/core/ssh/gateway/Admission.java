package dev.corral.core.ssh.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoServiceEventListener;

/**
 * Keeps the number of connections within bounds, before anything is read of them: so many at once, and so many a minute from one address.
 * Thread-safe.
 */
final class Admission implements IoServiceEventListener {
    /** Connections at once, those that have not logged in included. */
    static final int MOST_OPEN = 12;
    /** New connections from one address in a minute. */
    static final int MOST_A_MINUTE = 30;

    private static final int MOST_ADDRESSES = 1_000;
    private static final long MINUTE = 60_000_000_000L;

    private final IntSupplier open;
    private final Map<InetAddress, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Count(long since, int connections) {}

    /** @param open how many connections there are */
    Admission(IntSupplier open) {
        this.open = open;
    }

    @Override
    public void connectionAccepted(
            IoAcceptor acceptor, SocketAddress local, SocketAddress remote, SocketAddress service) throws IOException {
        // The library closes a connection whose listener throws.
        if (open.getAsInt() >= MOST_OPEN) {
            throw new IOException("as many connections as there may be at once");
        }
        if (remote instanceof InetSocketAddress address && tooMany(address.getAddress(), System.nanoTime())) {
            throw new IOException("as many connections as one address may make in a minute");
        }
    }

    synchronized boolean tooMany(InetAddress address, long now) {
        Count before = counts.get(address);
        Count after = before == null || now - before.since > MINUTE
                ? new Count(now, 1)
                : new Count(before.since, before.connections + 1);
        counts.put(address, after);
        return after.connections > MOST_A_MINUTE;
    }
}
