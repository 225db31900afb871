package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent that Inspect tells of before it has brought all of it into the machine. */
@Tag("unit")
class AgentSettlesTest {
    private static final String ID = "a-b-1-00000000";

    @TempDir
    private Path home;

    private TestWorld world;
    private Solving solving;
    private Path agent;

    @BeforeEach
    void session() throws IOException {
        world = new TestWorld(home);
        world.control = false;
        solving = new Solving(world, "test", Duration.ofMinutes(5));
        Stored stored = solving.store()
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
        stored.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "test")
                        .withMore(SolveStory.facts(TestWorld.RUN, "inspect eval")));
        stored.folder().journal().append(SolveEntry.now(EntryKind.READY, "test").withMore(Map.of("sandbox", "box-1")));
        agent = world.guest.listen();
    }

    @Test
    void aLoginWaitsForTheLastOfItsFiles() throws Exception {
        FutureTask<Boolean> settled = new FutureTask<>(() -> {
            solving.settle(ID);
            return Files.exists(agent.resolve("human_agent.py"));
        });
        Thread.ofVirtual().start(settled);
        Thread.sleep(700);
        assertThat(settled.isDone()).as("its folders are there, and no more").isFalse();
        Files.writeString(agent.resolve("human_agent.py"), "def call_human_agent(): ...");
        assertThat(settled.get(20, TimeUnit.SECONDS)).isTrue();
    }
}
