package dev.corral.core.vagrantfile.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.hook.Selection.Candidate;
import dev.corral.core.vagrantfile.hook.Selection.Chosen;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which provisioners a person means. */
@Tag("unit")
class SelectionTest {
    private static final List<Candidate> FOUR = List.of(
            new Candidate("setup", "shell"),
            new Candidate("", "shell"),
            new Candidate("7", "ansible"),
            new Candidate("setup", "file"));

    private static Chosen chosen(String from, String only) {
        return Selection.parse(from, only).of("web", FOUR);
    }

    private static ExpectedFailure refused(String from, String only) {
        try {
            chosen(from, only);
        } catch (ExpectedFailure e) {
            assertThat(e.kind()).isEqualTo(ExpectedFailure.Kind.USAGE);
            return e;
        }
        throw new AssertionError("it was taken: " + from + only);
    }

    @Test
    void positionsAndNamesAreTaken() {
        assertThat(chosen("2", null)).isEqualTo(new Chosen(1, List.of()));
        assertThat(chosen(" 04 ", null)).isEqualTo(new Chosen(3, List.of()));
        assertThat(chosen(null, "4,1, 4")).isEqualTo(new Chosen(-1, List.of(0, 3)));
        assertThat(Selection.parse("db", null)
                        .of("web", List.of(new Candidate("web", "shell"), new Candidate("db", "x"))))
                .isEqualTo(new Chosen(1, List.of()));
        assertThat(Selection.from(2)).isEqualTo(Selection.parse("2", null));
        assertThat(Selection.only(1, 3)).isEqualTo(Selection.parse(null, "1,3"));
        assertThat(Selection.parse(null, null).all()).isTrue();
        assertThat(Selection.only(1, 3).words()).isEqualTo("only 1, 3");
        assertThat(Selection.from(2).words()).isEqualTo("from 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "99", "-1", "+0", "99999999999999999999", "000"})
    void aPositionThatIsNoneNamesThoseThatAre(String word) {
        assertThat(refused(word, null))
                .hasMessage("web has no provisioner " + word + ": it has 4.")
                .satisfies(failure -> assertThat(failure.details())
                        .isEqualTo("1  setup (shell)\n2  (unnamed shell)\n3  7 (ansible)\n4  setup (file)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        setup | web has 2 provisioners "setup".
        shell | web has no provisioner "shell".
        Setup | web has no provisioner "Setup".
        7     | "7" is taken for a position, and is a name in web.
        --x   | web has no provisioner "--x".
        """)
    void aNameThatIsNoneOrNotAloneIsRefused(String word, String sentence) {
        assertThat(refused(null, word)).hasMessage(sentence);
    }

    @Test
    void aPositionThatAnotherOneIsCalledIsNotGuessedAt() {
        List<Candidate> odd = List.of(new Candidate("2", "shell"), new Candidate("", "shell"));
        assertThatThrownBy(() -> Selection.from(2).of("web", odd))
                .hasMessage("\"2\" is a position and the name of another provisioner of web.");
        assertThat(Selection.from(1).of("web", odd)).isEqualTo(new Chosen(0, List.of()));
        assertThatThrownBy(() -> Selection.from(1).of("web", List.of())).hasMessage("web has no provisioners.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "1,", ",1", "1,,2"})
    void anEmptyWordIsNone(String only) {
        assertThatThrownBy(() -> Selection.parse(null, only)).hasMessage("--only names no provisioner.");
        assertThatThrownBy(() -> Selection.parse("", null)).hasMessage("--from names no provisioner.");
        assertThatThrownBy(() -> Selection.parse("1", "2")).hasMessage("--from and --only can't be said both.");
    }

    @Test
    void whatVagrantSaysToRunIsPlacedInTheFile() {
        ChosenProvisioners.Order order =
                new ChosenProvisioners("web", FOUR, new Chosen(1, List.of()), Set.of()).order();
        assertThat(order.next("", "shell")).contains(2);
        assertThat(order.next("", "shell")).isEmpty();
        assertThat(order.next("setup", "file")).contains(4);
        assertThat(order.next("setup", "shell")).as("it stands before").isEmpty();
        assertThat(new ChosenProvisioners("web", FOUR, new Chosen(-1, List.of(2)), Set.of(2))
                        .order()
                        .next("7", "ansible"))
                .isEqualTo(Optional.of(3));
    }

    @Test
    void whatRunsOnlyWhenItIsChosenIsNoneOfThoseThatFollow() {
        List<Selection.Candidate> unnamed = List.of(
                new Selection.Candidate("", "shell"),
                new Selection.Candidate("", "shell"),
                new Selection.Candidate("", "shell"));
        ChosenProvisioners.Order after =
                new ChosenProvisioners("web", unnamed, new Chosen(0, List.of()), Set.of(1)).order();
        assertThat(after.next("", "shell")).contains(1);
        assertThat(after.next("", "shell")).contains(3);
        ChosenProvisioners.Order itself =
                new ChosenProvisioners("web", unnamed, new Chosen(1, List.of()), Set.of(1)).order();
        assertThat(itself.next("", "shell")).contains(2);
    }

    @Test
    void aPositionMeansNothingWhereOthersAreThereByThen() {
        List<Selection.Candidate> shown =
                List.of(new Selection.Candidate("packages", "shell"), new Selection.Candidate("app", "shell"));
        List<Selection.Candidate> now = List.of(
                new Selection.Candidate("new", "shell"),
                new Selection.Candidate("packages", "shell"),
                new Selection.Candidate("app", "shell"));
        assertThat(Selection.only(2).among(shown).of("web", shown).only()).containsExactly(1);
        assertThatThrownBy(() -> Selection.only(2).among(shown).of("web", now))
                .hasMessageContaining("are others by now")
                .hasMessageContaining("none of them was run");
        assertThatThrownBy(() -> Selection.from(2).among(shown).of("web", now)).hasMessageContaining("are others");
    }
}
