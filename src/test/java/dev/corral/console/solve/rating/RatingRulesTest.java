package dev.corral.console.solve.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.RatingEntry;
import dev.corral.core.solve.rubric.Rubric;
import dev.corral.core.solve.rubric.Rubric.Criterion;
import dev.corral.core.solve.rubric.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done with a rating, and the words for how far it is. */
@Tag("unit")
class RatingRulesTest {
    private static final Criterion CAUSE = new Criterion("cause", "", 3, false);
    private static final Criterion SAFE = new Criterion("safe", "", 1, true);

    private static RatingEntry given(double points) {
        return new RatingEntry(
                Instant.EPOCH,
                "ada",
                RatingEntry.Kind.GIVEN,
                "A",
                "cause",
                Optional.empty(),
                Optional.of(points),
                "It does.",
                false);
    }

    private static RatingView view(Optional<List<Rating.Item>> told, Standing... standings) {
        return new RatingView(
                new Rating(
                        "r-00000001",
                        Instant.EPOCH,
                        "ada",
                        1,
                        new Rubric("Report", "", "rubric", false, List.of(CAUSE, SAFE)),
                        List.of()),
                List.of(standings),
                List.of(),
                told);
    }

    private static Standing standing(String letter, boolean complete, boolean written) {
        return new Standing(
                letter, complete ? Map.of("cause", given(2)) : Map.of(), complete ? 2 : 0, 4, complete, written);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,3", "2.5,2.5", "'1,25',1.25", "' 2 ',2"})
    void pointsAreTyped(String text, double points) {
        assertThat(RatingRules.typed(text, CAUSE)).contains(points);
    }

    @ParameterizedTest
    @CsvSource({"''", "-1", "3.01", "1.234", "NaN", "1e1", "0x1p1", "2d", "all", "'2 of 3'"})
    void whatCanNotBeGivenIsNoPoints(String text) {
        assertThat(RatingRules.typed(text, CAUSE)).isEmpty();
    }

    @Test
    void theNextOneIsTheNextThatIsOpenAndThenTheFirst() {
        RatingView view = view(
                Optional.empty(), standing("A", false, false), standing("B", true, false), standing("C", false, false));
        assertThat(view.next("A")).contains("C");
        assertThat(view.next("C")).contains("A");
        assertThat(view.next("")).contains("A");
        assertThat(view(Optional.empty(), standing("A", true, true)).next("A")).isEmpty();
    }

    @Test
    void howFarItIsSaysWhatTheLogsLack() {
        RatingView view = view(
                Optional.empty(), standing("A", true, true), standing("B", true, false), standing("C", false, false));
        assertThat(RatingRules.progress(view)).isEqualTo("2 of 3 samples rated, 1 not in the logs yet");
        assertThat(view.standings())
                .extracting(one -> RatingRules.state(view, one))
                .containsExactly("in the log", "rated", "0 of 2");
        assertThat(view.standings()).extracting(RatingRules::points).containsExactly("2 of 4", "2 of 4", "");
    }

    @Test
    void commandsSayWhyTheyMakeNoSense() {
        assertThat(RatingRules.obstacles(Optional.empty(), ""))
                .containsOnlyKeys(RatingAction.WRITE, RatingAction.REVEAL);
        RatingView open = view(Optional.empty(), standing("A", false, false));
        assertThat(RatingRules.obstacles(Optional.of(open), ""))
                .isEqualTo(Map.of(RatingAction.WRITE, "No sample has all its points yet"));
        RatingView rated = view(Optional.empty(), standing("A", true, false));
        assertThat(RatingRules.obstacles(Optional.of(rated), "")).isEmpty();
        assertThat(RatingRules.obstacles(Optional.of(rated), "Writing into the logs"))
                .containsOnlyKeys(RatingAction.NEW, RatingAction.WRITE, RatingAction.REVEAL)
                .containsValue("Writing into the logs");
        RatingView told = view(Optional.of(List.of()), standing("A", true, true));
        assertThat(RatingRules.obstacles(Optional.of(told), ""))
                .isEqualTo(Map.of(
                        RatingAction.WRITE, "The logs have all that is rated", RatingAction.REVEAL, "It was told"));
    }

    @Test
    void whoSolvedItIsSaidOnlyOnceThatWasTold() {
        Rating.Item item = new Rating.Item("A", "/a.eval", "one", 1, "web", "Grace", true, "");
        assertThat(view(Optional.empty(), standing("A", true, true)).who("A")).isEmpty();
        assertThat(view(Optional.of(List.of(item)), standing("A", true, true)).who("A"))
                .isEqualTo("Grace, web/one");
    }

    @Test
    void whatWasGivenIsALineOfItsOwn() {
        assertThat(RatingRules.given(given(2), CAUSE)).isEqualTo("2 of 3 by ada: It does.");
        assertThat(RatingRules.given(given(0), SAFE)).isEqualTo("Fail by ada: It does.");
        assertThat(RatingRules.told(given(2))).endsWith(", ada  A cause 2: It does.");
    }

    private static LogRow log(String problem, String status, boolean golden) {
        return new LogRow(
                "/logs/2026.eval",
                problem,
                "web",
                "",
                "openai/gpt-5",
                "react",
                "2026-11-27T09:28:40+00:00",
                status,
                "",
                "Grace",
                "",
                golden,
                Map.of(),
                false,
                List.of());
    }

    @Test
    void aLogIsOfferedWithoutWhoSolvedItAndOnlyIfItCanBeRated() {
        LogChoice choice = LogChoice.of(log("", "success", false));
        assertThat(choice.words()).isEqualTo("2026-11-27 09:28  web, 0 samples");
        assertThat(choice.toString()).doesNotContain("Grace").doesNotContain("gpt");
        assertThat(choice.problem()).contains("no sample came to an end");
        assertThat(LogChoice.of(log("", "started", false)).problem()).contains("its run has not ended");
        assertThat(LogChoice.of(log("", "success", true)).problem()).contains("it is the check of a golden run");
        assertThat(LogChoice.of(log("it is torn", "", false)).problem()).contains("it is torn");
    }
}
