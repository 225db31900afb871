package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.operation.FakeOperation;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command line shows any operation: one that nothing knows of, and cleanups. */
@Tag("unit")
@Timeout(120)
class OperationLogsTest extends CommandsOverStub {
    @Test
    void anOperationThatNothingKnowsOfIsShown() throws Exception {
        FakeOperation fake = stub.corral().operations().launch(new FakeOperation(new OperationStore(stub.cache())));
        assertThat(stub.corral().operations().running()).contains((Operation) fake);
        fake.end("The flag is wrong.");
        StubWorld.failure(fake);
        JsonNode rows = corral("logs", "--operations", "--json").json();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).path("kind").asText()).isEqualTo("solve");
        assertThat(rows.get(0).path("target").asText()).isEqualTo("web_flag · sqli-01");
        assertThat(rows.get(0).path("state").asText()).isEqualTo("failed");
        assertThat(rows.get(0).path("phase").asText()).isEqualTo("run setup");
        String id = rows.get(0).path("id").asText();
        assertThat(corral("logs", id).out()).contains("solve begins", "attacker: run setup", "failed: The flag is");
        assertThat(corral("logs", "--operations").out()).contains("failed in run setup");
        assertThat(corral("logs", "nonsense").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(corral("logs").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(corral("logs", "..").exitCode()).isNotZero();
    }

    @Test
    void aCleanupIsAnOperation() throws Exception {
        Path folder = Files.createDirectories(stub.cache().resolve("0a1b2c3d"));
        Files.setLastModifiedTime(
                folder,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(3600)));
        Ended cleanup = corral("cleanup", "--json");
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isZero();
        JsonNode row = corral("logs", "--operations", "--json").json().get(0);
        assertThat(row.path("kind").asText()).isEqualTo("prune");
        assertThat(row.path("state").asText()).isEqualTo("done");
        assertThat(row.path("target").asText()).isEqualTo("1 item");
        JsonNode story = corral("logs", "--json", row.path("id").asText()).json();
        assertThat(story.get(0).path("text").asText()).startsWith("prune begins, 1 item");
        assertThat(story.get(1).path("machine").asText()).contains("0a1b2c3d");
        // What does nothing leaves no story, and what lies beside the stories hides none.
        assertThat(corral("cleanup").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        Path stories = stub.cache().resolve(".corral/operations");
        Files.createDirectories(stories.resolve("a folder.jsonl"));
        Files.createSymbolicLink(
                stories.resolve("link.jsonl"), Files.writeString(temp.resolve("elsewhere"), "not a story"));
        Files.writeString(stories.resolve("torn.jsonl"), "{\"at\":\n\u001b[31m[]{}\n");
        Ended listed = corral("logs", "--operations", "--json");
        assertThat(listed.exitCode()).as(listed.toString()).isZero();
        assertThat(listed.json()).hasSize(1);
    }
}
