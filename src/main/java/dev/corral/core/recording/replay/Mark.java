package dev.corral.core.recording.replay;

import java.util.Locale;

/**
 * A place in a recording that somebody may want to go to.
 *
 * @param micros when, in microseconds since its beginning
 * @param kind   what
 * @param text   what it says: the command, the note
 */
public record Mark(long micros, Kind kind, String text) {
    /** What is marked. */
    public enum Kind {
        /** A command was entered, as far as prompts tell. */
        COMMAND,
        /** A note of the person's. */
        NOTE,
        /** A scoring. */
        SCORE,
        /** Anything else. */
        MARKER
    }

    private static final int LONGEST = 2000;

    /** What a marker's label says: {@code note: ...}, {@code score: ...}, {@code command: ...} or anything. */
    static Mark of(long micros, String label) {
        String text = label.length() > LONGEST ? label.substring(0, LONGEST) : label;
        for (Kind kind : Kind.values()) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
            if (text.startsWith(prefix)) {
                return new Mark(micros, kind, text.substring(prefix.length()).strip());
            }
        }
        return new Mark(micros, Kind.MARKER, text.strip());
    }
}
