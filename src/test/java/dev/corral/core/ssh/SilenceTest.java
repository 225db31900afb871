package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine that stops answering without a word, and what its hypervisor says of it. */
@Tag("unit")
@Timeout(60)
class SilenceTest {
    /** Longer than it takes to ask the hypervisor about a machine that is silent. Nobody who is told waits for the class's limit. */
    private static final Duration SILENT = Duration.ofSeconds(12);

    @TempDir
    Path temp;

    private final AtomicReference<Whereabouts.Word> word = new AtomicReference<>(Whereabouts.Word.RUNNING);
    private LoopbackSshd sshd;
    private GuestConnection guest;

    @BeforeEach
    void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint(), word::get);
        assertThat(guest.exec(ExecRequest.of("true")).succeeded()).isTrue();
    }

    @AfterEach
    void stop() {
        guest.close();
        sshd.close();
    }

    @Test
    void aCommandInAMachineThatIsGoneEndsSoon() throws Exception {
        CompletableFuture<ExecResult> command = run("sleep", "50");
        word.set(Whereabouts.Word.GONE);
        sshd.paused(true);
        assertThatThrownBy(command::join)
                .hasCauseInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("loopback exists no more: its hypervisor does not know it.");

        // Nothing is connected now: the next command meets the same silence.
        assertThatThrownBy(() -> guest.exec(ExecRequest.of("true")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("exists no more");
    }

    @Test
    void aCommandOverAKeptSessionToAMachineThatIsOffEndsSoon() throws Exception {
        word.set(Whereabouts.Word.OFF);
        sshd.paused(true);
        assertThatThrownBy(() -> guest.exec(ExecRequest.of("true")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("loopback is off.");
    }

    @Test
    void aMachineThatIsMerelySlowIsWaitedFor() throws Exception {
        CompletableFuture<ExecResult> command = run("sh", "-c", "sleep 1; echo done");
        sshd.paused(true);
        Thread.sleep(SILENT);
        assertThat(command).isNotDone();
        sshd.paused(false);
        assertThat(command.join().stdoutText()).isEqualTo("done\n");
    }

    @Test
    void aPauseAsShortAsASnapshotIsWaitedFor() throws Exception {
        CompletableFuture<ExecResult> command = run("sh", "-c", "sleep 1; echo done");
        word.set(Whereabouts.Word.PAUSED);
        sshd.paused(true);
        Thread.sleep(Duration.ofSeconds(8));
        assertThat(command).isNotDone();
        sshd.paused(false);
        word.set(Whereabouts.Word.RUNNING);
        assertThat(command.join().stdoutText()).isEqualTo("done\n");
    }

    @Test
    void aLongPauseEndsTheCommandAndSaysSo() throws Exception {
        CompletableFuture<ExecResult> command = run("sleep", "50");
        word.set(Whereabouts.Word.PAUSED);
        sshd.paused(true);
        assertThatThrownBy(command::join)
                .hasCauseInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("loopback is paused");
    }

    private CompletableFuture<ExecResult> run(String... command) throws InterruptedException {
        CompletableFuture<ExecResult> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(guest.exec(ExecRequest.of(command)));
            } catch (RuntimeException | InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        Thread.sleep(500);
        return result;
    }
}
