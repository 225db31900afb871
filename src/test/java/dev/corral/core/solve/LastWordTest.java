package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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

    private void session(boolean joined, boolean needsAnswer) throws IOException {
        SolveOptions usual = SolveOptions.usual();
        stage = new SessionStage(
                home,
                joined,
                new SolveOptions(
                        usual.user(), true, true, usual.answer(), needsAnswer, 0, usual.model(), usual.logFolder()));
        stage.status();
        stage.started("u1", Instant.now());
    }

    @BeforeEach
    void session() throws IOException {
        session(false, true);
    }

    // Without the one that each test has.
    private void other(boolean joined, boolean needsAnswer) throws IOException {
        stage.close();
        home = Files.createDirectory(home.resolve("other"));
        session(joined, needsAnswer);
    }

    @Test
    void aTaskThatNeedsNoAnswerIsHandedInWithoutOne() throws Exception {
        other(false, false);
        stage.given("\"\"");
        assertThat(stage.status().story().given()).contains(EntryKind.SUBMIT);
        // Whoever gives it up here knows better.
        stage.solving.write(stage.stored, known -> Optional.of(SolveEntry.now(EntryKind.QUIT, "test"))
                .filter(entry -> KeptJournal.adds(entry, known)));
        assertThat(stage.status().story().given()).contains(EntryKind.QUIT);
        assertThat(KeptJournal.adds(
                        SolveEntry.now(EntryKind.SUBMIT, "test"), stage.status().entries()))
                .isFalse();
    }

    @Test
    void ofARunBegunElsewhereNobodyKnowsWhatNoAnswerMeans() throws Exception {
        other(true, true);
        stage.given("\"\"");
        assertThat(stage.status().story().unclear()).isTrue();
    }

    @Test
    void anEmptyAnswerOfATaskThatNeedsOneIsGivenUp() {
        stage.given("\"\"");
        assertThat(stage.status().story().given()).contains(EntryKind.QUIT);
        assertThat(stage.status().story().unclear()).isFalse();
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
