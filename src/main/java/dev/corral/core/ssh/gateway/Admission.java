package dev.corral.core.ssh.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the number of connections within bounds: so many that have not logged in at once, in all and from one address, so many new ones a
 * minute from one address, and so many that have logged in. Whoever is in takes no place of those who are not, nor the other way round.
 * A connection is closed where its session exists already: the library leaves the socket open of one whose acceptance fails. Thread-safe.
 */
final class Admission implements SessionListener {
    /** Connections at once that have not logged in. */
    static final int MOST_STRANGERS = 12;
    /** Those of them from one address. */
    static final int MOST_OF_ONE = 4;
    /** Connections at once that have logged in. */
    static final int MOST_IN = 12;
    /** New connections from one address in a minute. */
    static final int MOST_A_MINUTE = 30;

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final int MOST_ADDRESSES = 1_000;
    private static final long MINUTE = 60_000_000_000L;

    private final Map<Session, InetAddress> strangers = new HashMap<>();
    private final Set<Session> in = new HashSet<>();
    private final Map<InetAddress, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Count(long since, int connections) {}

    @Override
    public void sessionCreated(Session session) {
        SocketAddress remote = session.getIoSession().getRemoteAddress();
        InetAddress address = remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : InetAddress.getLoopbackAddress();
        if (!comes(session, address, System.nanoTime())) {
            LOG.debug("a connection from {} is refused: there are too many", address);
            session.close(true);
        }
    }

    private synchronized boolean comes(Session session, InetAddress address, long now) {
        strangers.keySet().removeIf(other -> !other.isOpen());
        long same = strangers.values().stream().filter(address::equals).count();
        if (strangers.size() >= MOST_STRANGERS || same >= MOST_OF_ONE || tooMany(address, now)) {
            return false;
        }
        strangers.put(session, address);
        return true;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated && !entered(session)) {
            session.close(true);
        }
    }

    private synchronized boolean entered(Session session) {
        strangers.remove(session);
        in.removeIf(other -> !other.isOpen());
        return in.size() < MOST_IN && in.add(session);
    }

    @Override
    public synchronized void sessionClosed(Session session) {
        strangers.remove(session);
        in.remove(session);
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
