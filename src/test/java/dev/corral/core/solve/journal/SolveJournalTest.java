package dev.corral.core.solve.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SolveJournalTest {
    @TempDir
    private Path home;

    private SolveStore store() {
        return new SolveStore(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
    }

    private static SolveSession session(String id) {
        return new SolveSession(
                id, Instant.now(), "me", "/tmp/evals.py", "ctf", "a/b 1", 1, "/tmp/cache", false, SolveOptions.usual());
    }

    @Test
    void notesLeaveRoomForTheClockAndTheClockForTheEnd() throws IOException {
        SolveFolder folder = store().create(session("one")).folder();
        Path file = folder.journal().file();
        Files.write(file, new byte[(int) (SolveJournal.LARGEST - (600 << 10))]);
        assertThat(folder.journal().offer(SolveEntry.now(EntryKind.NOTE, "test")))
                .isFalse();
        for (EntryKind kind : List.of(EntryKind.START, EntryKind.BEAT, EntryKind.STOP)) {
            assertThat(folder.journal().offer(SolveEntry.now(kind, "test"))).isTrue();
        }
        Files.write(file, new byte[(int) (SolveJournal.LARGEST - (200 << 10))]);
        assertThat(folder.journal().offer(SolveEntry.now(EntryKind.START, "test")))
                .isFalse();
        for (EntryKind kind : List.of(EntryKind.GONE, EntryKind.RUN, EntryKind.READY)) {
            assertThat(folder.journal().offer(SolveEntry.now(kind, "test"))).isTrue();
        }
    }

    @Test
    void entriesComeBackAsTheyWereWithTheLinesThatTheyStoodIn() throws IOException {
        SolveFolder folder = store().create(session("one")).folder();
        SolveEntry note = SolveEntry.now(EntryKind.NOTE, "window")
                .withText("a\nb \u001b[31m ☃ \"quoted\"")
                .withMore(Map.of(SolveEntry.UUID, "x"));
        folder.journal().append(SolveEntry.now(EntryKind.RUN, "window"));
        folder.journal().append(note);
        List<SolveEntry> read = folder.journal().read();
        assertThat(read).extracting(SolveEntry::seq).containsExactly(1, 2);
        assertThat(read.get(1).numbered(0)).isEqualTo(note);
    }

    @Test
    void aLineThatWasCutOffAndOneOfALaterVersionCostNoOther() throws IOException {
        SolveFolder folder = store().create(session("one")).folder();
        folder.journal().append(SolveEntry.now(EntryKind.START, "window"));
        Path file = folder.journal().file();
        Files.writeString(
                file,
                "{\"at\":\"2030-01-01T00:00:00Z\",\"kind\":\"teleport\",\"boot\":\"\"}\n{\"at\":\"2030-01",
                StandardOpenOption.APPEND);
        folder.journal().append(SolveEntry.now(EntryKind.STOP, "window"));
        assertThat(folder.journal().read())
                .extracting(SolveEntry::kind)
                .containsExactly(EntryKind.START, EntryKind.STOP);
        assertThat(folder.journal().read().getLast().seq()).isEqualTo(4);
    }

    @Test
    void itIsBoundedButAnEndingAlwaysHasRoom() throws IOException {
        SolveFolder folder = store().create(session("one")).folder();
        Files.write(folder.journal().file(), new byte[(int) (SolveJournal.LARGEST - (100 << 10))]);
        assertThatThrownBy(() -> folder.journal().append(SolveEntry.now(EntryKind.NOTE, "window")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("full");
        folder.journal().append(SolveEntry.now(EntryKind.SUBMIT, "window"));
        folder.journal().append(SolveEntry.now(EntryKind.QUIT, "window"));
        folder.journal().append(SolveEntry.now(EntryKind.ENDED, "inspect"));
        folder.journal().append(SolveEntry.now(EntryKind.TAKEN_BACK, "me"));
        folder.journal().append(SolveEntry.now(EntryKind.HAND_OVER_ENDED, "corral"));
        for (EntryKind kind : List.of(EntryKind.BEAT, EntryKind.CAME, EntryKind.LEFT)) {
            assertThat(folder.journal().offer(SolveEntry.now(kind, "corral"))).isFalse();
        }
        assertThat(folder.journal().read()).hasSize(5);
        // A text that nobody wrote by hand is cut.
        assertThat(SolveEntry.now(EntryKind.NOTE, "x")
                        .withText("y".repeat(1 << 20))
                        .text())
                .hasSize(64 * 1024);
    }

    @Test
    void sessionsAreFoundByAPartOfTheirNames() throws IOException {
        SolveStore store = store();
        assertThat(store.list()).isEmpty();
        String id = SolveStore.newId("Which Debian / §1, really quite long");
        assertThat(id).matches("which-debian-1-reall-[0-9a-f]{8}");
        assertThat(SolveStore.newId("§§")).matches("[0-9a-f]{8}");
        store.create(session(id));
        store.create(session("other"));
        Files.createDirectories(store.root().resolve("broken"));
        Files.writeString(store.root().resolve("broken/session.json"), "{");
        assertThat(store.list()).hasSize(2);
        assertThat(store.find("which").session().id()).isEqualTo(id);
        assertThat(store.find("other").session()).isEqualTo(store.find("her").session());
        assertThatThrownBy(() -> store.find("../other")).hasMessageContaining("no session");
        assertThatThrownBy(() -> store.find("debian")).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void sandboxesAreNotedOnce() throws IOException {
        SolveFolder folder = store().create(session("one")).folder();
        folder.addSandbox("a-1");
        folder.addSandbox("b-2");
        folder.addSandbox("a-1");
        assertThat(folder.sandboxes()).containsExactly("a-1", "b-2");
    }
}
