package dev.corral.core.inspect.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's log, whose samples' stores hold what guests have made, as a real Inspect reads it. */
@Tag("inspect_eval")
class LogFilesTest {
    private static final String BY_HAND = "2026-11-27T09-28-40-00-00_by-hand_3WWh5PtVW4gZ56yWseYYfw.eval";
    // A character outside of the basic plane takes twelve bytes as JSON.
    private static final String RECORDS = """
            import sys
            from inspect_ai.log import read_eval_log, write_eval_log
            log = read_eval_log(sys.argv[1])
            sample = log.samples[0]
            sample.store["HumanAgentState:logs"] = {
                "a.output": "small", "b.output": "\\U0001F600" * (7 << 20), "c.input": "a password"}
            write_eval_log(log, sys.argv[1])
            print(sample.id)
            """;

    @TempDir
    private Path folder;

    @Test
    void howMuchAGuestRecordsCostsNoScore() throws Exception {
        Path log = Files.copy(Path.of("src/test/resources/inspect-logs").resolve(BY_HAND), folder.resolve(BY_HAND));
        Path python = new PythonLocator(Environment.system()).locate();
        ProcessResult written = Processes.run(
                List.of(python.toString(), "-c", RECORDS, log.toString()),
                null,
                null,
                new byte[0],
                Duration.ofMinutes(2));
        assertThat(written.ok()).as(written.err()).isTrue();
        String sample = written.out().strip();
        LogFiles files = new LogFiles(Environment.system());
        JsonNode said = files.read(log.toString(), sample, 1);
        assertThat(said.path("status").asText()).isNotEmpty();
        assertThat(said.has("answer")).isTrue();
        assertThat(said.has("recordings")).isFalse();
        JsonNode recordings = files.recordings(log.toString(), sample, 1).path("recordings");
        assertThat(recordings.propertyStream().map(one -> one.getKey())).containsExactly("a.output");
        assertThat(files.recordings(log.toString(), "no such sample", 1).path("recordings"))
                .isEmpty();
    }
}
