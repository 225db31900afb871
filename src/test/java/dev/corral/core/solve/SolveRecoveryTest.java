package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.inventory.SandboxState;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved of a session whose run has ended, one way or the other. */
@Tag("unit")
class SolveRecoveryTest {
    private static final String ID = "a-b-1-00000000";

    @TempDir
    private Path home;

    private TestWorld world;
    private Solving solving;
    private Stored stored;

    @BeforeEach
    void session() throws IOException {
        world = new TestWorld(home);
        world.life = Life.ENDED;
        solving = new Solving(world, "test", Duration.ofMinutes(5));
        stored = solving.store()
                .create(new SolveSession(
                        ID,
                        Instant.now(),
                        "me",
                        "/e.py",
                        "ctf",
                        "a/b 1",
                        1,
                        home.toString(),
                        false,
                        SolveOptions.usual()));
        stored.folder().addSandbox("box-1");
        stored.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "test")
                        .withMore(SolveStory.facts(TestWorld.RUN, "inspect eval")));
        stored.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.READY, "test")
                        .withMore(Map.of("sandbox", "box-1", "log", "/logs/x.eval", "eval", "ev")));
    }

    private List<EntryKind> kinds() throws IOException {
        return stored.folder().journal().read().stream().map(SolveEntry::kind).toList();
    }

    @Test
    void aKilledRunsRecordingsAreFetchedOnceAndItsLogsComeByThemselves() throws IOException {
        Files.createDirectories(world.guest.sessions());
        Files.writeString(world.guest.sessions().resolve("me_1.timing"), "O 0.1 1\n");
        world.log =
                Optional.of("{\"status\":\"started\",\"recordings\":{\"me_0.output\":\"x\",\"../me.output\":\"y\"}}");
        SolveStatus gone = solving.status(ID);
        assertThat(gone.state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(stored.folder().recordings().resolve("me_1.timing")).hasContent("O 0.1 1");
        solving.status(ID);
        assertThat(kinds()).containsOnlyOnce(EntryKind.FETCHED);
        assertThat(solving.status(ID).story().story())
                .as("the person is told")
                .extracting(SolveEntry::kind)
                .contains(EntryKind.FETCHED);
        assertThatThrownBy(() -> solving.recovery().log(ID)).hasMessageContaining("no log /logs/x.eval");
    }

    @Test
    void whatTheLogHasOfRecordingsIsKeptWithTheSession() {
        world.log = Optional.of("{\"status\":\"success\",\"answer\":\"42\","
                + "\"recordings\":{\"me_0.output\":\"x\",\"../me.output\":\"y\"}}");
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.ENDED);
        assertThat(stored.folder().recordings().resolve("me_0.output")).hasContent("x");
        assertThat(stored.folder().directory().resolve("me.output")).doesNotExist();
        assertThatThrownBy(() -> solving.recovery().log(ID)).hasMessageContaining("need not be recovered");
    }

    @Test
    void recordingsThatCanNotBeReadCostNoResult() throws IOException {
        world.log = Optional.of("{\"status\":\"success\",\"answer\":\"42\",\"scores\":{\"match\":\"C\"},"
                + "\"recordings\":{\"me_0.output\":\"x\"}}");
        world.recordingsReadable = false;
        SolveStatus ended = solving.status(ID);
        assertThat(ended.state()).isEqualTo(SolveState.ENDED);
        assertThat(ended.story().result()).containsEntry("score:match", "C");
        assertThat(kinds()).doesNotContain(EntryKind.FAULT);
        assertThat(stored.folder().recordings().resolve("me_0.output")).doesNotExist();
    }

    @Test
    void aMachineThatStartsStillIsNotAsked() throws IOException {
        world.log = Optional.of("{\"status\":\"started\"}");
        world.state = SandboxState.STARTING;
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(kinds()).doesNotContain(EntryKind.FETCHED);
        world.state = SandboxState.READY;
        solving.status(ID);
        assertThat(kinds()).containsOnlyOnce(EntryKind.FETCHED);
    }

    @Test
    void whereThereIsNoRoomForANoteTheStatusIsToldAllTheSame() throws IOException {
        Files.createDirectories(world.guest.sessions());
        Files.writeString(world.guest.sessions().resolve("me_1.timing"), "O 0.1 1\n");
        stored.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.GONE, "corral").withMore(Map.of("log", "/logs/x.eval")));
        SolveEntry filling = SolveEntry.now(EntryKind.FAULT, "test");
        while (stored.folder().journal().offer(filling.withText("x".repeat(1 << 20)))) {
            // It has room still.
        }
        while (stored.folder().journal().offer(filling.withText("x".repeat(1 << 10)))) {
            // It has room for small ones still.
        }
        while (stored.folder().journal().offer(filling)) {
            // Nor may there be room for an entry that says nothing.
        }
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(kinds()).doesNotContain(EntryKind.FETCHED);
        assertThat(stored.folder().recordings().resolve("me_1.timing")).hasContent("O 0.1 1");
        Files.writeString(world.guest.sessions().resolve("me_2.timing"), "O 0.1 1\n");
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(stored.folder().recordings().resolve("me_2.timing"))
                .as("not tried at each look")
                .doesNotExist();
    }

    @Test
    void aMachineThatCanNotBeAskedIsTriedOnceAndHindersNothing() throws IOException {
        world.log = Optional.of("{\"status\":\"started\"}");
        world.reachable = false;
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(kinds()).containsOnlyOnce(EntryKind.FETCHED);
        world.sandboxThere = false;
        assertThatThrownBy(() -> solving.recovery().recordings(ID)).hasMessageContaining("is gone");
    }
}
