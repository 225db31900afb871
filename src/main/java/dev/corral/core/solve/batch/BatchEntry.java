package dev.corral.core.solve.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch's journal.
 *
 * @param at      when
 * @param kind    what; null for one of a later version
 * @param number  which sample of the batch, from 0; -1 if it is about none
 * @param session the session; empty if it is about none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BatchEntry(Instant at, @Nullable Kind kind, int number, String session) {
    /** What can happen. The words are on disk and stay for ever. */
    enum Kind {
        /** A session is about to begin; its name is decided. */
        BEGIN,
        /** A session was ended before anybody worked in it; its sample is as it was before. */
        PUT_BACK,
        /** A person leaves a sample out. */
        SKIP,
        /** A person wants nothing more to begin. */
        STOP,
        /** A person wants it to go on. */
        RESUME;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static @Nullable Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            return null;
        }
    }

    BatchEntry {
        session = Objects.requireNonNullElse(session, "");
    }

    static BatchEntry now(Kind kind, int number, String session) {
        return new BatchEntry(Instant.now(), kind, number, session);
    }
}
