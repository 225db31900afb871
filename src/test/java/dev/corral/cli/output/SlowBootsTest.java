package dev.corral.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever waits for a boot that hangs is told once where to look. */
@Tag("unit")
class SlowBootsTest {
    private final SlowBoots boots = new SlowBoots();

    private Instant hears(PhaseKind kind, String machine) {
        JournalEntry entry = JournalEntry.phase("w", Phase.of(kind, machine), Instant.now());
        boots.heard(entry);
        return entry.at();
    }

    @Test
    void aBootThatTakesLongIsToldOnce() {
        Instant began = hears(PhaseKind.BOOT, "web");
        hears(PhaseKind.BOOT, "db");
        assertThat(boots.due(began)).isEmpty();
        hears(PhaseKind.SSH, "web");
        hears(PhaseKind.SETUP, "db");
        Instant later = Instant.now().plus(SlowBoots.LONG);
        assertThat(boots.due(later)).as("db answers").containsExactly("web");
        hears(PhaseKind.SSH, "web");
        assertThat(boots.due(later.plusSeconds(3600))).isEmpty();
        hears(PhaseKind.SETUP, "web");
        hears(PhaseKind.BOOT, "web");
        assertThat(boots.due(Instant.now().plus(SlowBoots.LONG)))
                .as("it boots once more")
                .containsExactly("web");
    }

    @Test
    void whatIsNoBootOfAMachineIsNone() {
        hears(PhaseKind.LOAD, "");
        hears(PhaseKind.BOOT, "");
        boots.heard(JournalEntry.noted("w", "something"));
        assertThat(boots.due(Instant.now().plus(SlowBoots.LONG))).isEmpty();
    }
}
