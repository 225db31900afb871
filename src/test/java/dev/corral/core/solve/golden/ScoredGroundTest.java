package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveStory;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run that is over says of the answer, and when it says nothing. */
@Tag("unit")
class ScoredGroundTest {
    private static SolveStatus status(SolveState state, Map<String, String> ended, SolveEntry... before) {
        SolveSession session = new SolveSession(
                "s-1",
                Instant.now(),
                "golden run",
                "/e.py",
                "t",
                "s",
                1,
                "",
                false,
                SolveOptions.usual(),
                SolveSession.GOLDEN);
        List<SolveEntry> entries = new ArrayList<>(List.of(before));
        entries.add(SolveEntry.now(EntryKind.ENDED, "inspect").withMore(ended));
        return new SolveStatus(
                session,
                state,
                SolveClock.read(entries, Moment.now()),
                SolveStory.of(entries),
                List.of("box"),
                entries);
    }

    private static SolveEntry result(Map<String, String> facts) {
        return SolveEntry.now(EntryKind.RESULT, "inspect").withMore(facts);
    }

    @Test
    void scoresAreThoseOfTheLog() {
        Map<String, String> ended = Map.of("status", "success", "log", "/l.eval");
        assertThat(ScoredGround.outcome(
                        status(SolveState.ENDED, ended, result(Map.of("score:includes", "I", "status", "success")))))
                .isEqualTo(new GoldenGround.Outcome(true, Map.of("includes", "I"), ""));
        assertThat(ScoredGround.outcome(status(SolveState.ENDED, ended)).why()).contains("no scorer");
    }

    @Test
    void aScorerThatBrokeSaysNothingAboutTheAnswer() {
        Map<String, String> error = Map.of("status", "error", "log", "/l.eval");
        SolveEntry fault = SolveEntry.now(EntryKind.FAULT, "inspect").withText("the scorer broke.");
        unscored(status(SolveState.ENDED, error, fault), "The answer could not be scored: the scorer broke.");
        unscored(status(SolveState.ENDED, error), "the status error");
        unscored(status(SolveState.ENDED, Map.of("status", "success", "log", "")), "no log");
        unscored(
                status(SolveState.INTERRUPTED, error, result(Map.of("score:includes", "C"))),
                SolveState.INTERRUPTED.words());
    }

    private static void unscored(SolveStatus status, String why) {
        assertThatThrownBy(() -> ScoredGround.outcome(status))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining(why);
    }
}
