package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells that somebody was there, beside the keys of a terminal that is open when it is looked at. */
@Tag("unit")
class GuestProbeTest {
    private static SolveEntry entry(EntryKind kind, long secondsAgo) {
        Moment now = Moment.now();
        return SolveEntry.at(now.told(now.at().minusSeconds(secondsAgo)), kind, "test");
    }

    @Test
    void whoeverCameInBetweenTwoLooksWasThere() {
        List<SolveEntry> entries = List.of(
                entry(EntryKind.START, 500),
                entry(EntryKind.CAME, 40),
                entry(EntryKind.LEFT, 20),
                entry(EntryKind.BEAT, 10));
        assertThat(GuestProbe.sinceLast(entries, 400)).isBetween(40.0, 45.0);
        assertThat(GuestProbe.sinceLast(entries, 5)).isEqualTo(5);
        assertThat(GuestProbe.sinceLast(List.of(entry(EntryKind.LEFT, 20)), 400))
                .as("a terminal may be closed that nobody has typed in for hours")
                .isEqualTo(400);
    }

    @Test
    void whatThePersonDoesInOneWindowIsSeenByAnother(@TempDir Path home) throws IOException {
        try (SessionStage stage = new SessionStage(home)) {
            stage.status();
            stage.started("u1", Instant.now().minusSeconds(400));
            SolveStatus status = stage.status();
            // Watches that began when the clock did, and one that begins now.
            GuestProbe first = new GuestProbe(stage.world, stage.stored, Duration.ofMillis(500));
            GuestProbe second = new GuestProbe(stage.world, stage.stored, Duration.ofMillis(500));
            LockSupport.parkNanos(600_000_000);
            second.look(status);
            assertThat(stage.kinds()).containsOnlyOnce(EntryKind.IDLE);
            new GuestProbe(stage.world, stage.stored, Duration.ofMillis(500)).look(status);
            assertThat(stage.kinds()).as("that somebody watches is no key").doesNotContain(EntryKind.ACTIVE);
            first.touched();
            first.look(status);
            assertThat(stage.kinds()).containsOnlyOnce(EntryKind.ACTIVE);
            second.look(status);
            first.look(status);
            assertThat(stage.kinds()).containsOnlyOnce(EntryKind.IDLE, EntryKind.ACTIVE);
            assertThat(stage.of(EntryKind.BEAT))
                    .filteredOn(beat -> !beat.fact(SolveEntry.HERE).isEmpty())
                    .hasSize(1);
        }
    }
}
