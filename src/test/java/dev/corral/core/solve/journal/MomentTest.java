package dev.corral.core.solve.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a moment is that was told of by a wall clock which somebody set. */
@Tag("unit")
class MomentTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final Moment seen = at(NOON, 0);

    private static Moment at(Instant wall, int minutesUp) {
        return new Moment(wall, minutesUp * 60_000L, minutesUp * 60_000L, "boot");
    }

    private static Instant after(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    private static long minutes(Moment moment) {
        return moment.upMs() / 60_000;
    }

    @Test
    void aClockThatWasSetBackPutsNothingAhead() {
        // Half an hour has passed, and the clock was set back by one.
        Moment now = at(after(-30), 30);
        assertThat(minutes(now.told(after(10), seen))).as("before it was set").isEqualTo(10);
        assertThat(minutes(now.told(after(-35), seen))).as("after that").isEqualTo(25);
        assertThat(minutes(now.told(after(300), seen))).as("nobody knows").isZero();
    }

    @Test
    void aClockThatWasSetForwardPutsNothingTooEarly() {
        Moment now = at(after(90), 30);
        assertThat(minutes(now.told(after(10), seen))).isEqualTo(10);
        assertThat(minutes(now.told(after(85), seen))).isEqualTo(25);
    }

    @Test
    void whatWasBeforeSomebodyLookedStaysWhereItWas() {
        Moment now = at(after(30), 30);
        assertThat(minutes(now.told(after(-60), seen))).isEqualTo(-60);
        assertThat(minutes(now.told(after(20), seen))).isEqualTo(20);
    }

    @Test
    void ofAnotherBootOnlyWhatLiesAheadIsWrong() {
        Moment now = new Moment(after(30), 30 * 60_000L, 0, "another boot");
        assertThat(minutes(now.told(after(20), seen))).isEqualTo(20);
        assertThat(minutes(now.told(after(50), seen))).isEqualTo(30);
    }
}
