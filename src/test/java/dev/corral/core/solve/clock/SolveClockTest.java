package dev.corral.core.solve.clock;

import static dev.corral.core.solve.journal.EntryKind.ACTIVE;
import static dev.corral.core.solve.journal.EntryKind.BEAT;
import static dev.corral.core.solve.journal.EntryKind.DOWN;
import static dev.corral.core.solve.journal.EntryKind.ENDED;
import static dev.corral.core.solve.journal.EntryKind.GONE;
import static dev.corral.core.solve.journal.EntryKind.IDLE;
import static dev.corral.core.solve.journal.EntryKind.KEEP;
import static dev.corral.core.solve.journal.EntryKind.LOST;
import static dev.corral.core.solve.journal.EntryKind.QUIT;
import static dev.corral.core.solve.journal.EntryKind.RUN;
import static dev.corral.core.solve.journal.EntryKind.START;
import static dev.corral.core.solve.journal.EntryKind.STOP;
import static dev.corral.core.solve.journal.EntryKind.STRIKE;
import static dev.corral.core.solve.journal.EntryKind.SUBMIT;
import static dev.corral.core.solve.journal.EntryKind.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.solve.clock.Interval.Kind;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SolveClockTest {
    private static final Instant EPOCH = Instant.parse("2026-11-28T08:00:00Z");

    private final List<SolveEntry> entries = new ArrayList<>();
    private String boot = "one";
    private long wallOff;
    private long slept;
    private long bootAt;

    private SolveEntry at(double second, EntryKind kind) {
        SolveEntry entry = SolveEntry.at(moment(second), kind, "test").numbered(entries.size() + 1);
        entries.add(entry);
        return entry;
    }

    private void change(SolveEntry entry) {
        entries.set(entries.size() - 1, entry);
    }

    private Moment moment(double second) {
        long ms = Math.round(second * 1000);
        return new Moment(EPOCH.plusMillis(ms + wallOff), ms - bootAt, ms - bootAt - slept, boot);
    }

    // The clock is looked at all the time, as by an open window.
    private void watched(double from, double to) {
        for (double second = from; second < to; second += 30) {
            at(second, BEAT);
        }
    }

    private ClockReading read(double second) {
        return SolveClock.read(entries, moment(second));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @Test
    void aClockThatWasNeverStartedShowsNothing() {
        at(0, RUN);
        at(5, STOP);
        assertThat(read(100)).isEqualTo(ClockReading.none());
    }

    @Test
    void pausesAreTakenOutToTheMillisecond() {
        double second = 0;
        double worked = 0;
        for (int pause = 0; pause < 10; pause++) {
            at(second, START);
            watched(second, second + 351.234);
            second += 351.234;
            worked += 351.234;
            at(second, STOP);
            second += 8.765;
        }
        at(second, START);
        at(second + 0.5, SUBMIT);
        ClockReading clock = read(second + 9_999);
        assertThat(clock.running()).isFalse();
        assertThat(clock.wall()).isEqualTo(seconds(second + 0.5));
        assertThat(clock.active()).isEqualTo(seconds(worked + 0.5)).isEqualTo(clock.adjusted());
        assertThat(clock.intervals())
                .hasSize(10)
                .allSatisfy(each -> assertThat(each.kind()).isEqualTo(Kind.STOPPED))
                .allSatisfy(each -> assertThat(each.counted()).isFalse());
    }

    @Test
    void startingTwiceAndEventsSeenTwiceCountOnce() {
        change(at(0, START).withMore(Map.of(SolveEntry.UUID, "a")));
        change(at(10, STOP).withMore(Map.of(SolveEntry.UUID, "b")));
        // Another window saw the same, and wrote it down later.
        entries.add(SolveEntry.at(moment(0), START, "test").numbered(3).withMore(Map.of(SolveEntry.UUID, "a")));
        entries.add(0, SolveEntry.at(moment(0), START, "test").numbered(9).withMore(Map.of(SolveEntry.UUID, "a")));
        at(20, START);
        at(25, START);
        assertThat(read(30).active()).isEqualTo(seconds(20));
    }

    @Test
    void whatWasToldLateStandsWhereItHappened() {
        at(0, START);
        watched(30, 100);
        at(100, BEAT);
        // Inspect tells at 100 s that the clock was stopped at 40 s.
        entries.add(SolveEntry.at(moment(100).told(EPOCH.plusSeconds(40)), STOP, "inspect")
                .numbered(99));
        assertThat(read(100).active()).isEqualTo(seconds(40));
    }

    @Test
    void settingTheComputersClockChangesNoTime() {
        at(0, START);
        at(20, BEAT);
        wallOff = -3_600_000;
        at(40, BEAT);
        at(60, STOP);
        ClockReading clock = read(60);
        assertThat(clock.active()).isEqualTo(seconds(60));
        assertThat(clock.changes()).singleElement().asString().contains("set back by 3600 s");
    }

    @Test
    void aSleepingComputerIsAStretchOfItsOwn() {
        at(0, START);
        at(20, BEAT);
        slept = 600_000;
        at(640, BEAT);
        ClockReading clock = read(650);
        assertThat(clock.active()).isEqualTo(seconds(650));
        assertThat(clock.intervals()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Kind.SUSPENDED);
            assertThat(each.length()).isEqualTo(seconds(600));
            assertThat(each.counted()).isTrue();
        });
    }

    @Test
    void aNapInAnUnwatchedNightDoesNotExcuseIt() {
        at(0, START);
        at(20, BEAT);
        slept = 5_000;
        at(3_620, BEAT);
        assertThat(read(3_630).intervals())
                .extracting(Interval::kind)
                .containsExactlyInAnyOrder(Kind.UNWATCHED, Kind.SUSPENDED);
    }

    @Test
    void whatWasToldOfAnUnwatchedTimeAfterwardsLeavesItOneStretch() {
        at(0, START);
        at(20, BEAT);
        for (double second : new double[] {200, 300}) {
            Moment told = moment(second);
            entries.add(SolveEntry.at(new Moment(told.at(), told.upMs(), -1, boot), EntryKind.NOTE, "test")
                    .numbered(entries.size() + 1));
        }
        at(400, BEAT);
        assertThat(read(410).intervals()).singleElement().satisfies(each -> assertThat(each.length())
                .isEqualTo(seconds(380)));
    }

    @Test
    void aNewRunEndsWhatTheMachineLackedBefore() {
        at(0, START);
        at(10, DOWN);
        at(20, LOST);
        at(30, GONE);
        at(50, RUN);
        at(60, START);
        at(70, STOP);
        assertThat(read(75).intervals().stream().filter(each -> each.kind() != Kind.STOPPED))
                .hasSize(2)
                .allSatisfy(each -> {
                    assertThat(each.open()).isFalse();
                    assertThat(each.from().plus(each.length())).isEqualTo(seconds(50));
                });
    }

    @Test
    void aWatcherThatWasStoppedLeavesAGapThatSaysSo() {
        at(0, START);
        at(20, BEAT);
        // SIGSTOP, or a window that was killed: the computer ran on.
        at(400, BEAT);
        ClockReading clock = read(410);
        assertThat(clock.active()).isEqualTo(seconds(410));
        assertThat(clock.intervals()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo("unwatched-2");
            assertThat(each.from()).isEqualTo(seconds(20));
            assertThat(each.length()).isEqualTo(seconds(380));
        });
    }

    @Test
    void struckOutIsWhatAPersonSaysAndNoMore() {
        at(0, START);
        watched(30, 600);
        at(600, BEAT);
        change(at(610, IDLE).withMore(Map.of(SolveClock.SECONDS, "310")));
        change(at(630, ACTIVE).withMore(Map.of(SolveClock.SECONDS, "5")));
        String idle = read(640).intervals().getFirst().id();
        assertThat(read(640).adjusted()).isEqualTo(seconds(640));
        change(at(640, STRIKE).withAbout(idle).withText("lunch"));
        ClockReading struck = read(640);
        assertThat(struck.adjusted()).isEqualTo(seconds(640 - 325));
        assertThat(struck.active()).isEqualTo(seconds(640));
        assertThat(struck.intervals().getFirst().reason()).isEqualTo("lunch");
        assertThat(struck.intervals().getFirst().from()).isEqualTo(seconds(300));
        change(at(650, KEEP).withAbout(idle).withText("was reading"));
        assertThat(read(650).adjusted()).isEqualTo(seconds(650));
    }

    @Test
    void overlappingStretchesAreTakenOutOnceAndPausesNotAgain() {
        at(0, START);
        at(10, DOWN);
        change(at(20, IDLE).withMore(Map.of(SolveClock.SECONDS, "5")));
        at(30, STOP);
        at(50, START);
        at(60, UP);
        at(80, BEAT);
        read(80).intervals().stream()
                .filter(Interval::decidable)
                .map(Interval::id)
                .toList()
                .forEach(id -> change(at(80, STRIKE).withAbout(id).withText("no work")));
        ClockReading clock = read(80);
        assertThat(clock.active()).isEqualTo(seconds(60));
        // The machine was down from 10 to 60, of which 20 to the clock stood; idle lies within that.
        assertThat(clock.adjusted()).isEqualTo(seconds(60 - 30));
    }

    @Test
    void killedInspectStopsTheClockUntilARunGoesOn() {
        at(0, START);
        at(30, BEAT);
        at(45, GONE);
        assertThat(read(1_000).running()).isFalse();
        assertThat(read(1_000).active()).isEqualTo(seconds(45));
        assertThat(read(1_000).wall()).isEqualTo(seconds(45));
        at(1_000, RUN);
        at(1_100, START);
        at(1_120, BEAT);
        at(1_125, SUBMIT);
        at(1_130, ENDED);
        ClockReading clock = read(5_000);
        assertThat(clock.active()).isEqualTo(seconds(45 + 25));
        assertThat(clock.wall()).isEqualTo(seconds(1_125));
        assertThat(clock.intervals()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Kind.STOPPED);
            assertThat(each.length()).isEqualTo(seconds(1_055));
        });
    }

    @Test
    void anotherBootGoesOnByTheWallClockAndNeverBack() {
        at(0, START);
        at(30, STOP);
        boot = "two";
        bootAt = 500_000;
        at(600, START);
        at(620, STOP);
        assertThat(read(620).active()).isEqualTo(seconds(50));
        assertThat(read(620).wall()).isEqualTo(seconds(620));
        boot = "three";
        bootAt = 700_000;
        wallOff = -3_600_000;
        at(710, START);
        at(720, QUIT);
        assertThat(read(720).active()).isEqualTo(seconds(60));
        assertThat(read(720).wall()).isEqualTo(seconds(630));
    }
}
