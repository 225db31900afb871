package dev.corral.core.operation.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.vagrant.LockHolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only the process that was shown is interrupted, only while it holds the machine, and none is killed. */
@Tag("unit")
@Timeout(60)
class StopHolderTaskTest {
    @TempDir
    Path folder;

    private Path root;
    private Path home;
    private HeldSandbox held;

    @BeforeEach
    void make() throws Exception {
        root = folder.toRealPath().resolve("s-0a1b2c3d");
        home = folder.resolve("home");
        held = LockOfTest.sandbox(root, home, "db");
    }

    private StopHolderTask launch(LockHolder holder) {
        Environment environment = new Environment(Map.of("HOME", folder.toString(), "PATH", "/usr/bin:/bin"));
        return new RunningOperations(new OperationTimes(Path.of("/nowhere/history.jsonl")))
                .launch(StopHolderTask.of(held, holder, environment, Duration.ofMillis(600)));
    }

    private static void refused(StopHolderTask task, String sentence) {
        assertThatThrownBy(() -> task.done().get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void theHolderIsInterruptedAndItsEndIsSeen() throws Exception {
        assertThat(held.holder()).isEmpty();
        try (LockOfTest lock = new LockOfTest(root, home, "db", ":")) {
            LockHolder holder = held.holder().orElseThrow();
            assertThat(holder)
                    .returns(lock.process().pid(), LockHolder::pid)
                    .returns(true, LockHolder::ours)
                    .returns(Optional.of(ProcessIdentity.of(lock.process().pid())), LockHolder::process);
            launch(holder).done().get(30, TimeUnit.SECONDS);
            assertThat(held.holder()).isEmpty();
            assertThat(lock.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void oneThatGoesOnIsNotKilled() throws Exception {
        try (LockOfTest lock = new LockOfTest(root, home, "db", "trap '' INT")) {
            refused(launch(held.holder().orElseThrow()), "was interrupted and goes on");
            assertThat(lock.process().isAlive()).isTrue();
        }
    }

    @Test
    void anotherOneWithThatPidIsLeftAlone() throws Exception {
        try (LockOfTest lock = new LockOfTest(root, home, "db", ":")) {
            LockHolder holder = held.holder().orElseThrow();
            ProcessIdentity now = holder.process().orElseThrow();
            LockHolder earlier = new LockHolder(
                    holder.pid(),
                    holder.command(),
                    holder.startedAt(),
                    Optional.of(new ProcessIdentity(
                            now.pid(), now.startTicks() - 1, now.bootId(), now.pidNamespace(), now.host())));
            refused(launch(earlier), "does not hold it any more: nothing was done to it");
            refused(
                    launch(new LockHolder(holder.pid(), "", Optional.empty(), Optional.empty())),
                    "can't be told from a later one");
            assertThat(lock.process().isAlive()).isTrue();
        }
    }

    @Test
    void oneThatHoldsNothingAnyMoreIsLeftAlone() throws Exception {
        Process idle = new ProcessBuilder("cat").start();
        try {
            LockHolder none =
                    new LockHolder(idle.pid(), "cat", Optional.empty(), Optional.of(ProcessIdentity.of(idle.pid())));
            refused(launch(none), "does not hold it any more");
            assertThat(idle.isAlive()).isTrue();
        } finally {
            idle.outputWriter().close();
            idle.waitFor();
        }
    }

    @Test
    void oneOfAnotherUserIsNotOurs() {
        // What has ended, and what nobody can name, is nobody's.
        assertThat(new LockHolder(Long.MAX_VALUE, "", Optional.empty(), Optional.empty()).ours())
                .isFalse();
        ProcessHandle.allProcesses()
                .filter(other -> other.info()
                        .user()
                        .filter(user -> !Optional.of(user)
                                .equals(ProcessHandle.current().info().user()))
                        .isPresent())
                .limit(3)
                .forEach(other -> assertThat(new LockHolder(other.pid(), "", Optional.empty(), Optional.empty()).ours())
                        .isFalse());
    }
}
