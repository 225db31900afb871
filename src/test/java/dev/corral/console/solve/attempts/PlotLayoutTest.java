package dev.corral.console.solve.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.solve.attempts.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the times of attempts lie. */
@Tag("unit")
class PlotLayoutTest {

    /** An attempt of so many seconds. */
    static Attempt attempt(Attempt.Kind kind, String who, String sample, double seconds, String score) {
        boolean person = kind == Attempt.Kind.PERSON;
        Optional<Double> time = seconds < 0 ? Optional.empty() : Optional.of(seconds);
        return new Attempt(
                kind,
                who,
                "ctf",
                sample,
                1,
                person ? "ended" : "success",
                score.isEmpty() ? Map.of() : Map.of("includes", score),
                new Attempt.Times(
                        person ? time.map(value -> value * 2) : Optional.empty(),
                        person ? time : Optional.empty(),
                        person ? time : Optional.empty(),
                        person ? Optional.empty() : time.map(value -> value * 3),
                        person ? Optional.empty() : time),
                person ? Optional.of(12) : Optional.empty(),
                person ? Optional.empty() : Optional.of(7),
                person ? who + "-session" : "",
                "/logs/" + who + ".eval",
                "2026-01-01T00:00:00+01:00",
                "");
    }

    private static Attempt person(double seconds, String score) {
        return attempt(Attempt.Kind.PERSON, "ada", "s1", seconds, score);
    }

    @Test
    void peopleAndModelsHaveALaneEachWithAMedianOfTheirOwn() {
        PlotLayout plot = PlotLayout.of(List.of(
                attempt(Attempt.Kind.MODEL, "m", "s1", 60, "I"),
                person(600, "C"),
                person(1200, "I"),
                person(300, "C")));
        assertThat(plot.lanes())
                .extracting(PlotLayout.Lane::kind)
                .containsExactly(Attempt.Kind.PERSON, Attempt.Kind.MODEL);
        PlotLayout.Lane people = plot.lanes().getFirst();
        assertThat(people.points()).extracting(PlotLayout.Point::right).containsExactly(true, true, false);
        assertThat(people.medianText()).isEqualTo("10m 00s");
        assertThat(people.median()).isEqualTo(people.points().get(1).at());
        assertThat(plot.ticks())
                .extracting(PlotLayout.Tick::text)
                .containsExactly("0", "5 min", "10 min", "15 min", "20 min", "25 min");
        assertThat(plot.ticks().getLast().at()).isEqualTo(1.0);
        assertThat(people.points().getLast().at()).isEqualTo(0.8);
        assertThat(plot.spoken()).contains("people: 3, median 10m 00s").contains("models: 1, median 60.0 s");
    }

    @Test
    void equalTimesLieAboveEachOtherAndSoManyAreNoTower() {
        List<Attempt> many = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            many.add(person(30, "C"));
        }
        PlotLayout plot = PlotLayout.of(many);
        assertThat(plot.lanes().getFirst().points())
                .hasSize(PlotLayout.MOST_POINTS)
                .allMatch(point -> point.level() < PlotLayout.MOST_LEVELS);
        assertThat(plot.lanes().getFirst().points())
                .extracting(PlotLayout.Point::level)
                .startsWith(0, 1, 2, 3, 3);
        assertThat(plot.left()).isEqualTo(100);
    }

    @Test
    void withoutATimeThereIsNothingToDraw() {
        PlotLayout plot = PlotLayout.of(List.of(person(-1, "")));
        assertThat(plot.lanes()).isEmpty();
        assertThat(plot.left()).isEqualTo(1);
        assertThat(plot.spoken()).isEqualTo("No attempt has a time");
        PlotLayout instant = PlotLayout.of(List.of(person(0, "C")));
        assertThat(instant.lanes().getFirst().points().getFirst().at()).isZero();
        assertThat(instant.ticks()).hasSize(2);
    }

    @Test
    void daysAndFractionsOfASecondHaveTicksThatCanBeRead() {
        assertThat(PlotLayout.of(List.of(person(0.25, "C"))).ticks())
                .extracting(PlotLayout.Tick::text)
                .containsExactly("0", "0.1 s", "0.2 s", "0.3 s");
        assertThat(PlotLayout.of(List.of(person(20 * 86_400.0, "C"))).ticks().size())
                .isLessThanOrEqualTo(8);
        assertThat(PlotLayout.of(List.of(person(9_000, "C"))).ticks())
                .extracting(PlotLayout.Tick::text)
                .contains("30 min", "1 h", "1 h 30 min");
    }
}
