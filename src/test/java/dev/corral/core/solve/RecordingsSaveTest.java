package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that lie in a machine which is about to be destroyed. */
@Tag("unit")
class RecordingsSaveTest {
    @TempDir
    private Path home;

    private TestWorld world;
    private SolveStore store;
    private Stored stored;

    @BeforeEach
    void session() throws IOException {
        world = new TestWorld(home);
        store = new SolveStore(world.environment());
        stored = store.create(new SolveSession(
                "a-1", Instant.now(), "me", "/e.py", "ctf", "a", 1, home.toString(), false, SolveOptions.usual()));
        stored.folder().addSandbox("box-1");
        Files.createDirectories(world.guest.sessions());
        Files.writeString(world.guest.sessions().resolve("me_1.timing"), "O 0.1 1\n");
    }

    private static SandboxFiles box(String id) {
        return SandboxFiles.inOne(Path.of("/cache", id));
    }

    private RecordingsSave save(Duration patience) {
        return new RecordingsSave(
                store, sandbox -> world.reachable ? Optional.of(world.guest(sandbox, "")) : Optional.empty(), patience);
    }

    private List<SolveEntry> told() throws IOException {
        return stored.folder().journal().read().stream()
                .filter(entry -> entry.kind() == EntryKind.FETCHED)
                .toList();
    }

    @Test
    void theyAreBroughtOutAndThatIsNoted() throws Exception {
        save(Duration.ofSeconds(20)).of(box("box-1")).orElseThrow().run();
        assertThat(stored.folder().recordings().resolve("me_1.timing")).hasContent("O 0.1 1");
        assertThat(told()).singleElement().satisfies(entry -> assertThat(entry.fact("files"))
                .isEqualTo("1"));
        save(Duration.ofSeconds(20)).of(box("box-1")).orElseThrow().run();
        assertThat(told()).as("what is here already is no news").hasSize(1);
    }

    @Test
    void aSandboxOfNoSessionIsLeftAlone() throws IOException {
        assertThat(save(Duration.ofSeconds(1)).of(box("box-2"))).isEmpty();
        store.create(new SolveSession(
                        "b-1",
                        Instant.now(),
                        "me",
                        "/e.py",
                        "ctf",
                        "b",
                        1,
                        home.toString(),
                        false,
                        new SolveOptions(
                                Optional.empty(),
                                true,
                                false,
                                Optional.empty(),
                                true,
                                0,
                                Optional.empty(),
                                Optional.empty())))
                .folder()
                .addSandbox("box-3");
        assertThat(save(Duration.ofSeconds(1)).of(box("box-3")))
                .as("of one without recordings")
                .isEmpty();
    }

    @Test
    void aMachineThatHangsKeepsNobody() throws Exception {
        RecordingsSave hanging = new RecordingsSave(
                store,
                sandbox -> Optional.of(request -> {
                    Thread.sleep(600_000);
                    throw new AssertionError("slept through");
                }),
                Duration.ofMillis(300));
        long begin = System.nanoTime();
        hanging.of(box("box-1")).orElseThrow().run();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(told()).singleElement().satisfies(entry -> assertThat(entry.text())
                .contains("takes too long to answer"));
    }

    @Test
    void ofAMachineThatIsTooSlowWhatCameWholeIsKeptAndTheRestIsSaidToBeMissing() throws Exception {
        Duration patience = Duration.ofSeconds(20);
        AtomicReference<Duration> given = new AtomicReference<>(Duration.ZERO);
        new RecordingsSave(
                        store,
                        sandbox -> Optional.of(request -> {
                            given.set(request.timeout().orElseThrow());
                            byte[] sent = "3 a.output\nabc900 b.output\nab".getBytes(StandardCharsets.UTF_8);
                            return new ExecResult(
                                    ExecResult.TIMED_OUT, sent, new byte[0], true, false, Duration.ofSeconds(15));
                        }),
                        patience)
                .of(box("box-1"))
                .orElseThrow()
                .run();
        assertThat(stored.folder().recordings().resolve("a.output")).hasContent("abc");
        assertThat(stored.folder().recordings().resolve("b.output")).doesNotExist();
        assertThat(told()).singleElement().satisfies(entry -> {
            assertThat(entry.fact("files")).isEqualTo("1");
            assertThat(entry.text()).contains("not all");
        });
        assertThat(given.get())
                .as("it is ended, and what came is written, before nobody waits any more")
                .isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void oneThatIsCutIsSaidToBe() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(
                world.guest.sessions().resolve("me_1.output").toFile(), "rw")) {
            file.setLength((8 << 20) + 1);
        }
        save(Duration.ofSeconds(20)).of(box("box-1")).orElseThrow().run();
        assertThat(stored.folder().recordings().resolve("me_1.output")).hasSize(8 << 20);
        assertThat(told()).singleElement().satisfies(entry -> assertThat(entry.text())
                .contains("not all"));
    }

    @Test
    void whateverGoesWrongIsNotedAndHindersNothing() throws Exception {
        world.reachable = false;
        save(Duration.ofSeconds(20)).of(box("box-1")).orElseThrow().run();
        assertThat(told()).as("a machine that is off has none to give").isEmpty();
        RecordingsSave failing = new RecordingsSave(
                store,
                sandbox -> {
                    throw ExpectedFailure.failed("no way", "");
                },
                Duration.ofSeconds(20));
        failing.of(box("box-1")).orElseThrow().run();
        assertThat(told()).singleElement().satisfies(entry -> assertThat(entry.text())
                .contains("no way"));
    }
}
