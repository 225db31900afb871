package dev.corral.core.solve;

import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A session at one moment.
 *
 * @param session   what stays the same of it
 * @param state     how far it is
 * @param clock     its times
 * @param story     what happened besides
 * @param sandboxes the ids of its sandboxes, oldest first
 * @param entries   the journal that this was read from, so that the clock can be read again a second later
 */
public record SolveStatus(
        SolveSession session,
        SolveState state,
        ClockReading clock,
        SolveStory story,
        List<String> sandboxes,
        List<SolveEntry> entries) {

    /** Reads it off a journal. */
    static SolveStatus of(
            SolveSession session,
            List<SolveEntry> entries,
            List<String> sandboxes,
            Function<ProcessIdentity, Life> lives) {
        SolveStory story = SolveStory.of(entries);
        boolean ended = story.live() && lives.apply(story.process().orElseThrow()) == Life.ENDED;
        ClockReading clock = SolveClock.read(entries, Moment.now());
        List<SolveEntry> seen = entries;
        if (ended && clock.running()) {
            // Nobody has written down yet that it ended, and no clock runs in a run that is over.
            seen = new ArrayList<>(entries);
            seen.add(SolveEntry.at(RunEnd.lastSeen(entries), EntryKind.GONE, "corral")
                    .numbered(entries.getLast().seq() + 1));
            clock = SolveClock.read(seen, Moment.now());
        }
        return new SolveStatus(session, state(story, clock, sandboxes, ended), clock, story, sandboxes, seen);
    }

    /** Its times as they are now. */
    public ClockReading clockNow() {
        return SolveClock.read(entries, Moment.now());
    }

    /** The sandbox that it works in now; empty while there is none. */
    public String sandbox() {
        return !story.sandbox().isEmpty() ? story.sandbox() : sandboxes.isEmpty() ? "" : sandboxes.getLast();
    }

    private static SolveState state(SolveStory story, ClockReading clock, List<String> sandboxes, boolean ended) {
        if (story.over().isPresent()) {
            if (story.over().get() == EntryKind.GONE) {
                return SolveState.INTERRUPTED;
            }
            boolean came = story.given().isPresent()
                    || !story.log().isEmpty() && !story.status().equals("error");
            return came ? SolveState.ENDED : SolveState.FAILED;
        }
        if (story.process().isEmpty()) {
            return SolveState.FAILED;
        }
        if (ended) {
            return story.given().isPresent() ? SolveState.ENDING : SolveState.INTERRUPTED;
        }
        if (story.given().isPresent()) {
            return SolveState.ENDING;
        }
        if (!story.ready()) {
            return sandboxes.isEmpty() ? SolveState.STARTING : SolveState.BOOTING;
        }
        return clock.running() ? SolveState.RUNNING : SolveState.STOPPED;
    }
}
