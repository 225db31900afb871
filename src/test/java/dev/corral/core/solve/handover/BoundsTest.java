package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often somebody comes in, for how long, and where they are told to go. */
@Tag("unit")
class BoundsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    @Test
    void visitsAreCountedInAMinuteAndInAll() {
        Visits visits = new Visits();
        long now = -5;
        for (int i = 0; i < Visits.MOST_A_MINUTE; i++) {
            visits.one(now + i);
        }
        long soon = now + TimeUnit.SECONDS.toNanos(30);
        assertThatThrownBy(() -> visits.one(soon)).hasMessageContaining("10 terminals within a minute");
        for (int i = Visits.MOST_A_MINUTE; i < Visits.MOST; i++) {
            visits.one(now + i * TimeUnit.MINUTES.toNanos(1));
        }
        assertThatThrownBy(() -> visits.one(now + 300 * HOUR))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("200 terminals");
    }

    @Test
    void aClockThatIsSetBackMakesNothingLonger() {
        Deadline deadline = new Deadline();
        Instant until = NOW.plus(Duration.ofHours(4));
        assertThat(deadline.left(until, NOW, 7)).isEqualTo(Duration.ofHours(4));
        Instant setBack = NOW.minus(Duration.ofDays(300));
        assertThat(deadline.left(until, setBack, 7 + 3 * HOUR)).isEqualTo(Duration.ofHours(1));
        assertThat(deadline.left(until, setBack, 7 + 4 * HOUR)).isZero();
        assertThat(deadline.left(setBack.plusSeconds(60), setBack, 7 + 4 * HOUR))
                .as("it was over")
                .isZero();
        // Set forward, or asleep: the clock counts.
        assertThat(new Deadline().left(until, NOW.plus(Duration.ofHours(5)), 7)).isNegative();
        assertThat(new Deadline().left(Instant.MAX, NOW, 0)).isEqualTo(Duration.ofDays(366));
    }

    @Test
    void anEndThatIsMovedWhileTheClockIsSetBackIsMovedByThatMuchOnly() {
        Deadline deadline = new Deadline();
        Instant until = NOW.plus(Duration.ofHours(1));
        assertThat(deadline.left(until, NOW, 7)).isEqualTo(Duration.ofHours(1));
        Instant dayBefore = NOW.minus(Duration.ofDays(1));
        Instant later = until.plus(Duration.ofHours(1));
        assertThat(deadline.left(later, dayBefore, 7)).isEqualTo(Duration.ofHours(2));
        assertThat(deadline.left(later, dayBefore, 7 + HOUR)).isEqualTo(Duration.ofHours(1));
        // Nearer, as whoever wants it reads the clock; never later than it was.
        assertThat(deadline.left(dayBefore.plusSeconds(60), dayBefore, 7 + HOUR))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(deadline.left(dayBefore.plus(Duration.ofHours(9)), dayBefore, 7 + HOUR))
                .isEqualTo(Duration.ofHours(9));
        assertThat(deadline.left(Instant.MAX, dayBefore, 7 + HOUR)).isEqualTo(Duration.ofDays(366));
    }

    @Test
    void whoListensEverywhereIsReachedByTheWayOut() {
        assertThat(Ticket.same("", "127.0.0.1")).isTrue();
        assertThat(Ticket.same("127.0.0.1", "0.0.0.0")).isFalse();
        assertThat(Ticket.same("no such name.invalid", "127.0.0.1")).isFalse();
        assertThat(Ticket.others("127.0.0.1")).isEmpty();
        assertThat(Ticket.others("0.0.0.0")).doesNotHaveDuplicates().doesNotContain("127.0.0.1", "0.0.0.0");
    }
}
