package dev.corral.core.solve.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an entry of a session's journal tells. The words are on disk and stay for ever. */
public enum EntryKind {
    /** A run of Inspect began, or one that somebody else began was joined. */
    RUN,
    /** Its machine is up, and its human agent listens. */
    READY,
    /** The clock was started. */
    START,
    /** The clock was stopped. */
    STOP,
    /** A note. */
    NOTE,
    /** An answer was scored on the way. */
    SCORE,
    /** An answer's form was checked. */
    VALIDATE,
    /** The answer was handed in. */
    SUBMIT,
    /** It was given up. */
    QUIT,
    /** No key was pressed in the machine for a while. */
    IDLE,
    /** A key was pressed again. */
    ACTIVE,
    /** The machine does not run. */
    DOWN,
    /** It runs again. */
    UP,
    /** The machine runs, but can't be reached. */
    LOST,
    /** It can be reached again. */
    FOUND,
    /** The guest was started anew between two looks. */
    REBOOTED,
    /** Everything was as before. */
    BEAT,
    /** A machine was handed over to somebody outside. */
    HANDED,
    /** That ends at another time. */
    EXTENDED,
    /** It was taken back. */
    TAKEN_BACK,
    /** Its time is over, or its machine gone. */
    HAND_OVER_ENDED,
    /** Who it was handed over to opened a terminal. */
    CAME,
    /** That terminal is closed. */
    LEFT,
    /** A person says that an interval does not count. */
    STRIKE,
    /** A person says that it does. */
    KEEP,
    /** Inspect ended without an ending of its run. */
    GONE,
    /** The run has ended. */
    ENDED,
    /** What its log says. */
    RESULT,
    /** The clock was written into the log. */
    LOGGED,
    /** Something went wrong. */
    FAULT,
    /** The log of a killed run was recovered. */
    RECOVERED,
    /** The recordings in the machine were brought here. */
    FETCHED,
    /** The limit of active time comes near, is reached, or something is done about that. */
    LIMIT;

    /** The word on disk. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that word; null for one of a later version. */
    @JsonCreator
    public static @Nullable EntryKind of(String word) {
        for (EntryKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
