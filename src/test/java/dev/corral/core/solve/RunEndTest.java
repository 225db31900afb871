package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run's end is told from its log, its output and what is left of it. */
@Tag("unit")
class RunEndTest {
    @TempDir
    private Path home;

    private SessionStage stage;

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    private static final String SUCCESS =
            "{\"status\":\"success\",\"answer\":\"flag\",\"scores\":{\"includes\":\"C\"},\"events\":[]}";

    private void ready(Path log) throws IOException {
        stage.write(EntryKind.READY, 100, Map.of("sandbox", "box-1", "eval", "ev", "log", log.toString()));
        stage.write(EntryKind.START, 90, Map.of());
    }

    @Test
    void aLogThatCanNotBeReadNowFixesNoEnd() throws IOException {
        stage = new SessionStage(home, true, SolveOptions.usual());
        ready(Files.createFile(home.resolve("x.eval")));
        stage.world.life = Life.ENDED;
        SolveStatus unread = stage.status();
        assertThat(unread.story().live()).isTrue();
        assertThat(unread.story().fault()).isEqualTo("The log can't be read.");
        stage.status();
        assertThat(stage.kinds())
                .doesNotContain(EntryKind.GONE, EntryKind.ENDED)
                .containsOnlyOnce(EntryKind.FAULT);
        // There is a Python again, and another process looks, or this one a minute later.
        stage.world.log = Optional.of(SUCCESS);
        stage.status();
        assertThat(stage.status().story().live())
                .as("a log that takes minutes is not read at each look")
                .isTrue();
        SolveStatus ended = stage.another("other").status(SessionStage.ID);
        assertThat(ended.state()).isEqualTo(SolveState.ENDED);
        assertThat(ended.story().result()).containsEntry("score:includes", "C");
    }

    @Test
    void aLogThatIsNeverReadDoesNotKeepTheSessionOpenForEver() throws IOException {
        stage = new SessionStage(home, true, SolveOptions.usual());
        ready(Files.createFile(home.resolve("x.eval")));
        stage.world.life = Life.ENDED;
        assertThat(stage.status().story().live()).isTrue();
        Moment now = Moment.now();
        stage.stored
                .folder()
                .journal()
                .append(SolveEntry.at(
                                new Moment(now.at().minusSeconds(660), now.upMs(), now.runMs(), now.boot()),
                                EntryKind.FAULT,
                                "test")
                        .withText("The log can't be read."));
        SolveStatus over = stage.another("other").status(SessionStage.ID);
        assertThat(over.story().live()).isFalse();
        assertThat(stage.kinds()).containsOnlyOnce(EntryKind.GONE);
    }

    @Test
    void aListTellsOfEndsThatNobodyLookedAt() throws IOException {
        stage = new SessionStage(home);
        ready(home.resolve("x.eval"));
        stage.write(EntryKind.SUBMIT, 50, Map.of());
        stage.world.life = Life.ENDED;
        stage.world.log = Optional.of(SUCCESS);
        assertThat(stage.solving.list().getFirst().state()).isEqualTo(SolveState.ENDING);
        assertThat(stage.solving.listWithEnds().getFirst().state()).isEqualTo(SolveState.ENDED);
    }

    @Test
    void aRecoveredLogGetsTheClockToo() throws IOException {
        stage = new SessionStage(home);
        ready(home.resolve("x.eval"));
        stage.world.life = Life.ENDED;
        assertThat(stage.status().state()).isEqualTo(SolveState.INTERRUPTED);
        assertThatThrownBy(() -> stage.solving.intoLog(SessionStage.ID)).hasMessageContaining("no finished log");
        stage.write(EntryKind.RECOVERED, 0, Map.of("log", "/logs/x-recovered.eval"));
        assertThat(Solving.logged(stage.solving.intoLog(SessionStage.ID))).isTrue();
        assertThat(stage.world.edits).hasSize(1);
    }

    @Test
    void noClockRunsInARunThatIsOver() throws IOException {
        stage = new SessionStage(home);
        ready(home.resolve("x.eval"));
        Moment now = Moment.now();
        stage.stored
                .folder()
                .journal()
                .append(SolveEntry.at(
                        new Moment(now.at().minusSeconds(30), now.upMs() - 30_000, now.runMs() - 30_000, now.boot()),
                        EntryKind.BEAT,
                        "test"));
        stage.world.life = Life.ENDED;
        SolveStatus cut = stage.solving.list().getFirst();
        assertThat(cut.state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(cut.clock().running()).isFalse();
        assertThat(cut.clock().active()).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(62));
        assertThat(cut.clockNow().active()).isEqualTo(cut.clock().active());
        assertThat(stage.kinds()).doesNotContain(EntryKind.GONE);
    }

    @Test
    void whoResumesBeforeTheLogIsReadLeavesNoClockRunning() throws IOException {
        stage = new SessionStage(home);
        ready(Files.createFile(home.resolve("x.eval")));
        stage.stored.folder().journal().append(SolveEntry.now(EntryKind.BEAT, "test"));
        stage.world.life = Life.ENDED;
        SolveStatus unread = stage.status();
        assertThat(unread.state()).isEqualTo(SolveState.INTERRUPTED);
        stage.world.variables.put("CORRAL_PYTHON", home.resolve("none").toString());
        assertThatThrownBy(() -> stage.solving.runs().resume(unread)).isInstanceOf(ExpectedFailure.class);
        assertThat(stage.kinds()).containsOnlyOnce(EntryKind.GONE);
    }

    @Test
    void aRunKilledWhileTheMachineIsPreparedCanBeResumed() throws IOException {
        stage = new SessionStage(home);
        stage.given("null");
        stage.world.control = false;
        stage.world.life = Life.ENDED;
        SolveStatus cut = stage.status();
        assertThat(cut.state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(cut.sandbox()).isEqualTo("box-1");
        assertThat(stage.world.pinned).containsExactly("box-1");
    }

    @Test
    void aRunKilledWhileTheMachineStartsHasFailed() throws IOException {
        stage = new SessionStage(home);
        stage.world.state = SandboxState.INTERRUPTED;
        stage.world.life = Life.ENDED;
        assertThat(stage.status().state()).isEqualTo(SolveState.FAILED);
    }

    @Test
    void aRunThatEndedByItselfTookItsMachineAlong() throws IOException {
        stage = new SessionStage(home);
        Files.writeString(
                stage.stored.folder().output(),
                "{\"event\":\"done\",\"logs\":[{\"status\":\"error\",\"location\":\"/logs/x.eval\"}]}\n");
        stage.world.life = Life.ENDED;
        stage.world.log = Optional.of("{\"status\":\"error\",\"error\":\"setup failed\",\"events\":[],\"completed\":\""
                + Instant.now() + "\"}");
        assertThat(stage.status().state()).isEqualTo(SolveState.FAILED);
    }
}
