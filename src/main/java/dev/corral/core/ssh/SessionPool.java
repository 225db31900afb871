package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
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
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.future.Cancellable;
import org.apache.sshd.common.future.VerifiableFuture;
import org.apache.sshd.common.future.WaitableFuture;
import org.apache.sshd.common.util.security.SecurityUtils;

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
                        return new Lease(member);
                    }
                }
                if (!connecting && members.size() < mostSessions) {
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
            if (first || members.isEmpty()) {
                throw failure;
            }
            // The guest takes no further session: those that are there must do.
            mostSessions = members.size();
        } else if (closed) {
            session.close(true);
        } else {
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
        List<KeyPair> keys = loadKeys();
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
            keys.forEach(session::addPublicKeyIdentity);
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
            throw hostKey.changed()
                    ? SshFailures.connecting(endpoint, hostKey, e)
                    : silence.verdict(Duration.ZERO).orElseGet(() -> SshFailures.connecting(endpoint, hostKey, e));
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

    private List<KeyPair> loadKeys() {
        List<KeyPair> keys = new ArrayList<>();
        for (Path file : endpoint.identityFiles()) {
            try (InputStream in = Files.newInputStream(file)) {
                Iterable<KeyPair> found =
                        SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, null);
                if (found != null) {
                    found.forEach(keys::add);
                }
            } catch (NoSuchFileException e) {
                throw ExpectedFailure.failed(
                        "The private key " + file + ", which Vagrant names for " + endpoint.label()
                                + ", does not exist.",
                        "Run vagrant ssh-config; if the key is lost, destroy the VM and start it again.",
                        e);
            } catch (IOException | GeneralSecurityException e) {
                throw ExpectedFailure.failed(
                                "The private key " + file + ", which Vagrant names for " + endpoint.label()
                                        + ", cannot be read.",
                                "See that the file is readable, whole and without a passphrase.",
                                e)
                        .withDetails(SshFailures.message(e));
            }
        }
        if (keys.isEmpty()) {
            throw ExpectedFailure.failed(
                    "Vagrant names no private key for " + endpoint.label() + ".",
                    "Corral logs in with keys only: set config.ssh.private_key_path or leave config.ssh.insert_key on.");
        }
        return keys;
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
        private volatile ExpectedFailure lost;

        Member(ClientSession session) {
            this.session = session;
        }
    }

    /** Room for one channel on one session, until closed. */
    final class Lease implements AutoCloseable {
        private final Member member;
        private boolean returned;

        private Lease(Member member) {
            this.member = member;
        }

        ClientSession session() {
            return member.session;
        }

        /** Why the machine was given up while it did not answer, if it was. */
        Optional<ExpectedFailure> lost() {
            return Optional.ofNullable(member.lost);
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

        /** The guest allows fewer channels than usual. False when it allows none at all. */
        boolean shrink() {
            lock.lock();
            try {
                member.capacity = Math.max(1, Math.min(member.capacity, member.inUse - 1));
                return member.inUse > 1;
            } finally {
                lock.unlock();
            }
        }

        /** The same room under a new lease; this one no longer gives it back. */
        Lease handOver() {
            lock.lock();
            try {
                returned = true;
                return new Lease(member);
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
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
