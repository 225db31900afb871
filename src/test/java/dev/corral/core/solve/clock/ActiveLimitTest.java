package dev.corral.core.solve.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.solve.journal.AtLimit;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session whose journal and moments the test writes: what it is told of its limit, and when something is done about that. */
@Tag("unit")
class ActiveLimitTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private final List<SolveEntry> journal = new ArrayList<>();
    private long up = 1_000_000;
    private long run = 500_000;
    private String boot = "b1";

    ActiveLimitTest() {
        happens(EntryKind.RUN);
    }

    private Moment now() {
        return new Moment(BEGIN.plusMillis(up), up, run, boot);
    }

    private void happens(EntryKind kind) {
        journal.add(SolveEntry.at(now(), kind, "test").numbered(journal.size() + 1));
    }

    private void passes(long seconds) {
        up += seconds * 1000;
        run += seconds * 1000;
    }

    private void sleeps(long seconds) {
        up += seconds * 1000;
    }

    private ActiveLimit limit(int seconds, AtLimit then) {
        return ActiveLimit.of(SolveOptions.usual().withActiveLimit(seconds, then), journal, now())
                .orElseThrow();
    }

    // Looks as a watcher does each second, for so long.
    private List<String> watched(long seconds, int most, AtLimit then) {
        List<String> told = new ArrayList<>();
        for (long i = 0; i < seconds; i++) {
            passes(1);
            ActiveLimit limit = limit(most, then);
            limit.due("test").ifPresent(entry -> {
                journal.add(entry.numbered(journal.size() + 1));
                told.add(entry.text());
            });
            if (limit(most, then).acts()) {
                told.add("acts");
                journal.add(limit(most, then).action("test", "does").numbered(journal.size() + 1));
            }
        }
        return told;
    }

    @Test
    void aSessionWithoutOneHasNone() {
        assertThat(ActiveLimit.of(SolveOptions.usual(), journal, now())).isEmpty();
    }

    @Test
    void itIsWarnedOfTwiceAndPausesDoNotCount() {
        happens(EntryKind.START);
        assertThat(watched(2_000, 3_600, AtLimit.ASK)).isEmpty();
        happens(EntryKind.STOP);
        assertThat(watched(9_000, 3_600, AtLimit.ASK)).isEmpty();
        assertThat(limit(3_600, AtLimit.ASK).left()).isEqualTo(Duration.ofSeconds(1_600));
        happens(EntryKind.START);
        assertThat(watched(1_599, 3_600, AtLimit.ASK))
                .containsExactly(
                        "10 min left of the limit of 1:00:00 of active time.",
                        "2 min left of the limit of 1:00:00 of active time.");
        assertThat(limit(3_600, AtLimit.ASK).reached()).isFalse();
        assertThat(watched(600, 3_600, AtLimit.ASK)).containsExactly("The limit of 1:00:00 of active time is reached.");
        assertThat(limit(3_600, AtLimit.ASK).left()).isEqualTo(Duration.ofSeconds(-599));
    }

    @Test
    void whatWasChosenIsDoneOnceAtTheMoment() {
        happens(EntryKind.START);
        assertThat(watched(1_199, 1_200, AtLimit.STOP_CLOCK)).hasSize(2);
        assertThat(watched(1, 1_200, AtLimit.STOP_CLOCK))
                .containsExactly("The limit of 0:20:00 of active time is reached; then the clock is paused.", "acts");
        happens(EntryKind.STOP);
        passes(300);
        happens(EntryKind.START);
        assertThat(watched(300, 1_200, AtLimit.STOP_CLOCK))
                .as("whoever starts the clock again goes on")
                .isEmpty();
    }

    @Test
    void whatCouldNotBeDoneIsTriedAgainAFewTimes() {
        happens(EntryKind.START);
        assertThat(watched(1_199 + 62, 1_200, AtLimit.GIVE_UP))
                .filteredOn("acts"::equals)
                .hasSize(2);
        assertThat(watched(900, 1_200, AtLimit.GIVE_UP))
                .filteredOn("acts"::equals)
                .hasSize(3);
    }

    @Test
    void whoSleptPastTheEndIsToldFirstAndHasTwoMinutes() {
        happens(EntryKind.START);
        watched(700, 1_200, AtLimit.GIVE_UP);
        sleeps(30_000);
        assertThat(watched(119, 1_200, AtLimit.GIVE_UP))
                .containsExactly(
                        "The limit of 0:20:00 of active time is reached. In 2 min the session is given up, unless the clock is "
                                + "paused.");
        assertThat(watched(3, 1_200, AtLimit.GIVE_UP)).containsExactly("acts");
    }

    @Test
    void whoPausesInTimeLosesNothing() {
        happens(EntryKind.START);
        watched(700, 1_200, AtLimit.HAND_IN);
        sleeps(30_000);
        watched(60, 1_200, AtLimit.HAND_IN);
        happens(EntryKind.STOP);
        assertThat(watched(600, 1_200, AtLimit.HAND_IN)).isEmpty();
        happens(EntryKind.START);
        assertThat(watched(3_600, 1_200, AtLimit.HAND_IN))
                .as("who goes on after a pause goes on over the limit")
                .isEmpty();
    }

    @Test
    void whoComesBackFromAPauseJustBeforeTheEndIsWarnedAnew() {
        happens(EntryKind.START);
        watched(1_170, 1_200, AtLimit.GIVE_UP);
        happens(EntryKind.STOP);
        passes(40_000);
        happens(EntryKind.START);
        assertThat(watched(149, 1_200, AtLimit.GIVE_UP))
                .containsExactly(
                        "The limit of 0:20:00 of active time is reached. In 2 min the session is given up, unless the clock is "
                                + "paused.");
        assertThat(watched(3, 1_200, AtLimit.GIVE_UP)).containsExactly("acts");
    }

    @Test
    void whoLooksForTheFirstTimeIsToldWhatIsStillToBeAnswered() {
        happens(EntryKind.START);
        watched(700, 1_200, AtLimit.GIVE_UP);
        sleeps(30_000);
        watched(5, 1_200, AtLimit.GIVE_UP);
        assertThat(unheard(AtLimit.GIVE_UP)).containsExactly("0");
        happens(EntryKind.STOP);
        assertThat(unheard(AtLimit.GIVE_UP)).as("the clock stands").isEmpty();
        happens(EntryKind.START);
        assertThat(unheard(AtLimit.GIVE_UP)).as("a pause was the answer").isEmpty();
        happens(EntryKind.RUN);
        happens(EntryKind.START);
        assertThat(unheard(AtLimit.GIVE_UP)).as("a new run is told anew").isEmpty();
    }

    private List<String> unheard(AtLimit then) {
        List<SolveEntry> told = journal.stream()
                .filter(entry -> entry.kind() == EntryKind.LIMIT)
                .toList();
        return told.subList(limit(1_200, then).unheard(told), told.size()).stream()
                .map(entry -> entry.fact(ActiveLimit.AT))
                .toList();
    }

    @Test
    void afterAKillTheTimeAlreadyUsedCountsAndItIsToldAnew() {
        happens(EntryKind.START);
        watched(700, 1_200, AtLimit.GIVE_UP);
        happens(EntryKind.GONE);
        passes(50_000);
        boot = "b2";
        up = 100_000_000;
        happens(EntryKind.RUN);
        happens(EntryKind.START);
        assertThat(limit(1_200, AtLimit.GIVE_UP).left()).isEqualTo(Duration.ofSeconds(500));
        assertThat(watched(1, 1_200, AtLimit.GIVE_UP))
                .singleElement()
                .asString()
                .startsWith("8 min left of the limit");
        assertThat(watched(498, 1_200, AtLimit.GIVE_UP)).hasSize(1);
        assertThat(watched(1, 1_200, AtLimit.GIVE_UP))
                .containsExactly(
                        "The limit of 0:20:00 of active time is reached; then the session is given up.", "acts");
    }

    @Test
    void aShortOneIsWarnedOfAtItsHalf() {
        happens(EntryKind.START);
        assertThat(watched(60, 60, AtLimit.GIVE_UP))
                .containsExactly(
                        "30 s left of the limit of 0:01:00 of active time; then the session is given up.",
                        "The limit of 0:01:00 of active time is reached; then the session is given up.",
                        "acts");
    }

    @Test
    void theLastAnswerThatWasFitIsTheOne() {
        assertThat(ActiveLimit.lastAnswer(journal)).isEmpty();
        journal.add(SolveEntry.at(now(), EntryKind.SCORE, "inspect").withText("first"));
        journal.add(SolveEntry.at(now(), EntryKind.VALIDATE, "test")
                .withText("second")
                .withMore(Map.of("said", "null")));
        journal.add(SolveEntry.at(now(), EntryKind.VALIDATE, "test")
                .withText("bad")
                .withMore(Map.of("said", "FAILED: no")));
        journal.add(SolveEntry.at(now(), EntryKind.SCORE, "inspect").withText("what the scorer took out of it"));
        assertThat(ActiveLimit.lastAnswer(journal)).contains("second");
    }
}
