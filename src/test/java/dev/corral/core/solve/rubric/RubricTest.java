package dev.corral.core.solve.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveJournal;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.rubric.Rating.Item;
import dev.corral.core.solve.rubric.RatingEntry.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rubrics as people write them, what a rater sees, and what is kept of what they gave. */
@Tag("unit")
class RubricTest {
    private static final String RUBRIC = """
            {"name": "Report", "criteria": [
              {"name": "cause", "text": "Names it", "points": 3},
              {"name": "safe", "pass_fail": true}]}
            """;

    @TempDir
    private Path home;

    private static Rubric rubric(String text) {
        return Rubric.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Ratings ratings() {
        return new Ratings(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
    }

    private Rating rating() {
        Rating rating = new Rating(
                RatingStore.newId(),
                Instant.now(),
                "me",
                7,
                rubric(RUBRIC),
                List.of(
                        new Item("A", "/logs/a.eval", "one", 1, "ctf", "Ann Miller", true, "one-00000001"),
                        new Item("B", "/logs/b.eval", "one", 1, "ctf", "openai/gpt-9", false, "")));
        new RatingStore(new Environment(Map.of("XDG_STATE_HOME", home.toString()))).create(rating);
        return rating;
    }

    @Test
    void aRubricHasItsCriteriaAndTheirPoints() {
        Rubric rubric = rubric(RUBRIC);
        assertThat(rubric.points()).isEqualTo(4);
        assertThat(rubric.scorer()).isEqualTo("rubric");
        assertThat(rubric.criterion("safe").passFail()).isTrue();
        assertThatThrownBy(() -> rubric.criterion("speed")).hasMessageContaining("no criterion speed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"criteria\": []}",
                "{\"criteria\": [{\"name\": \"a\"}]}",
                "{\"criteria\": [{\"name\": \"a b\", \"points\": 1}]}",
                "{\"criteria\": [{\"name\": \"a\", \"points\": 0}]}",
                "{\"criteria\": [{\"name\": \"a\", \"points\": \"3\"}]}",
                "{\"criteria\": [{\"name\": \"a\", \"points\": 1e9}]}",
                "{\"criteria\": [{\"name\": \"a\", \"point\": 3, \"pass_fail\": true}]}",
                "{\"criteria\": [{\"name\": \"a\", \"points\": 1}, {\"name\": \"a\", \"points\": 1}]}",
                "{\"scorer\": \"a b\", \"criteria\": [{\"name\": \"a\", \"points\": 1}]}",
                "{\"replace\": \"yes\", \"criteria\": [{\"name\": \"a\", \"points\": 1}]}",
                "{\"criteria\": [{\"name\": \"a\", \"points\": 1}]} {}",
                "{\"criteria\": [{\"name\": \"a\", \"points\": 1, \"points\": 2}]}"
            })
    void aSlipInARubricIsSaid(String text) {
        assertThatThrownBy(() -> rubric(text))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageStartingWith("The rubric can't be used: ");
    }

    @Test
    void aCorrectionIsANewEntryThatSaysWhatWasBefore() {
        Ratings ratings = ratings();
        Rating rating = rating();
        ratings.give(rating, "a", "cause", 2.5, "Close.", "me");
        ratings.give(rating, "A", "cause", 1, "On second thought.", "boss");
        Standing standing = ratings.give(rating, "A", "safe", 1, "Stopped nothing.", "me");
        assertThat(standing.complete()).isTrue();
        assertThat(standing.points()).isEqualTo(2);
        assertThat(standing.share()).isEqualTo(0.5);
        List<RatingEntry> history = ratings.history(ratings.find(rating.id()));
        assertThat(history).hasSize(3);
        assertThat(history.get(0).before()).isEmpty();
        assertThat(history.get(1).before()).contains(2.5);
        assertThat(history.get(1).after()).contains(1.0);
        assertThat(history.get(1).by()).isEqualTo("boss");
        assertThat(history).allMatch(entry -> !entry.seen());
        assertThat(ratings.standings(rating).get(1).given()).isEmpty();
    }

    @Test
    void whatCanNotBeGivenIsSaidAndNotKept() {
        Ratings ratings = ratings();
        Rating rating = rating();
        for (double points : new double[] {-1, 3.001, 4, Double.NaN, Double.POSITIVE_INFINITY, 1.005}) {
            assertThatThrownBy(() -> ratings.give(rating, "A", "cause", points, "x", "me"))
                    .as(Double.toString(points))
                    .isInstanceOf(ExpectedFailure.class);
        }
        assertThatThrownBy(() -> ratings.give(rating, "A", "safe", 0.5, "x", "me"))
                .hasMessageContaining("pass or fail");
        assertThatThrownBy(() -> ratings.give(rating, "A", "cause", 1, " ", "me"))
                .hasMessageContaining("no reason");
        assertThatThrownBy(() -> ratings.give(rating, "C", "cause", 1, "x", "me"))
                .hasMessageContaining("nothing called C");
        assertThat(ratings.history(rating)).isEmpty();
    }

    @Test
    void everyNumberOfTwoDecimalsCanBeGiven() {
        Rubric.Criterion criterion = rubric(RUBRIC).criterion("cause");
        for (int hundredths = 0; hundredths <= 300; hundredths++) {
            criterion.check(Double.parseDouble(hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10));
        }
    }

    @Test
    void whoSolvedItIsToldWhenAllIsRatedAndLaterWordsSayThatItWasKnown() {
        Ratings ratings = ratings();
        Rating rating = rating();
        assertThatThrownBy(() -> ratings.reveal(rating, false, "me"))
                .hasMessageContaining("Not everything is rated: A, B");
        for (String letter : List.of("A", "B")) {
            ratings.give(rating, letter, "cause", 3, "x", "me");
            ratings.give(rating, letter, "safe", 0, "x", "me");
        }
        assertThat(ratings.reveal(rating, false, "me")).extracting(Item::who).contains("openai/gpt-9");
        ratings.give(rating, "A", "cause", 2, "x", "me");
        assertThat(ratings.history(rating).getLast().seen()).isTrue();
        assertThat(ratings.history(rating)).extracting(RatingEntry::kind).contains(Kind.REVEALED);
    }

    @Test
    void whomTheMachineWasHandedOverToIsToldInTheEnd() throws Exception {
        SolveStore sessions = new SolveStore(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
        SolveJournal journal = sessions.create(new SolveSession(
                        "one-00000001",
                        Instant.now(),
                        "me",
                        "/e.py",
                        "ctf",
                        "one",
                        1,
                        "/tmp",
                        false,
                        SolveOptions.usual()))
                .folder()
                .journal();
        for (String who : List.of("Bob Ray", "Eve Low")) {
            journal.append(SolveEntry.now(EntryKind.HANDED, "me").withMore(Map.of("who", who)));
        }
        journal.append(SolveEntry.now(EntryKind.CAME, "Bob Ray").withMore(Map.of("who", "Bob Ray")));
        Rating rating = rating();
        Helpers helpers = new Helpers(new Environment(Map.of("XDG_STATE_HOME", home.toString())));
        assertThat(helpers.handed(rating.item("A"))).as("blinded").containsExactly("Bob Ray", "Eve Low");
        assertThat(helpers.handed(rating.item("B"))).isEmpty();
        assertThat(ratings().reveal(rating, true, "me"))
                .extracting(Item::who)
                .containsExactly("Ann Miller with Bob Ray", "openai/gpt-9");
    }

    @Test
    void aRaterSeesTheSameFormAndNoNames() {
        List<String> names = new ArrayList<>(Blind.names("Ann Miller"));
        names.addAll(Blind.names("openai/gpt-9"));
        Blind blind = Blind.of(
                "A",
                "Help Ann\u001b[31m Miller, or ann.\nA plan for Anna and GPT-9.",
                "gpt-9 says 42",
                List.of(new Blind.Step("ls /home/miller", "x\n".repeat(100))),
                false,
                names);
        assertThat(blind.task()).isEqualTo("Help [name], or ann.\nA plan for Anna and [name].");
        assertThat(blind.answer()).isEqualTo("[name] says 42");
        assertThat(blind.steps().getFirst().entered()).isEqualTo("ls /home/[name]");
        assertThat(blind.steps().getFirst().shown()).endsWith("… 40 lines more");
    }

    @Test
    void lettersGoOnBehindZ() {
        assertThat(List.of(
                        Rating.letter(0), Rating.letter(25), Rating.letter(26), Rating.letter(701), Rating.letter(702)))
                .containsExactly("A", "Z", "AA", "ZZ", "AAA");
    }
}
