package dev.corral.core.solve.attempts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt at a sample. All texts are others' and untrusted.
 *
 * @param kind     who tried
 * @param who      the person's or the model's name
 * @param task     the task's name
 * @param sample   the sample's id
 * @param epoch    the epoch, from 1
 * @param status   how far it came: a session's state, or Inspect's word, {@code error} where the sample itself had one
 * @param scores   by the scorers' names
 * @param times    how long it took
 * @param commands how many commands were entered in recorded terminals; empty where none is recorded
 * @param messages how many messages the conversation with the model has; empty where that is not told
 * @param session  the session; empty if there is none
 * @param log      the log; empty if there is none
 * @param at       when it began, in ISO's form; empty where that is not told
 * @param ended    what ended it otherwise: an error or a limit; empty if nothing did
 */
public record Attempt(
        Kind kind,
        String who,
        String task,
        String sample,
        int epoch,
        String status,
        Map<String, String> scores,
        Times times,
        Optional<Integer> commands,
        Optional<Integer> messages,
        String session,
        String log,
        String at,
        String ended) {
    /** Who tries. */
    public enum Kind {
        /** A person. */
        PERSON,
        /** A model. */
        MODEL;

        /** The word in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the map. */
    public Attempt {
        scores = Map.copyOf(scores);
    }

    /**
     * How long it took, in seconds; empty where nobody knows.
     *
     * @param wall     of a person: from the first start of the clock to the end
     * @param active   that without pauses
     * @param adjusted that without what was struck out
     * @param total    Inspect's own time of the sample
     * @param working  that without waiting
     */
    public record Times(
            Optional<Double> wall,
            Optional<Double> active,
            Optional<Double> adjusted,
            Optional<Double> total,
            Optional<Double> working) {
        /** The one that attempts are compared by: a person's adjusted time, a model's working time. */
        Optional<Double> compared(Kind kind) {
            return kind == Kind.PERSON ? adjusted : working.or(() -> total);
        }
    }

    /** The time that it is compared by, in seconds. */
    public Optional<Double> compared() {
        return times.compared(kind);
    }

    /**
     * Whether it was right, by its first score in the order of the scorers' names, as Inspect counts: C is 1, P a half, I and N are 0, a
     * number is itself. Empty without such a score.
     */
    public Optional<Double> right() {
        return scores.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .flatMap(value -> value(value).stream())
                .findFirst();
    }

    private static Optional<Double> value(String score) {
        return switch (score) {
            case "C", "true" -> Optional.of(1.0);
            case "P" -> Optional.of(0.5);
            case "I", "N", "false" -> Optional.of(0.0);
            default -> number(score);
        };
    }

    private static Optional<Double> number(String score) {
        try {
            return Optional.of(Double.parseDouble(score)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
