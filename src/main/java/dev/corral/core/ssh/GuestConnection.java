package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.ssh.exec.ExecInterrupted;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import dev.corral.core.ssh.exec.ExecRun;
import dev.corral.core.ssh.exec.RemoteCommand;
import dev.corral.core.ssh.net.TcpProbe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/**
 * A kept connection to one machine for one boot of it. It connects when first used and again after it was lost, and
 * lets many threads run commands and shells at once. All methods block, so none belongs on the window's thread.
 * Failures that a careful user can meet come as {@link ExpectedFailure}.
 */
public final class GuestConnection implements AutoCloseable {
    private final SshEndpoint endpoint;
    private final SessionPool pool;
    private final Supplier<Subscription> use;

    /** Connects to nothing yet. Nobody is asked about a machine that does not answer. */
    public GuestConnection(SshEndpoint endpoint) {
        this(endpoint, () -> Whereabouts.Word.UNKNOWN);
    }

    /**
     * Connects to nothing yet.
     *
     * @param guest asked when the machine does not answer
     */
    public GuestConnection(SshEndpoint endpoint, Whereabouts guest) {
        this(endpoint, guest, () -> () -> {});
    }

    /**
     * Connects to nothing yet.
     *
     * @param guest asked when the machine does not answer
     * @param use   called when a command or shell begins; what it gives is closed when that ends
     */
    public GuestConnection(SshEndpoint endpoint, Whereabouts guest, Supplier<Subscription> use) {
        this.endpoint = endpoint;
        this.use = use;
        this.pool = new SessionPool(endpoint, guest);
    }

    /** Where this connection goes. */
    public SshEndpoint endpoint() {
        return endpoint;
    }

    /** True while a session is up; a machine that vanished without a word is noticed in seconds while it is in use. */
    public boolean connected() {
        return pool.connected();
    }

    /**
     * Runs a command and waits for its end. What it leaves running in the background is not waited for, even if that holds the
     * output: after half a second of silence, or two seconds in all, the rest of the output is its own business.
     *
     * @throws ExpectedFailure      no connection, no such user, no sudo, or the connection was lost on the way
     * @throws ExecInterrupted      the thread was interrupted while the command ran; its process group was ended
     * @throws InterruptedException the thread was interrupted before that, or after its end
     */
    public ExecResult exec(ExecRequest request) throws InterruptedException {
        Optional<String> user = otherUser(request.user());
        RemoteCommand command = RemoteCommand.of(request, user);
        if (command.tooLong()) {
            command = sendAsScript(request, user);
        }
        RemoteCommand ready = command;
        try (Subscription using = use.get()) {
            return withChannel(lease -> new ExecRun(endpoint, lease.session(), ready, request, user).run());
        }
    }

    /** An interactive shell of the login user. */
    public ShellChannel shell(int columns, int rows) throws InterruptedException {
        return shell(columns, rows, Optional.empty(), Optional.empty());
    }

    /**
     * An interactive shell in a terminal of this size.
     *
     * @param user     whose login shell, through sudo; empty: the login user's
     * @param terminal what sort of terminal it is, by its name in terminfo; what can be no such name, or is empty, means
     *                 {@code xterm-256color}
     */
    public ShellChannel shell(int columns, int rows, Optional<String> user, Optional<String> terminal)
            throws InterruptedException {
        return shell(columns, rows, ShellChannel.Begin.of(otherUser(user)), terminal);
    }

    /**
     * The same for the login user, begun by a command that ends in a shell.
     *
     * @param command for the login user's shell
     */
    public ShellChannel shell(int columns, int rows, Optional<String> terminal, String command)
            throws InterruptedException {
        return shell(columns, rows, new ShellChannel.Begin(Optional.of(command)), terminal);
    }

    private ShellChannel shell(int columns, int rows, ShellChannel.Begin begin, Optional<String> terminal)
            throws InterruptedException {
        Subscription using = use.get();
        ShellChannel opened = null;
        try {
            opened = withChannel(lease -> ShellChannel.open(endpoint, lease, columns, rows, begin, terminal));
            var _ = opened.exitStatus().whenComplete((status, failure) -> using.close());
            return opened;
        } finally {
            if (opened == null) {
                using.close();
            }
        }
    }

    /**
     * A port of this machine that leads to one of the guest's; it is closed by closing it.
     *
     * @param local   the port here; 0 takes a free one
     * @param port    the guest's port
     * @param refused told about each connection that the guest does not take, on a thread of its own
     * @throws ExpectedFailure if the port here can't be had
     */
    public Tunnel tunnel(int local, int port, Consumer<ExpectedFailure> refused) {
        return Tunnel.open(this, local, port, refused);
    }

    /**
     * Whether something answers at a port of the guest.
     *
     * @throws ExpectedFailure if there is no way to the guest's ports
     */
    public boolean answersAt(int port) throws InterruptedException {
        try {
            port(port).close();
            return true;
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether the guest reaches a port of another machine.
     *
     * @param host  the other machine's address, as the guest knows it
     * @param limit how long it may take
     * @throws ExpectedFailure if the guest can't be reached itself
     */
    public TcpProbe.Answer reaches(String host, int port, Duration limit) throws InterruptedException {
        return withChannel(lease -> TcpProbe.ask(lease.session(), host, port, limit));
    }

    /** One connection to a port of the guest. */
    GuestPort port(int port) throws InterruptedException {
        return withChannel(lease -> GuestPort.open(endpoint, lease, port));
    }

    /** Forgets the sessions, for instance after a snapshot was restored; the next use connects again. */
    public void drop() {
        pool.drop();
    }

    /** Ends all sessions and whatever runs over them. */
    @Override
    public void close() {
        pool.close();
    }

    private Optional<String> otherUser(Optional<String> user) {
        return user.filter(name -> !name.isEmpty() && !name.equals(endpoint.user()));
    }

    private RemoteCommand sendAsScript(ExecRequest request, Optional<String> user) throws InterruptedException {
        String marker = RemoteCommand.newMarker();
        byte[] script = GuestText.bytes(RemoteCommand.script(request, marker, user.isPresent()));
        ExecRequest upload = ExecRequest.of(
                        "/bin/sh",
                        "-c",
                        "umask 077; f=$(mktemp /tmp/corral.XXXXXXXX) && cat >\"$f\" && printf %s \"$f\"")
                .withStdin(script);
        ExecResult sent = exec(user.map(upload::withUser).orElse(upload));
        String path = sent.stdoutText();
        if (!sent.succeeded() || path.isBlank()) {
            throw ExpectedFailure.failed(
                            "The command is " + script.length / 1024 + " KiB long and " + endpoint.label()
                                    + " could not store it in /tmp.",
                            "See that /tmp of the guest has room and can be written to.")
                    .withDetails(sent.stderrText());
        }
        return RemoteCommand.ofScript(path, marker, user);
    }

    /** The guest's own "no" to one more channel, if that is what failed. */
    private static @Nullable SshChannelOpenException refusal(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SshChannelOpenException refused) {
                return refused;
            }
        }
        return null;
    }

    private interface ChannelUse<T> {
        T use(SessionPool.Lease lease) throws IOException, InterruptedException;
    }

    /** Opening a channel has no effect in the guest, so when a kept session proves dead it is tried once more. */
    private <T> T withChannel(ChannelUse<T> use) throws InterruptedException {
        boolean secondTry = false;
        while (true) {
            try (SessionPool.Lease lease = pool.acquire()) {
                try {
                    T result = use.use(lease);
                    lease.worked();
                    return result;
                } catch (InterruptedIOException e) {
                    InterruptedException interrupted = new InterruptedException("interrupted while opening a channel");
                    interrupted.initCause(e);
                    throw interrupted;
                } catch (ExpectedFailure e) {
                    throw e.kind() == ExpectedFailure.Kind.UNAVAILABLE
                            ? lease.lost().orElse(e)
                            : e;
                } catch (IOException e) {
                    if (lease.lost().isPresent()) {
                        throw lease.lost().get();
                    }
                    SshChannelOpenException refused = refusal(e);
                    if (refused == null) {
                        lease.discard();
                        if (secondTry) {
                            throw SshFailures.lost(endpoint, e);
                        }
                        secondTry = true;
                    } else if (!lease.shrink()) {
                        throw SshFailures.noChannel(endpoint, refused);
                    }
                }
            }
        }
    }
}
