package dev.corral.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity.Life;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes, their groups and who they are. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class ProcessesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    @Test
    void passesInputOutputAndExitCodeOn() throws Exception {
        ProcessResult result = Processes.run(sh("cat; echo err >&2; exit 7"), temp, null, "in\n".getBytes(), LIMIT);
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("in\n");
        assertThat(result.err()).isEqualTo("err\n");
        assertThat(Processes.run(List.of("/no/such/program"), null, null, new byte[0], LIMIT)
                        .exitCode())
                .isEqualTo(127);
    }

    @Test
    void anAnswerThatHasNoEndIsNone() throws Exception {
        String megabytes = "head -c " + (Processes.MOST_PRINTED + 1) + " /dev/zero";
        assertThatThrownBy(() -> Processes.run(sh(megabytes), null, null, new byte[0], LIMIT))
                .isInstanceOf(OutputTooLong.class)
                .hasMessage("/bin/sh printed more than 64 MiB");
        ProcessResult complains = Processes.run(sh(megabytes + " >&2; echo said"), null, null, new byte[0], LIMIT);
        assertThat(complains.out()).isEqualTo("said\n");
        assertThat(complains.stderr()).hasSize(Processes.MOST_PRINTED);
        ProcessResult first = Processes.run(sh("printf abcdef"), null, null, new byte[0], LIMIT, 3);
        assertThat(first.out()).isEqualTo("abc");
    }

    @Test
    void givesExactlyTheVariablesItIsGiven() throws Exception {
        assertThat(Processes.run(List.of("/usr/bin/env"), null, Map.of("ONE", "1"), new byte[0], LIMIT)
                        .out()
                        .strip())
                .isEqualTo("ONE=1");
    }

    @Test
    void aTimeOutEndsTheWholeGroup() {
        Path pid = temp.resolve("pid");
        assertThatThrownBy(() -> Processes.run(
                        sh("sleep 1000 & echo $! > " + pid + "; wait"), null, null, new byte[0], Duration.ofSeconds(2)))
                .isInstanceOf(TimeoutException.class);
        assertThat(pid).exists();
        assertThat(ended(pid)).isTrue();
    }

    @Test
    void aLoggedProcessLeadsItsOwnGroupAndOutlivesItsReader() throws Exception {
        Path log = temp.resolve("log");
        RunningProcess process =
                Processes.startLogged(sh("echo out; echo err >&2; exec sleep 1000"), temp, System.getenv(), log);
        StubWorld.until(() -> Files.exists(log) && read(log).equals("out\nerr\n"));
        // The fields behind the program's name: state, parent, group, session.
        String[] fields = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        assertThat(fields[2]).as("group").isEqualTo(Long.toString(process.pid()));
        assertThat(fields[3]).as("session").isEqualTo(Long.toString(process.pid()));
        ProcessIdentity identity = ProcessIdentity.of(process.pid());
        assertThat(identity.life()).isEqualTo(Life.ALIVE);
        assertThat(new ProcessIdentity(identity.pid(), identity.startTicks() + 1, identity.bootId()).life())
                .isEqualTo(Life.ENDED);
        assertThat(new ProcessIdentity(identity.pid(), identity.startTicks(), "another boot").life())
                .isEqualTo(Life.ENDED);
        assertThat(new ProcessIdentity(identity.pid(), 0, null).life()).isEqualTo(Life.UNKNOWN);
        Processes.interrupt(new ProcessIdentity(identity.pid(), identity.startTicks() + 1, identity.bootId()));
        assertThat(process.alive())
                .as("a signal for another process with the same pid")
                .isTrue();
        Processes.interrupt(identity);
        assertThat(process.waitFor(LIMIT)).isEqualTo(130);
        assertThat(identity.life()).isEqualTo(Life.ENDED);
    }

    private static boolean ended(Path pid) {
        try {
            StubWorld.until(() -> ProcessHandle.of(Long.parseLong(read(pid).strip()))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> sh(String script) {
        return List.of("/bin/sh", "-c", script);
    }
}
