package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;

/** One run of one command over one channel: its streams, its time limit, its end. */
final class ExecRun {
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
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<Thread> copiers = new ArrayList<>();

    ExecRun(
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

    /** @throws IOException the channel could not be opened; nothing has been run */
    ExecResult run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        ChannelExec channel = session.createExecChannel(GuestText.bytes(command.text()), null, Map.of());
        // Kept output is stored on the library's thread; a stream of the caller may block and gets a thread of its own.
        if (request.stdout().isEmpty()) {
            channel.setOut(stdout);
        }
        if (request.stderr().isEmpty()) {
            channel.setErr(reports);
        }
        channel.addCloseFutureListener(future -> ended.complete(null));
        try {
            channel.open().verify(OPEN_LIMIT);
            startCopying(channel);
            boolean timedOut = !awaitEnd(channel);
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
                try {
                    if (!broken) {
                        to.write(buffer, 0, length);
                        flushed.flush();
                    }
                } catch (IOException e) {
                    // Reading goes on: a full channel would keep the guest from reporting the command's end.
                    broken = true;
                    ended.completeExceptionally(e);
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
            endProcesses(channel);
            throw e;
        } catch (ExecutionException e) {
            endProcesses(channel);
            throw ExpectedFailure.failed(
                    "The output of the command could not be written on: " + SshFailures.message(e.getCause()),
                    "The command has been ended; see what reads its output.",
                    e.getCause());
        }
    }

    private void endProcesses(ChannelExec channel) throws InterruptedException {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.addCloseFutureListener(future -> closed.complete(null));
        Optional<Long> leader = leader();
        for (String signal : leader.isPresent() ? List.of("TERM", "KILL") : List.<String>of()) {
            new GroupKill(session, user).send(signal, leader.get());
            if (within(closed)) {
                return;
            }
        }
        channel.close(true);
    }

    private Optional<Long> leader() throws InterruptedException {
        try {
            return Optional.of(reports.pid().get(GRACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.FINE, "the guest never told the id of the command's process", e);
            return Optional.empty();
        }
    }

    private static boolean within(CompletableFuture<Void> closed) throws InterruptedException {
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
        if (ended.isCompletedExceptionally()) {
            throw ExpectedFailure.failed(
                    "The output of the command could not be written on.",
                    "See what reads its output.",
                    ended.exceptionNow());
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
                throw SshFailures.lost(endpoint, null);
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
