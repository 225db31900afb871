package dev.corral.core.inspect.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which processes count as runs of Inspect. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class InspectRunsTest {
    @TempDir
    Path temp;

    private Path notes;
    private InspectRuns runs;
    private final List<RunningProcess> started = new ArrayList<>();

    @BeforeEach
    void folder() throws IOException {
        notes = Files.createDirectories(temp.resolve("inspect_ai/control"));
        runs = new InspectRuns(new Environment(Map.of("XDG_DATA_HOME", temp.toString())));
    }

    @AfterEach
    void end() throws IOException {
        for (RunningProcess process : started) {
            process.kill();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "/v/bin/python3 /v/bin/inspect eval ctf.py --model x|inspect eval ctf.py",
                "/v/bin/python3.13 -u -X dev /v/bin/inspect eval-set a.py b.py|inspect eval-set a.py",
                "python -m inspect_ai eval-retry|inspect eval-retry",
                "python -minspect_ai score log.eval|inspect score log.eval",
                "inspect --debug eval -M key=secret t.py|inspect eval",
                "python -m inspect_ai._cli.main eval x|inspect eval x",
                "python /v/bin/inspect view start|-",
                "python /v/bin/inspect list tasks eval|-",
                "python -m pytest inspect eval|-",
                "python -c inspect eval|-",
                "python script.py inspect eval|-",
                "vim inspect eval|-",
                "python|-",
                "inspect|-",
            })
    void aCommandLineTells(String line, String command) {
        assertThat(InspectRuns.command(List.of(line.split(" ")))).isEqualTo(Optional.ofNullable(command));
    }

    @Test
    void aRunWithoutAControlServerIsSeen() throws Exception {
        RunningProcess process = start("python3", "/v/bin/inspect", "eval", "ctf\u001b[31m.py");
        assertThat(mine(process)).hasValueSatisfying(run -> {
            assertThat(run.command()).isEqualTo("inspect eval ctf.py");
            assertThat(run.runId()).isEmpty();
            assertThat(run.startedAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(2));
            assertThat(run.process().life()).isEqualTo(ProcessIdentity.Life.ALIVE);
        });
        process.kill();
        StubWorld.until(() -> mine(process).isEmpty());
    }

    @Test
    void anotherUsersRunIsSeen() throws Exception {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can become another user");
        RunningProcess process = start(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), "inspect", "eval-set", "x");
        assertThat(mine(process))
                .hasValueSatisfying(run -> assertThat(run.command()).isEqualTo("inspect eval-set x"));
        assertThat(Files.getAttribute(Path.of("/proc", Long.toString(process.pid())), "unix:uid"))
                .isEqualTo(65534);
    }

    @Test
    void aNoteTellsOfAProgramThatRunsInspectItself() throws Exception {
        RunningProcess process = start("my-research", "run.py");
        assertThat(mine(process)).isEmpty();
        note(
                process.pid(),
                "{\"pid\":%d,\"run_id\":\"tqud\",\"socket_path\":\"/s\",\"started_at\":%d.26,\"api_version\":8}"
                        .formatted(process.pid(), Instant.now().getEpochSecond()));
        assertThat(mine(process))
                .hasValueSatisfying(run -> assertThat(run.runId()).contains("tqud"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pid\":PID,\"run_id\":\"r\",\"started_at\":1000.5}",
                "{\"pid\":1,\"started_at\":9999999999}",
                "{\"pid\":PID,\"star",
                "[]",
                "",
                "{\"pid\":PID,\"started_at\":\"now\"}"
            })
    void aNoteOfAnEarlierProcessOrWithoutSenseIsPassedOver(String note) throws Exception {
        RunningProcess process = start("my-research", "run.py");
        note(process.pid(), note.replace("PID", Long.toString(process.pid())));
        note(Integer.MAX_VALUE, "{\"pid\":2147483647,\"started_at\":9999999999}");
        assertThat(mine(process)).isEmpty();
        assertThat(runs.live()).noneMatch(run -> run.process().pid() == Integer.MAX_VALUE);
    }

    @Test
    void aLookIsCheap() {
        // Time of the processor, since a busy machine tells nothing about us.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            long began = clock.getCurrentThreadCpuTime();
            runs.live(ProcessTable.read());
            best = Math.min(best, clock.getCurrentThreadCpuTime() - began);
        }
        long processes = ProcessHandle.allProcesses().count();
        // Below 20 ms for 300 processes.
        assertThat(best / 1000).as("µs for %d processes", processes).isLessThan(2_000 + processes * 60);
    }

    private Optional<InspectRun> mine(RunningProcess process) {
        return runs.live().stream()
                .filter(run -> run.process().pid() == process.pid())
                .findFirst();
    }

    private void note(long pid, String text) throws IOException {
        Files.writeString(notes.resolve(pid + ".json"), text);
    }

    private RunningProcess start(String program, String... words) throws Exception {
        return start(List.of(), program, words);
    }

    // A process with these words that does nothing: tail waits for files that are not there, whatever it is called.
    private RunningProcess start(List<String> before, String program, String... words) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("/bin/bash", "-c", "exec -a \"$0\" tail -F \"$@\"", program));
        command.addAll(List.of(words));
        RunningProcess process = Processes.startLogged(command, temp, System.getenv(), Path.of("/dev/null"));
        started.add(process);
        StubWorld.until(() -> ProcessTable.read().rows().stream()
                .anyMatch(row -> row.process().pid() == process.pid()
                        && row.command().getFirst().equals(program)));
        return process;
    }
}
