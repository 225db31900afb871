package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
