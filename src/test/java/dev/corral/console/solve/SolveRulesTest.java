package dev.corral.console.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.page.Command;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveStory;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be done with a session by how far it is and what is left of it. */
@Tag("unit")
class SolveRulesTest {
    private static SolveStatus status(SolveState state) {
        List<SolveEntry> entries =
                List.of(SolveEntry.now(EntryKind.READY, "test").withMore(Map.of("sandbox", "box-1")));
        return new SolveStatus(
                new SolveSession(
                        "x-1", Instant.now(), "me", "/e.py", "ctf", "x", 1, "/cache", false, SolveOptions.usual()),
                state,
                ClockReading.none(),
                SolveStory.of(entries),
                List.of("box-1"),
                entries);
    }

    private static Map<Command, String> obstacles(SolveState state, boolean gone) {
        return Map.copyOf(SolveRules.selection(Optional.of(status(state)), "", one -> gone, Map.of())
                .obstacles());
    }

    @Test
    void aMachineThatARunLeftCanStillBeLookedInto() {
        assertThat(obstacles(SolveState.ENDED, false)).doesNotContainKey(SolveAction.MACHINE_SHELL);
        for (SolveState over : List.of(SolveState.ENDED, SolveState.FAILED, SolveState.INTERRUPTED)) {
            assertThat(obstacles(over, true)).containsEntry(SolveAction.MACHINE_SHELL, "Its machine is gone");
        }
        // A machine that is new may not have been seen yet.
        assertThat(obstacles(SolveState.STOPPED, true)).doesNotContainKey(SolveAction.MACHINE_SHELL);
    }

    @Test
    void aRunWhoseLogCouldNotBeReadYetCanBeResumed() {
        assertThat(obstacles(SolveState.INTERRUPTED, false)).doesNotContainKey(SolveAction.GO_ON);
        assertThat(obstacles(SolveState.ENDING, false)).containsKey(SolveAction.GO_ON);
    }
}
