package dev.corral.cli.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.operation.OverStub;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveJournal;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a batch says and ends with. */
@Tag("unit")
@Timeout(120)
class SolveBatchTest extends OverStub {
    private static final String SESSION = "a-00000001";

    private Map<String, String> variables;

    @BeforeEach
    void make() throws IOException {
        variables = new HashMap<>(stub.environment().variables());
        Path state = temp.resolve("state");
        variables.put("XDG_STATE_HOME", state.toString());
        Path folder = Files.createDirectories(state.resolve("corral/batch/batch-1"));
        Batch batch = new Batch(
                "batch-1", Instant.now(), "ada", List.of(new Batch.Item("/e.py", "ctf", "a")), SolveOptions.usual());
        Files.write(folder.resolve("batch.json"), Json.mapper().writeValueAsBytes(batch));
        Files.writeString(
                folder.resolve("journal.jsonl"),
                "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"begin\",\"number\":0,\"session\":\"" + SESSION + "\"}\n");
    }

    private void session(SolveEntry... entries) throws IOException {
        SolveJournal journal = new SolveStore(new Environment(variables))
                .create(new SolveSession(
                        SESSION,
                        Instant.now(),
                        "ada",
                        "/e.py",
                        "ctf",
                        "a",
                        1,
                        stub.cache().toString(),
                        false,
                        SolveOptions.usual()))
                .folder()
                .journal();
        for (SolveEntry entry : entries) {
            journal.append(entry);
        }
    }

    @Test
    void oneWhoseSessionInspectLeftIsDoneInPartOnly() throws Exception {
        session(SolveEntry.now(EntryKind.START, "inspect"), SolveEntry.now(EntryKind.GONE, "inspect"));
        Ended ended = CorralProcess.run(variables, "solve", "batch", "resume", "batch-1", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(ended.err()).contains("corral solve resume " + SESSION, "All samples are over.");
        assertThat(ended.json().path("over").asBoolean()).isTrue();
        assertThat(CorralProcess.run(variables, "solve", "batch", "status", "batch-1")
                        .exitCode())
                .isZero();
    }

    @Test
    void ctrlCEndsItAndNothingElse() throws Exception {
        Process run = new ProcessBuilder("sleep", "1000").start();
        try {
            ProcessIdentity identity = ProcessIdentity.of(run.pid());
            session(SolveEntry.now(EntryKind.RUN, "test")
                    .withMore(Map.of(
                            "pid", Long.toString(identity.pid()),
                            "start", Long.toString(identity.startTicks()),
                            "kernel", identity.bootId(),
                            "namespace", Long.toString(identity.pidNamespace()),
                            "host", identity.host(),
                            "command", "inspect eval")));
            CorralProcess batch =
                    CorralProcess.start(variables, new byte[0], "solve", "batch", "resume", "batch-1", "--json");
            batch.until(() -> batch.saidSoFar().contains("Sample 1 of 1"));
            assertThat(CorralProcess.run(variables, "solve", "batch", "status", "batch-1", "--json")
                            .json()
                            .path("running")
                            .asBoolean())
                    .isTrue();
            batch.interrupt();
            Ended ended = batch.await();
            assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(ended.err()).doesNotContain("disk");
            assertThat(run.isAlive()).isTrue();
        } finally {
            run.destroyForcibly().waitFor();
        }
    }
}
