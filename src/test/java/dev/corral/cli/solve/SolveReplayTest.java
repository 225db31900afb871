package dev.corral.cli.solve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.core.base.Environment;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SolveReplayTest {
    @TempDir
    private Path home;

    @Test
    void theRecordingsOfASessionAreListedWithTheirNumbers() throws Exception {
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_STATE_HOME", home.toString());
        SolveStore.Stored stored = new SolveStore(new Environment(variables))
                .create(new SolveSession(
                        "a-1", Instant.now(), "me", "/e.py", "ctf", "a", 1, "/", false, SolveOptions.usual()));
        Path folder = Files.createDirectories(stored.folder().recordings());
        Files.writeString(
                folder.resolve("one.cast"), "{\"version\":2,\"width\":80,\"height\":24}\n[0.1,\"o\",\"hi\"]\n");
        Files.writeString(folder.resolve("me_1.timing"), "O 0.1 1\n");
        Files.writeString(folder.resolve("bad.cast"), "nothing");

        JsonNode rows = CorralProcess.run(variables, "solve", "replay", "a-1", "--list", "--json")
                .json();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("number").asInt()).isEqualTo(1);
        assertThat(rows.get(0).path("file").asText())
                .isEqualTo(folder.resolve("one.cast").toString());
        assertThat(rows.get(0).path("by").asText()).isEqualTo("corral");
        assertThat(rows.get(1).path("by").asText()).isEqualTo("inspect");

        Ended none = CorralProcess.run(variables, "solve", "replay", "a-1", "--number", "3");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("There is no recording 3 of a-1: it has 2.");
    }
}
