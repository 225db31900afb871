package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A computer whose clock was set while nobody watched the session. */
@Tag("unit")
class ClockSetTest {
    @TempDir
    private Path home;

    @Test
    void aStartThatWasNotedBeforeTheClockWasSetBackLiesWhereItWas() throws IOException {
        try (SessionStage stage = new SessionStage(home)) {
            Moment now = Moment.now();
            long half = Duration.ofMinutes(30).toMillis();
            // Seen half an hour ago, when the clock showed an hour more than it would have by now.
            Moment seen = new Moment(
                    now.at().plusMillis(half), now.upMs() - half, Math.max(0, now.runMs() - half), now.boot());
            stage.stored
                    .folder()
                    .journal()
                    .append(SolveEntry.at(seen, EntryKind.READY, "test")
                            .withMore(Map.of("sandbox", "box-1", "eval", "ev", "log", "/logs/x.eval")));
            stage.started("u1", seen.at().plus(Duration.ofMinutes(10)));
            SolveStatus status = stage.status();
            assertThat(status.state()).isEqualTo(SolveState.RUNNING);
            assertThat(status.clock().active())
                    .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(20).plusSeconds(20));
        }
    }
}
