package dev.corral.core.ssh.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Takes what is still on its way when a command has ended. Mostly the guest closes the channel at once. Where a process that the
 * command started holds the output, the end of this wait is a silence, or a time like the one that Docker gives, or so many bytes
 * that the command's own are certainly through: they come first.
 */
final class Drain {
    /** Long enough for what ends together with the command, such as tee at the end of it. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** More than the guest's pipe, its SSH server and our window hold together. */
    private static final long CERTAINLY_THROUGH = 4 << 20;

    private static final Logger LOG = Logger.getLogger(Drain.class.getName());

    private final ClientSession session;
    private final Flow flow;
    private final CompletableFuture<Void> closed;

    /** @param closed completed when the command's channel has been closed */
    Drain(ClientSession session, Flow flow, CompletableFuture<Void> closed) {
        this.session = session;
        this.flow = flow;
        this.closed = closed;
    }

    /**
     * Waits.
     *
     * @param limit the longest time; empty: as long as it takes
     * @return true if the channel is open still, because something in the guest holds the output
     */
    boolean await(Optional<Duration> limit) throws InterruptedException {
        long begin = System.nanoTime();
        long atBegin = flow.bytes();
        long guestsTime = 0;
        while (true) {
            long before = flow.bytes();
            if (closedWithin(SILENCE)) {
                return false;
            }
            long passed = System.nanoTime() - begin;
            if (limit.isPresent() && passed >= limit.get().toNanos() || flow.bytes() - atBegin > CERTAINLY_THROUGH) {
                return true;
            }
            if (flow.heldUp()) {
                continue;
            }
            guestsTime += SILENCE.toNanos();
            // A guest that was paused meanwhile was silent, too. The first answer may overtake what was read at the
            // same moment.
            boolean once = answered();
            boolean answers = once && answered();
            if (closed.isDone()) {
                return false;
            }
            if (answers && !flow.heldUp() && (flow.bytes() == before || guestsTime >= LONGEST.toNanos())) {
                return true;
            }
        }
    }

    private boolean closedWithin(Duration time) throws InterruptedException {
        try {
            closed.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** One question to the guest's SSH server and back: what it had read before has come by then. */
    private boolean answered() throws InterruptedException {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        try {
            Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
            question.putString("keepalive@openssh.com");
            question.putBoolean(true);
            session.request(question, "keepalive@openssh.com", (command, reply) -> answer.complete(null));
            CompletableFuture.anyOf(answer, closed).get(SILENCE.toNanos(), TimeUnit.NANOSECONDS);
            return answer.isDone();
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.log(Level.FINE, "the guest's SSH server does not answer at once", e);
            return false;
        }
    }
}
