package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.inspect.control.ChannelServer;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay is a session in which nobody works. */
@Tag("unit")
class ReplaySessionTest {
    @TempDir
    private Path home;

    @Test
    void theSandboxOfAReplayIsNotPinnedForNobodyWorksInIt() throws IOException {
        TestWorld world = new TestWorld(home);
        Solving solving = new Solving(world, "test", Duration.ofMinutes(5));
        String replay = "a-b-1-00000001";
        Stored golden = solving.store()
                .create(new SolveSession(
                        replay,
                        Instant.now(),
                        "golden run",
                        "/e.py",
                        "ctf",
                        "a/b 1",
                        1,
                        home.toString(),
                        false,
                        SolveOptions.usual(),
                        SolveSession.GOLDEN));
        golden.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "test")
                        .withMore(SolveStory.facts(TestWorld.RUN, "inspect eval")));
        try (ChannelServer inspect = new ChannelServer(home.resolve("s"), line -> ChannelServer.json("[]"))) {
            assertThat(solving.status(replay).sandbox()).isEqualTo("box-1");
            assertThat(world.pinned).isEmpty();
        }
    }
}
