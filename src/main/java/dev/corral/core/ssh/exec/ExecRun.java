package dev.corral.core.ssh.exec;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.BoundedBuffer;
import dev.corral.core.ssh.GuestText;
import dev.corral.core.ssh.Signals;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.ssh.SshFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;

/** One run of one command over one channel: its streams, its time limit, its end. */
public final class ExecRun {
    private static final Logger LOG = Logger.getLogger(ExecRun.class.getName());
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int COPY_SIZE = 32 * 1024;

    private final SshEndpoint endpoint;
    private final ClientSession session;
    private final RemoteCommand command;
    private final ExecRequest request;
    private final Optional<String> user;
    private final BoundedBuffer stdout;
    private final BoundedBuffer stderr;
    private final ReportFilter reports;
    private final Flow flow = new Flow();
    /** Completed when the guest has told how the command ended, or when the channel was closed without that. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    /** Why the output could not be written on, if so; it may turn out after the command's end. */
    private final AtomicReference<IOException> notTaken = new AtomicReference<>();

    private final List<Thread> copiers = new ArrayList<>();

    public ExecRun(
            SshEndpoint endpoint,
            ClientSession session,
            RemoteCommand command,
            ExecRequest request,
            Optional<String> user) {
        this.endpoint = endpoint;
        this.session = session;
        this.command = command;
        this.request = request;
        this.user = user;
        this.stdout = new BoundedBuffer(request.captureLimit());
        this.stderr = new BoundedBuffer(request.captureLimit());
        this.reports = new ReportFilter(command, request.stderr().orElse(stderr));
    }

    /**
     * Runs the command and waits for its end.
     *
     * @throws IOException the channel could not be opened; nothing has been run
     */
    public ExecResult run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        ChannelExec channel = session.createExecChannel(GuestText.bytes(command.text()), null, Map.of());
        // Kept output is stored on the library's thread; a stream of the caller may block and gets a thread of its own.
        if (request.stdout().isEmpty()) {
            channel.setOut(flow.counting(stdout));
        }
        if (request.stderr().isEmpty()) {
            channel.setErr(flow.counting(reports));
        }
        channel.addChannelListener(new ChannelListener() {
            @Override
            public void channelStateChanged(Channel changed, String hint) {
                if (hasExited(channel)) {
                    ended.complete(null);
                }
            }
        });
        channel.addCloseFutureListener(future -> {
            closed.complete(null);
            ended.complete(null);
        });
        try {
            channel.open().verify(OPEN_LIMIT);
            startCopying(channel);
            boolean timedOut = !awaitEnd(channel);
            if (!timedOut && !closed.isDone()) {
                letGo(channel, start);
            }
            joinCopiers(timedOut);
            return result(channel, timedOut, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            channel.close(true);
        }
    }

    private void startCopying(ChannelExec channel) {
        request.stdout().ifPresent(sink -> copyOutput("ssh-stdout", channel.getInvertedOut(), sink, sink));
        request.stderr().ifPresent(sink -> copyOutput("ssh-stderr", channel.getInvertedErr(), reports, sink));
        OutputStream in = channel.getInvertedIn();
        if (request.stdin().isEmpty()) {
            copyInput(new ByteArrayInputStream(new byte[0]), in);
        } else {
            Thread.ofVirtual()
                    .name("ssh-stdin")
                    .start(() -> copyInput(request.stdin().get(), in));
        }
    }

    private void copyOutput(String name, InputStream from, OutputStream to, OutputStream flushed) {
        copiers.add(Thread.ofVirtual().name(name).start(() -> {
            byte[] buffer = new byte[COPY_SIZE];
            boolean broken = false;
            int length;
            while ((length = readOrEnd(from, buffer)) >= 0) {
                flow.taken(length);
                try {
                    if (!broken) {
                        to.write(buffer, 0, length);
                        flushed.flush();
                    }
                } catch (IOException e) {
                    // Reading goes on: a full channel would keep the guest from reporting the command's end.
                    broken = true;
                    notTaken.compareAndSet(null, e);
                    ended.completeExceptionally(e);
                } finally {
                    flow.handedOn();
                }
            }
        }));
    }

    private static int readOrEnd(InputStream from, byte[] buffer) {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the channel was closed while its output was read", e);
            return -1;
        }
    }

    private void copyInput(InputStream from, OutputStream to) {
        try (to) {
            byte[] buffer = new byte[COPY_SIZE];
            int length;
            while ((length = from.read(buffer)) >= 0) {
                to.write(buffer, 0, length);
                to.flush();
            }
        } catch (IOException e) {
            // A command may end without reading its input: that is its own business and no failure.
            LOG.log(Level.FINE, "input was not taken to its end", e);
        }
    }

    /** False when time ran out; the command's processes have been ended then. */
    private boolean awaitEnd(ChannelExec channel) throws InterruptedException {
        try {
            if (request.timeout().isEmpty()) {
                ended.get();
            } else {
                ended.get(request.timeout().get().toNanos(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            endProcesses(channel);
            return false;
        } catch (InterruptedException e) {
            throw new ExecInterrupted(endProcesses(channel), e);
        } catch (ExecutionException e) {
            endProcesses(channel);
            throw ExpectedFailure.failed(
                    "The output of the command could not be written on: "
                            + SshFailures.message(e.getCause() == null ? e : e.getCause()),
                    "The command has been ended; see what reads its output.",
                    e.getCause());
        }
    }

    /** The command has ended, and something that it started holds its output: that lives on, and is not waited for. */
    private void letGo(ChannelExec channel, long start) throws InterruptedException {
        Optional<Duration> left = request.timeout().map(limit -> limit.minusNanos(System.nanoTime() - start));
        boolean held = new Drain(session, flow, closed).await(left);
        if (held && reports.pid().isDone() && !reports.pid().isCompletedExceptionally()) {
            new LastingReader(session, endpoint.user()).attach(reports.pid().join());
        }
        // Until the guest has confirmed it, the channel counts among those that it allows.
        channel.close(false);
        closedWithinGrace();
    }

    private static boolean hasExited(ChannelExec channel) {
        return channel.getExitStatus() != null || channel.getExitSignal() != null;
    }

    /** True when the guest has confirmed that they are gone. */
    private boolean endProcesses(ChannelExec channel) throws InterruptedException {
        Optional<Long> leader = leader();
        for (String signal : leader.isPresent() ? List.of("TERM", "KILL") : List.<String>of()) {
            new GroupKill(session, user).send(signal, leader.get());
            if (closedWithinGrace()) {
                return session.isOpen();
            }
        }
        channel.close(true);
        return false;
    }

    private Optional<Long> leader() throws InterruptedException {
        try {
            return Optional.of(reports.pid().get(GRACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.FINE, "the guest never told the id of the command's process", e);
            return Optional.empty();
        }
    }

    private boolean closedWithinGrace() throws InterruptedException {
        try {
            closed.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private void joinCopiers(boolean timedOut) throws InterruptedException {
        for (Thread copier : copiers) {
            if (timedOut) {
                // What reads the output may hang as well; the time limit holds all the same.
                copier.join(GRACE);
            } else {
                copier.join();
            }
        }
        if (notTaken.get() != null) {
            throw ExpectedFailure.failed(
                    "The output of the command could not be written on: " + SshFailures.message(notTaken.get()),
                    "See what reads its output.",
                    notTaken.get());
        }
    }

    private ExecResult result(ChannelExec channel, boolean timedOut, Duration elapsed) {
        int exitCode = ExecResult.TIMED_OUT;
        if (!timedOut) {
            if (channel.getExitStatus() != null) {
                exitCode = channel.getExitStatus();
            } else if (channel.getExitSignal() != null) {
                exitCode = 128 + Signals.number(channel.getExitSignal());
            } else {
                throw session.isOpen() ? SshFailures.noExitCode(endpoint) : SshFailures.lost(endpoint, null);
            }
            if (!reports.commandStarted()) {
                String said = (reports.noise() + "\n" + new String(stdout.bytes(), StandardCharsets.UTF_8)).strip();
                throw SshFailures.notStarted(endpoint, user.orElse(""), said);
            }
        }
        return new ExecResult(
                exitCode, stdout.bytes(), stderr.bytes(), timedOut, stdout.overflow() || stderr.overflow(), elapsed);
    }
}
