package dev.corral.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.operation.StubWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that end with us, even when we are killed. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class TiedProcessTest {
    @TempDir
    Path temp;

    /** What the test kills: holds a tied process and waits. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Processes.startTied(
                    List.of("/bin/sh", "-c", "echo $$ > '" + arguments[0] + "'; exec sleep 1000"),
                    System.getenv(),
                    OutputStream.nullOutputStream());
            TimeUnit.SECONDS.sleep(1000);
        }
    }

    @Test
    void endsWhenItsStarterIsKilled() throws Exception {
        Path pid = temp.resolve("pid");
        RunningProcess holder = Processes.startReading(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        pid.toString()),
                System.getenv(),
                OutputStream.nullOutputStream());
        try {
            StubWorld.until(() -> Files.exists(pid) && !read(pid).isEmpty());
            ProcessIdentity tied = ProcessIdentity.of(Long.parseLong(read(pid)));
            assertThat(tied.life()).isEqualTo(ProcessIdentity.Life.ALIVE);
            // Of the Java process alone: its group does not hold the tied one, which has a session of its own.
            Processes.signal(holder.pid(), "KILL");
            StubWorld.until(() -> tied.life() == ProcessIdentity.Life.ENDED);
        } finally {
            holder.kill();
        }
    }

    @Test
    void passesOutputAndExitCodeOn() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunningProcess process =
                Processes.startTied(List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 7"), System.getenv(), out);
        assertThat(process.waitFor(Duration.ofSeconds(20))).isEqualTo(7);
        assertThat(out.toString()).isEqualToIgnoringNewLines("outerr");
    }

    @Test
    void endsWhenItIsStopped() throws Exception {
        Path pid = temp.resolve("pid");
        RunningProcess process = Processes.startTied(
                List.of("/bin/sh", "-c", "echo $$ > '" + pid + "'; exec sleep 1000"),
                System.getenv(),
                OutputStream.nullOutputStream());
        StubWorld.until(() -> Files.exists(pid) && !read(pid).isEmpty());
        ProcessIdentity tied = ProcessIdentity.of(Long.parseLong(read(pid)));
        process.kill();
        StubWorld.until(() -> tied.life() == ProcessIdentity.Life.ENDED);
    }

    @Test
    void endsOnlyTheProcessThatIsMeant() throws Exception {
        RunningProcess process = Processes.startReading(
                List.of("/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"),
                System.getenv(),
                OutputStream.nullOutputStream());
        ProcessIdentity identity = ProcessIdentity.of(process.pid());
        Processes.end(
                new ProcessIdentity(identity.pid(), identity.startTicks() + 1, identity.bootId()),
                Duration.ofMillis(100));
        assertThat(identity.life()).isEqualTo(ProcessIdentity.Life.ALIVE);
        Processes.end(identity, Duration.ofMillis(300));
        assertThat(identity.life()).isEqualTo(ProcessIdentity.Life.ENDED);
        process.kill();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
