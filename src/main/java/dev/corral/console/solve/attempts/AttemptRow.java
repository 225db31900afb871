package dev.corral.console.solve.attempts;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.AttemptsCsv;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An attempt as a row, its texts made plain. Pure.
 *
 * @param attempt  the attempt
 * @param who      the person's or the model's name
 * @param time     the time that it is compared by
 * @param wall     from the first start to the end; a model's: Inspect's own time of the sample
 * @param active   that without pauses; a person's only
 * @param adjusted that without what was struck out; a person's only
 * @param score    what the scorer said, or each scorer
 * @param look     whether that is right
 * @param status   how far it came, and what ended it otherwise
 * @param when     when it began
 */
record AttemptRow(
        Attempt attempt,
        String who,
        String time,
        String wall,
        String active,
        String adjusted,
        String score,
        Optional<StateStyle> look,
        String status,
        Optional<Instant> when) {

    static AttemptRow of(Attempt one) {
        Attempt.Times times = one.times();
        String kind = one.kind() == Attempt.Kind.PERSON ? "somebody" : "a model";
        return new AttemptRow(
                one,
                one.who().isBlank() ? kind : Texts.line(one.who()),
                words(one.compared()),
                words(one.kind() == Attempt.Kind.PERSON ? times.wall() : times.total()),
                words(times.active()),
                words(times.adjusted()),
                Texts.line(
                        one.scores().size() == 1
                                ? one.scores().values().iterator().next()
                                : AttemptsCsv.scores(one)),
                one.scores().isEmpty() ? Optional.empty() : Optional.of(look(one.right())),
                Texts.line(one.status() + (one.ended().isBlank() ? "" : ": " + one.ended())),
                instant(one.at()));
    }

    private static StateStyle look(Optional<Double> right) {
        return right.map(share -> share >= 1 ? StateStyle.READY : share <= 0 ? StateStyle.FAILED : StateStyle.CHANGING)
                .orElse(StateStyle.OFF);
    }

    /** Seconds as people write them; nothing where nobody knows. */
    static String words(Optional<Double> seconds) {
        return seconds.map(value -> Formats.phase(Duration.ofMillis(Math.round(value * 1000))))
                .orElse("");
    }

    // A log says it with an offset, a session in UTC; anything else is a hand-made log's.
    private static Optional<Instant> instant(String iso) {
        try {
            return iso.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a person made it. */
    boolean person() {
        return attempt.kind() == Attempt.Kind.PERSON;
    }

    /** What a screen reader says of it, and a tooltip. */
    String spoken() {
        return who + (person() ? ", a person" : ", a model") + ", " + Texts.line(attempt.sample())
                + (time.isEmpty() ? ", time not known" : ", " + time)
                + (score.isEmpty() ? ", not scored" : ", score " + score);
    }
}
