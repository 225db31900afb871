package dev.corral.core.solve.rubric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a rating. Nothing of it is ever changed: a correction is a new entry.
 *
 * @param at        when
 * @param by        who
 * @param kind      what
 * @param letter    the sample; empty if it is about all
 * @param criterion the criterion; empty if it is about none
 * @param before    the points before; empty if there were none
 * @param after     the points from then on
 * @param reason    why
 * @param seen      whether it had been told who solved what
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RatingEntry(
        Instant at,
        String by,
        Kind kind,
        String letter,
        String criterion,
        Optional<Double> before,
        Optional<Double> after,
        String reason,
        boolean seen) {
    /** Fills what is absent. */
    public RatingEntry {
        by = Objects.requireNonNullElse(by, "");
        letter = Objects.requireNonNullElse(letter, "");
        criterion = Objects.requireNonNullElse(criterion, "");
        reason = Objects.requireNonNullElse(reason, "");
        before = before == null ? Optional.empty() : before;
        after = after == null ? Optional.empty() : after;
    }

    /** What happened. The words are on disk and stay. */
    public enum Kind {
        /** Points were given. */
        GIVEN,
        /** The points of a sample were written into its log. */
        WRITTEN,
        /** It was told who solved what. */
        REVEALED;

        /** The word on disk. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that word; null for one of a later version. */
        @JsonCreator
        public static @Nullable Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            return null;
        }
    }
}
