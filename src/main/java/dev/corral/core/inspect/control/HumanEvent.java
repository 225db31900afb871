package dev.corral.core.inspect.control;

import java.time.Instant;

/**
 * Something that Inspect wrote down of a session: the clock started or stopped, a note, a score on the way.
 *
 * @param uuid   names it
 * @param at     when, by the wall clock
 * @param kind   what it is
 * @param text   the note, or the answer that was scored; untrusted
 * @param value  the score's value as text; empty for others
 * @param scorer whose score it is; empty for others
 */
public record HumanEvent(String uuid, Instant at, Kind kind, String text, String value, String scorer) {
    /** What it can be. */
    public enum Kind {
        /** The clock was started. */
        START,
        /** The clock was stopped. */
        STOP,
        /** A note. */
        NOTE,
        /** A score on the way. */
        SCORE
    }
}
