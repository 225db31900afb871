package dev.corral.console.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.Threads;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.SolveRuns.Joinable;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window is told of sessions whose runs are processes of the test. */
@Tag("unit")
class SolveFeedTest {
    @TempDir
    private Path home;

    private final List<SolveState> seen = new CopyOnWriteArrayList<>();
    private final List<ExpectedFailure> troubles = new CopyOnWriteArrayList<>();
    private Solving solving;
    private Path root;

    private final Threads threads = new Threads() {
        @Override
        public <T> void background(String name, Callable<T> work, Consumer<T> onDone, Consumer<Throwable> onFailure) {
            throw new AssertionError("the feed has threads of its own");
        }

        @Override
        public void hop(Runnable action) {
            action.run();
        }

        @Override
        public void later(Runnable action) {
            action.run();
        }
    };

    private final SolveFeed.Listener listener = new SolveFeed.Listener() {
        @Override
        public void sessions(List<SolveStatus> now) {
            // The test hears of single sessions.
        }

        @Override
        public void session(SolveStatus now) {
            seen.add(now.state());
        }

        @Override
        public void joinable(List<Joinable> runs) {
            throw new AssertionError("the page is not in sight");
        }

        @Override
        public void trouble(ExpectedFailure failure) {
            troubles.add(failure);
        }
    };

    @BeforeEach
    void world() {
        FixtureCorral corral = new FixtureCorral(home.toString(), List.of(), Samples.inventory(Instant.now()));
        solving = new Solving(corral.environment(), corral.inventory(), corral.operations(), corral::connect, "test");
        root = solving.store().root();
    }

    private Stored session(String id) {
        return solving.store()
                .create(new SolveSession(
                        id, Instant.now(), "me", "", "ctf", "x", 1, "/cache", true, SolveOptions.usual()));
    }

    private static void told(Stored stored, EntryKind kind, Map<String, String> facts) throws IOException {
        Moment now = Moment.now();
        stored.folder()
                .journal()
                .append(SolveEntry.at(now.told(now.at()), kind, "test").withMore(facts));
    }

    private static void run(Stored stored, ProcessIdentity process) throws IOException {
        told(
                stored,
                EntryKind.RUN,
                Map.of(
                        "pid", Long.toString(process.pid()),
                        "start", Long.toString(process.startTicks()),
                        "kernel", process.bootId(),
                        "namespace", Long.toString(process.pidNamespace()),
                        "host", process.host()));
    }

    @Test
    void aRunThatIsResumedRightAfterTheEndIsWatched() throws Exception {
        Stored stored = session("resumed-1");
        Process inspect = new ProcessBuilder("sleep", "100").start();
        run(stored, ProcessIdentity.of(inspect.pid()));
        try (SolveFeed feed = new SolveFeed(solving, threads, () -> false, listener)) {
            feed.start();
            StubWorld.until(() -> seen.contains(SolveState.STARTING));
            inspect.destroyForcibly().waitFor();
            StubWorld.until(() -> seen.getLast().over());
            run(stored, ProcessIdentity.self());
            int before = seen.size();
            StubWorld.until(() -> seen.size() > before);
            assertThat(seen.getLast()).isEqualTo(SolveState.STARTING);
        } finally {
            inspect.destroyForcibly();
        }
    }

    @Test
    void aFullDiskIsSaidOnceForAllSessions() throws Exception {
        Files.createDirectories(root);
        mount("mount", "-t", "tmpfs", "-o", "size=256k,mode=0700", "corral-test", root.toString());
        try {
            for (String id : List.of("one-1", "two-1")) {
                Stored stored = session(id);
                run(stored, ProcessIdentity.self());
                told(stored, EntryKind.READY, Map.of("sandbox", "none-1"));
                told(stored, EntryKind.START, Map.of());
                long size = Files.size(stored.folder().journal().file());
                Files.writeString(
                        stored.folder().journal().file(),
                        "\n".repeat((int) (4096 - size % 4096)),
                        StandardOpenOption.APPEND);
                Files.createFile(stored.folder().directory().resolve("lock"));
            }
            fill();
            try (SolveFeed feed = new SolveFeed(solving, threads, () -> false, listener)) {
                feed.start();
                StubWorld.until(() -> seen.size() > 6);
            }
            assertThat(seen).containsOnly(SolveState.RUNNING);
            assertThat(troubles).singleElement().satisfies(why -> assertThat(why)
                    .hasMessageContaining("No space left")
                    .extracting(ExpectedFailure::nextStep)
                    .asString()
                    .contains("has room"));
        } finally {
            mount("umount", "-l", root.toString());
        }
    }

    private void fill() throws IOException {
        try (OutputStream big = Files.newOutputStream(root.resolve("big"))) {
            byte[] page = new byte[4096];
            while (true) {
                big.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static void mount(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }
}
