package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.future.Cancellable;
import org.apache.sshd.common.future.VerifiableFuture;
import org.apache.sshd.common.future.WaitableFuture;
import org.jspecify.annotations.Nullable;

/** The logged-in sessions to one machine, and who uses how many channels of each. Thread-safe. */
final class SessionPool {
    /** OpenSSH allows 10 channels a session unless told otherwise; two stay free for ending what hangs. */
    static final int CHANNELS_PER_SESSION = 8;

    private static final int MOST_SESSIONS = 4;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(30);

    private final SshEndpoint endpoint;
    private final Whereabouts guest;
    private final HostKeyMemory hostKey = new HostKeyMemory();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Member> members = new ArrayList<>();
    private int mostSessions = MOST_SESSIONS;
    private boolean connecting;
    private boolean closed;

    SessionPool(SshEndpoint endpoint, Whereabouts guest) {
        this.endpoint = endpoint;
        this.guest = guest;
    }

    /** Room for one channel; connects when there is none, waits when all sessions are full. */
    Lease acquire() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    throw ExpectedFailure.failed(
                            "The connection to " + endpoint.label() + " has been closed.", "Open it again.");
                }
                forgetDead();
                for (Member member : members) {
                    if (member.inUse < member.capacity) {
                        member.inUse++;
                        return new Lease(member, false);
                    }
                }
                if (!connecting
                        && members.stream()
                                        .filter(member -> !member.heldByShells())
                                        .count()
                                < mostSessions) {
                    connectOneMore();
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** True while at least one session is up. */
    boolean connected() {
        lock.lock();
        try {
            return members.stream().anyMatch(member -> member.session.isOpen());
        } finally {
            lock.unlock();
        }
    }

    /** Ends all sessions; the next use connects again. */
    void drop() {
        lock.lock();
        try {
            members.forEach(member -> member.session.close(true));
            members.clear();
            mostSessions = MOST_SESSIONS;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            drop();
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock; gives it back while connecting, so that running commands can end. */
    private void connectOneMore() throws InterruptedException {
        connecting = true;
        boolean first = members.isEmpty();
        lock.unlock();
        ClientSession session = null;
        ExpectedFailure failure = null;
        try {
            session = connect();
        } catch (ExpectedFailure e) {
            failure = e;
        } finally {
            lock.lock();
            connecting = false;
            changed.signalAll();
        }
        if (failure != null) {
            forgetDead();
            if (first || members.stream().allMatch(Member::heldByShells)) {
                // Shells end when a person wants it: nobody is to wait for that.
                throw failure;
            }
            // The guest takes no further session: those that are there must do.
            mostSessions = members.size();
        } else if (session != null && closed) {
            session.close(true);
        } else if (session != null) {
            Member member = new Member(session);
            members.add(member);
            new Pulse(session, new Silence(endpoint, guest), () -> used(member), why -> member.lost = why).start();
        }
    }

    private ClientSession connect() throws InterruptedException {
        if (endpoint.proxyCommand().isPresent()) {
            throw ExpectedFailure.failed(
                            endpoint.label() + " is reached through a proxy command, which Corral does not run.",
                            "Use vagrant ssh for this machine, or give it an address that this computer reaches directly.")
                    .withDetails(endpoint.proxyCommand().get());
        }
        SshClient client = SshClients.client();
        LoginKeys keys = LoginKeys.load(endpoint);
        Silence silence = new Silence(endpoint, guest);
        ClientSession session = null;
        boolean done = false;
        try {
            ConnectFuture connecting = client.connect(
                    endpoint.user(),
                    endpoint.host(),
                    endpoint.port(),
                    AttributeRepository.ofKeyValuePair(HostKeyMemory.ATTRIBUTE, hostKey),
                    null);
            wait(connecting, CONNECT_LIMIT, silence);
            session = connecting.verify(AT_ONCE).getSession();
            keys.keys().forEach(session::addPublicKeyIdentity);
            AuthFuture login = session.auth();
            wait(login, LOGIN_LIMIT, silence);
            login.verify(AT_ONCE);
            session.addCloseFutureListener(future -> wakeAll());
            done = true;
            return session;
        } catch (InterruptedIOException e) {
            InterruptedException interrupted = new InterruptedException("interrupted while connecting");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException e) {
            ExpectedFailure failure = SshFailures.connecting(endpoint, hostKey, keys, e);
            throw hostKey.changed() ? failure : silence.verdict(Duration.ZERO).orElse(failure);
        } finally {
            if (!done && session != null) {
                session.close(true);
            }
        }
    }

    /** Until it is done or the time is over, unless the machine turns out to be away. */
    private static <T extends VerifiableFuture<?> & WaitableFuture & Cancellable> void wait(
            T future, Duration limit, Silence silence) throws IOException {
        long begin = System.nanoTime();
        Duration waited = Duration.ZERO;
        while (!future.await(Silence.UNREMARKABLE) && waited.compareTo(limit) < 0) {
            waited = Duration.ofNanos(System.nanoTime() - begin);
            Optional<ExpectedFailure> away = silence.verdict(waited);
            if (away.isPresent()) {
                future.cancel();
                throw away.get();
            }
        }
    }

    private boolean used(Member member) {
        lock.lock();
        try {
            return member.inUse > 0;
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forgetDead() {
        members.removeIf(member -> !member.session.isOpen());
    }

    private static final class Member {
        private final ClientSession session;
        private int capacity = CHANNELS_PER_SESSION;
        private int inUse;
        private int shells;
        private boolean used;
        private volatile @Nullable ExpectedFailure lost;

        Member(ClientSession session) {
            this.session = session;
        }

        boolean heldByShells() {
            return capacity == 0 || shells >= capacity;
        }
    }

    /** Room for one channel on one session, until closed. */
    final class Lease implements AutoCloseable {
        private final Member member;
        private final boolean shell;
        private boolean returned;

        private Lease(Member member, boolean shell) {
            this.member = member;
            this.shell = shell;
        }

        ClientSession session() {
            return member.session;
        }

        /** Why the machine was given up while it did not answer, if it was. */
        Optional<ExpectedFailure> lost() {
            return Optional.ofNullable(member.lost);
        }

        /** A channel of this session was opened. */
        void worked() {
            lock.lock();
            try {
                member.used = true;
            } finally {
                lock.unlock();
            }
        }

        /** The session turned out to be dead: nobody is to get it again. */
        void discard() {
            member.session.close(true);
            lock.lock();
            try {
                members.remove(member);
            } finally {
                lock.unlock();
            }
        }

        /**
         * The guest allows fewer channels than usual on this session, where something may run that we have no channel to any
         * more. Other sessions have a count of their own. False when it allowed none even on a session that nobody has used.
         */
        boolean shrink() {
            lock.lock();
            try {
                boolean used = member.used || member.inUse > 1;
                member.capacity = Math.min(member.capacity, member.inUse - 1);
                if (member.inUse == 1) {
                    discard();
                }
                return used;
            } finally {
                lock.unlock();
            }
        }

        /** The same room for a shell under a new lease; this one no longer gives it back. */
        Lease handOver() {
            lock.lock();
            try {
                returned = true;
                member.shells++;
                return new Lease(member, true);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!returned) {
                    returned = true;
                    member.inUse--;
                    member.shells -= shell ? 1 : 0;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
