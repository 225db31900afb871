package dev.corral.core.solve.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens when a session's active time is used up. The words are on disk and stay for ever. */
public enum AtLimit {
    /** The person is asked; nothing happens by itself. */
    ASK("ask", "you are asked what to do"),
    /** The clock is stopped, once. */
    STOP_CLOCK("pause the clock", "the clock is paused"),
    /** The answer that was checked or scored last is handed in; without one the clock is stopped. */
    HAND_IN("hand in the last answer that was checked", "the answer that was checked or scored last is handed in"),
    /** It is given up. */
    GIVE_UP("give up", "the session is given up");

    private final String choice;
    private final String consequence;

    AtLimit(String choice, String consequence) {
        this.choice = choice;
        this.consequence = consequence;
    }

    /** It as a choice, in words. */
    public String choice() {
        return choice;
    }

    /** What comes of it, as a half sentence. */
    public String consequence() {
        return consequence;
    }

    /** Whether it ends the session, machines and all. */
    public boolean ends() {
        return this == HAND_IN || this == GIVE_UP;
    }

    /** The word on disk. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that word; null for one of a later version. */
    @JsonCreator
    public static @Nullable AtLimit of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
