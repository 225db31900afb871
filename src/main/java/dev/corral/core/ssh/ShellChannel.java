package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.RemoteCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.apache.sshd.client.channel.PtyCapableChannelSession;

/**
 * An interactive shell in a terminal of the guest. Reading and writing block, so both belong on threads of their own;
 * the other methods may be called from any thread but the window's.
 */
public final class ShellChannel implements AutoCloseable {
    /** The exit status of a shell whose connection was lost. */
    public static final int LOST = -1;

    private static final Logger LOG = Logger.getLogger(ShellChannel.class.getName());
    private static final String USUAL_TERMINAL = "xterm-256color";
    /** What terminfo has names of; anything else would be no terminal but an attempt to write into the guest's environment. */
    private static final Pattern TERMINAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,63}");

    private static final Duration OPEN_LIMIT = Duration.ofSeconds(20);
    private static final Duration HANG_UP_LIMIT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
    private static final int LOOKS = 5;

    private final SshEndpoint endpoint;
    private final PtyCapableChannelSession channel;
    private final SessionPool.Lease lease;
    private final ShellProcesses processes;
    private final CompletableFuture<Integer> exitStatus = new CompletableFuture<>();
    private volatile boolean closedHere;
    private final AtomicBoolean closing = new AtomicBoolean();

    private ShellChannel(SshEndpoint endpoint, PtyCapableChannelSession channel, SessionPool.Lease lease) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.lease = lease;
        this.processes = new ShellProcesses(lease.session());
    }

    /**
     * What the guest begins: a login shell, or a command that ends in one.
     *
     * @param command the command; empty for the login user's own shell
     */
    record Begin(Optional<String> command) {
        /** The login shell of this user, or with none that of the login user. */
        static Begin of(Optional<String> user) {
            return new Begin(user.map(name -> RemoteCommand.becomeSudo("-n -i -u " + RemoteCommand.sudoUser(name))));
        }
    }

    /** Takes the lease over once the shell is there: it is given back when the shell ends. */
    static ShellChannel open(
            SshEndpoint endpoint,
            SessionPool.Lease lease,
            int columns,
            int rows,
            Begin begin,
            Optional<String> terminal)
            throws IOException {
        Optional<String> command = begin.command();
        PtyCapableChannelSession channel = command.isEmpty()
                ? lease.session().createShellChannel()
                : lease.session().createExecChannel(command.get().getBytes(StandardCharsets.UTF_8), null, Map.of());
        channel.setUsePty(true);
        channel.setPtyType(terminal(terminal));
        channel.setPtyColumns(columns);
        channel.setPtyLines(rows);
        channel.setEnv("LANG", "C.UTF-8");
        channel.setRedirectErrorStream(true);
        boolean opened = false;
        try {
            channel.open().verify(OPEN_LIMIT);
            opened = true;
        } finally {
            if (!opened) {
                channel.close(true);
            }
        }
        SessionPool.Lease kept = lease.handOver();
        ShellChannel shell = new ShellChannel(endpoint, channel, kept);
        channel.addCloseFutureListener(future -> {
            kept.close();
            shell.exitStatus.complete(shell.status());
        });
        return shell;
    }

    /** What the guest is told: the terminal's own name where that can be one, else that of the usual one. */
    static String terminal(Optional<String> named) {
        return named.filter(name -> TERMINAL_NAME.matcher(name).matches()).orElse(USUAL_TERMINAL);
    }

    /** What the terminal shows; ends when the shell ends or the connection is lost. */
    public InputStream output() {
        return channel.getInvertedOut();
    }

    /** What is typed; written bytes go out when flushed. Blocks while the guest does not take them. */
    public OutputStream input() {
        return channel.getInvertedIn();
    }

    /** Tells the guest a new size, in character cells. */
    public void resize(int columns, int rows) {
        try {
            channel.sendWindowChange(columns, rows);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the new size came after the end of the shell", e);
        }
    }

    /** Completed at the end with the shell's exit code, 128 + n after signal n, or {@link #LOST}. */
    public CompletableFuture<Integer> exitStatus() {
        return exitStatus;
    }

    /** Why the shell ended with {@link #LOST}; empty when it ended by itself, when {@link #close} ended it, and before the end. */
    public Optional<ExpectedFailure> lost() {
        if (closedHere || exitStatus.getNow(0) != LOST) {
            return Optional.empty();
        }
        return Optional.of(lease.lost().orElseGet(() -> SshFailures.shellLost(endpoint)));
    }

    /** True until the shell ends or the connection is lost. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** What runs in the terminal beside the shell. Blocks until the guest has told, for a few seconds at most. */
    public TerminalUse use() {
        if (!channel.isOpen()) {
            return TerminalUse.IDLE;
        }
        List<ShellProcesses.Shell> shells = onTerminal(processes.look());
        return shells.isEmpty() ? TerminalUse.UNKNOWN : processes.use(shells);
    }

    /**
     * Hangs up and sees to it that the shell ends: sshd counts a shell until then, and at its MaxSessions lets nobody in any
     * more. A shell that ignores the hang-up is killed; a program that ignores it lives on, as it wishes. Blocks for some seconds
     * at most; nothing when the shell has ended already. May be called twice.
     */
    @Override
    public void close() {
        closedHere |= channel.isOpen();
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (channel.isOpen()) {
            List<ShellProcesses.Shell> shells = onTerminal(processes.look());
            hangUp();
            awaitEnd(shells);
        }
        channel.close(true);
    }

    private void hangUp() {
        try {
            // Without waiting, the library would forget the channel and tell the guest nothing.
            channel.close(false).await(HANG_UP_LIMIT);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the guest did not confirm the end of the shell's channel", e);
        }
    }

    private void awaitEnd(List<ShellProcesses.Shell> shells) {
        List<ShellProcesses.Shell> left = shells;
        for (String signal : List.of("HUP", "KILL", "")) {
            left = left(shells);
            if (left.isEmpty()) {
                return;
            }
            if (!signal.isEmpty()) {
                processes.signal(signal, left);
            }
        }
        LOG.log(
                Level.WARNING,
                "a shell is still there after its terminal was closed: process {0}",
                left.getFirst().pid());
    }

    /** Those that are there without their terminal a moment later: others of the session have theirs. */
    private List<ShellProcesses.Shell> left(List<ShellProcesses.Shell> shells) {
        List<ShellProcesses.Shell> left = shells;
        for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
            if (look > 0) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            Optional<List<ShellProcesses.Shell>> now = processes.look();
            left = now.orElse(List.of()).stream()
                    .filter(shell -> !shell.onTerminal() && shells.stream().anyMatch(shell::same))
                    .toList();
        }
        return left;
    }

    private static List<ShellProcesses.Shell> onTerminal(Optional<List<ShellProcesses.Shell>> seen) {
        return seen.orElse(List.of()).stream()
                .filter(ShellProcesses.Shell::onTerminal)
                .toList();
    }

    private int status() {
        if (channel.getExitStatus() != null) {
            return channel.getExitStatus();
        }
        return channel.getExitSignal() == null ? LOST : 128 + Signals.number(channel.getExitSignal());
    }
}
