package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.journal.EntryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answer that is handed in, and the word that a session is given up: the first counts. */
@Tag("unit")
class LastWordTest {
    @TempDir
    private Path home;

    private SessionStage stage;

    @BeforeEach
    void session() throws IOException {
        stage = new SessionStage(home);
        stage.status();
        stage.started("u1", Instant.now());
    }

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    @Test
    void whatIsBeingScoredIsNotGivenUp() throws Exception {
        stage.given("\"flag\"");
        assertThat(stage.status().state()).isEqualTo(SolveState.ENDING);
        assertThatThrownBy(() -> stage.solving.quit(SessionStage.ID))
                .hasMessage("The answer is handed in and is being scored.");
        assertThat(stage.inspect.asked()).noneMatch(line -> line.startsWith("POST"));
        stage.solving.cancel(SessionStage.ID);
        assertThat(stage.inspect.asked()).anyMatch(line -> line.startsWith("POST"));
    }

    @Test
    void anAnswerThatIsScoredIsKeptAsItWasWritten() throws Exception {
        stage.status();
        try (AgentStandIn agent =
                new AgentStandIn(stage.world.guest.listen(), request -> "\"result\":null,\"error\":null")) {
            var _ = stage.solving.score(SessionStage.ID, "It is flag.");
            assertThat(agent.asked())
                    .extracting(request -> request.path("method").asText())
                    .containsExactly("validate", "score");
        }
        assertThat(ActiveLimit.lastAnswer(stage.status().entries())).contains("It is flag.");
    }

    @Test
    void whoGivesUpAMomentTooLateIsTold() throws Exception {
        assertThat(stage.status().state()).isEqualTo(SolveState.RUNNING);
        try (AgentStandIn agent = new AgentStandIn(stage.world.guest.listen(), request -> {
            stage.given("\"flag\"");
            return "\"result\":null,\"error\":\"no session\"";
        })) {
            assertThatThrownBy(() -> stage.solving.quit(SessionStage.ID)).hasMessageContaining("refuses quit");
            assertThat(agent.asked()).hasSize(1);
        }
        assertThat(stage.kinds()).contains(EntryKind.SUBMIT).doesNotContain(EntryKind.QUIT);
    }
}
