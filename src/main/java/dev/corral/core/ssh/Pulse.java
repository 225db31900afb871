package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Asks a session's other end now and then whether it is there, and looks at the hypervisor when no answer comes: a machine that
 * vanished sends nothing, and a command in it would be waited for without end. How long a command takes does not matter, since
 * the guest's sshd answers beside it. On a virtual thread of its own until the session ends.
 */
final class Pulse {
    private static final Logger LOG = Logger.getLogger(Pulse.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(2);
    /** While nobody waits for anything it is enough to find out within half a minute. */
    private static final int RESTING = 5;

    private final ClientSession session;
    private final Silence silence;
    private final BooleanSupplier inUse;
    private final Consumer<ExpectedFailure> lost;
    /** When the question was sent that has no answer yet; 0 if there is none. */
    private final AtomicLong unanswered = new AtomicLong();

    /**
     * @param inUse whether somebody waits for the guest
     * @param lost  told why, before the session is closed
     */
    Pulse(ClientSession session, Silence silence, BooleanSupplier inUse, Consumer<ExpectedFailure> lost) {
        this.session = session;
        this.silence = silence;
        this.inUse = inUse;
        this.lost = lost;
    }

    void start() {
        Thread.ofVirtual().name("ssh-pulse").start(this::run);
    }

    private void run() {
        try {
            for (int beat = 1; session.isOpen(); beat++) {
                Thread.sleep(BEAT);
                long since = unanswered.get();
                if (since != 0) {
                    judge(Duration.ofNanos(System.nanoTime() - since));
                } else if (inUse.getAsBoolean() || beat % RESTING == 0) {
                    ask();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(Duration silent) {
        if (silent.compareTo(Silence.UNREMARKABLE) < 0) {
            return;
        }
        Optional<ExpectedFailure> verdict = silence.verdict(silent);
        if (verdict.isPresent() && unanswered.get() != 0 && session.isOpen()) {
            lost.accept(verdict.get());
            session.close(true);
        }
    }

    private void ask() {
        unanswered.set(System.nanoTime());
        try {
            Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
            question.putString("keepalive@openssh.com");
            question.putBoolean(true);
            session.request(question, "keepalive@openssh.com", (command, answer) -> unanswered.set(0));
        } catch (IOException e) {
            // The session is about to end by itself, and whoever uses it will hear of it.
            LOG.log(Level.FINE, "the other end could not be asked whether it is there", e);
        }
    }
}
