package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session whose disk takes nothing more while a person works in its machine. */
@Tag("unit")
class FullDiskTest {
    @TempDir
    private Path home;

    private Path disk;
    private SessionStage stage;

    @BeforeEach
    void session() throws Exception {
        disk = Files.createDirectory(home.resolve("state"));
        mount("mount", "-t", "tmpfs", "-o", "size=256k,mode=0700", "corral-test", disk.toString());
        stage = new SessionStage(home);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
        mount("umount", disk.toString());
    }

    private static void mount(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    private void fill() throws IOException {
        // What the last page of the journal has room for still, too.
        stage.stored.folder().journal().append(SolveEntry.now(EntryKind.RESULT, "test"));
        long left = Files.size(stage.stored.folder().journal().file()) % 4096;
        Files.writeString(
                stage.stored.folder().journal().file(), "\n".repeat((int) (4096 - left)), StandardOpenOption.APPEND);
        try (OutputStream big = Files.newOutputStream(disk.resolve("big"))) {
            byte[] page = new byte[4096];
            while (true) {
                big.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void theSessionIsSteeredSeenAsItIsAndWrittenDownWhenThereIsRoom() throws Exception {
        stage.status();
        fill();
        stage.started("u1", Instant.now().minusSeconds(1));
        SolveStatus running = stage.status();
        assertThat(running.state()).isEqualTo(SolveState.RUNNING);
        assertThat(stage.kinds()).doesNotContain(EntryKind.START);
        assertThat(stage.solving.list().getFirst().state()).isEqualTo(SolveState.RUNNING);
        assertThat(stage.solving.trouble(SessionStage.ID))
                .hasValueSatisfying(why -> assertThat(why).hasMessageContaining("No space left"));
        try (AgentStandIn agent =
                new AgentStandIn(stage.world.guest.listen(), request -> "\"result\":null,\"error\":null")) {
            stage.solving.note(SessionStage.ID, "port 22");
            assertThat(stage.solving.validate(SessionStage.ID, "flag")).isEmpty();
            stage.solving.submit(SessionStage.ID, "flag");
            assertThat(agent.asked())
                    .extracting(request -> request.path("method").asText())
                    .containsExactly("note", "validate", "validate", "submit");
        }
        assertThat(stage.status().state()).isEqualTo(SolveState.ENDING);
        assertThat(stage.kinds()).doesNotContain(EntryKind.SUBMIT);
        Files.delete(disk.resolve("big"));
        assertThat(stage.status().story().answer()).isEqualTo("flag");
        assertThat(stage.solving.trouble(SessionStage.ID)).isEmpty();
        assertThat(stage.kinds())
                .containsSubsequence(EntryKind.START, EntryKind.VALIDATE, EntryKind.SUBMIT)
                .containsOnlyOnce(EntryKind.START, EntryKind.SUBMIT);
    }

    @Test
    void whatAnotherWindowHadRoomForIsNotWrittenTwice() throws Exception {
        stage.status();
        fill();
        stage.started("u1", Instant.now().minusSeconds(1));
        stage.given("\"flag\"");
        assertThat(stage.status().state()).isEqualTo(SolveState.ENDING);
        Files.delete(disk.resolve("big"));
        stage.another("other").status(SessionStage.ID);
        stage.status();
        assertThat(stage.kinds()).containsOnlyOnce(EntryKind.START, EntryKind.SUBMIT);
    }

    @Test
    void whatCouldNotBeWrittenOfAnEarlierRunIsNoWordAboutALaterOne() throws Exception {
        stage.status();
        fill();
        stage.started("u1", Instant.now().minusSeconds(1));
        stage.given("\"flag\"");
        assertThat(stage.status().state()).isEqualTo(SolveState.ENDING);
        Files.delete(disk.resolve("big"));
        // Somebody else found room first, and went on with the session.
        SolveEntry first = stage.stored.folder().journal().read().stream()
                .filter(entry -> entry.kind() == EntryKind.RUN)
                .findFirst()
                .orElseThrow();
        stage.stored.folder().journal().append(SolveEntry.now(EntryKind.GONE, "other"));
        stage.stored
                .folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "other").withMore(first.more()));
        assertThat(stage.solving.list().getFirst().state()).isNotEqualTo(SolveState.ENDING);
        stage.solving.list();
        assertThat(stage.kinds()).doesNotContain(EntryKind.SUBMIT);
    }

    @Test
    void aDecisionThatCanNotBeKeptIsRefused() throws Exception {
        stage.status();
        stage.started("u1", Instant.now().minusSeconds(600));
        stage.status();
        stage.stored
                .folder()
                .journal()
                .append(SolveEntry.now(EntryKind.IDLE, "test").withMore(Map.of(SolveClock.SECONDS, "300")));
        Interval idle = Solving.decidable(stage.status()).getFirst();
        fill();
        assertThatThrownBy(() -> stage.solving.decide(SessionStage.ID, idle.id(), false, "lunch"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("No space left");
    }
}
