package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.channel.PtyCapableChannelSession;

/**
 * An interactive shell in a terminal of the guest. Reading and writing block, so both belong on threads of their own;
 * the other methods may be called from any thread but the window's.
 */
public final class ShellChannel implements AutoCloseable {
    /** The exit status of a shell whose connection was lost. */
    public static final int LOST = -1;

    private static final Logger LOG = Logger.getLogger(ShellChannel.class.getName());
    private static final String TERMINAL = "xterm-256color";
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(20);

    private final PtyCapableChannelSession channel;
    private final SessionPool.Lease lease;
    private final CompletableFuture<Integer> exitStatus = new CompletableFuture<>();

    private ShellChannel(PtyCapableChannelSession channel, SessionPool.Lease lease) {
        this.channel = channel;
        this.lease = lease;
    }

    /** Takes the lease over: it is given back when the shell ends. */
    static ShellChannel open(
            SshEndpoint endpoint, SessionPool.Lease lease, int columns, int rows, Optional<String> user)
            throws IOException {
        PtyCapableChannelSession channel = user.isEmpty()
                ? lease.session().createShellChannel()
                : lease.session()
                        .createExecChannel(
                                RemoteCommand.becomeSudo("-n -i -u " + RemoteCommand.sudoUser(user.get()))
                                        .getBytes(StandardCharsets.UTF_8),
                                null,
                                Map.of());
        channel.setUsePty(true);
        channel.setPtyType(TERMINAL);
        channel.setPtyColumns(columns);
        channel.setPtyLines(rows);
        channel.setEnv("LANG", "C.UTF-8");
        channel.setRedirectErrorStream(true);
        SessionPool.Lease kept = lease.handOver();
        ShellChannel shell = new ShellChannel(channel, kept);
        channel.addCloseFutureListener(future -> {
            kept.close();
            shell.exitStatus.complete(shell.status());
        });
        boolean opened = false;
        try {
            channel.open().verify(OPEN_LIMIT);
            opened = true;
            return shell;
        } finally {
            if (!opened) {
                channel.close(true);
            }
        }
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

    /** Why the machine was given up as it did not answer any more, if that is how the shell ended. */
    public Optional<ExpectedFailure> lost() {
        return lease.lost();
    }

    /** True until the shell ends or the connection is lost. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Hangs up: the guest's sshd ends the shell and what runs in its foreground. */
    @Override
    public void close() {
        channel.close(true);
    }

    private int status() {
        if (channel.getExitStatus() != null) {
            return channel.getExitStatus();
        }
        return channel.getExitSignal() == null ? LOST : 128 + Signals.number(channel.getExitSignal());
    }
}
