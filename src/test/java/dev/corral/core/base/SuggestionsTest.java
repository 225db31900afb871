package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known name was meant. */
@Tag("unit")
class SuggestionsTest {
    private static final List<String> KEYS =
            List.of("memory", "memorybacking", "cpus", "cpu_mode", "box", "box_url", "hostname", "define", "ansible");

    @ParameterizedTest
    @CsvSource({
        "memry,memory",
        "mmeory,memory",
        "Memory,memory",
        "cpu,cpus",
        "bax,box",
        "hostnme,hostname",
        "defin,define",
        "ansibel,ansible"
    })
    void aWordThatIsNearlyRightIsRecognised(String word, String meant) {
        assertThat(Suggestions.nearest(word, KEYS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"memory", "x", "zzzzzz", "''", "provision", "bocks"})
    void whatIsRightOrLikeNothingHasNoSuggestion(String word) {
        assertThat(Suggestions.nearest(word, KEYS)).isEmpty();
    }

    @Test
    void ofSeveralTheOneThatBeginsAlikeIsTaken() {
        assertThat(Suggestions.nearest("webb1", List.of("xebb1", "webb2", "wobb1")))
                .contains("webb2");
        assertThat(Suggestions.nearest("wb", List.of("wc", "wa"))).contains("wa");
    }

    @Test
    void longWordsAndListsAreBounded() {
        assertThat(Suggestions.nearest("a".repeat(1_000_000), List.of("a".repeat(1_000_001))))
                .isEmpty();
        assertThat(Suggestions.nearest("word", Collections.nCopies(2_000_000, "ward")))
                .contains("ward");
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "a,'',1", "'',ab,2", "kitten,sitting,3", "ab,ba,1", "abc,cab,2", "memry,memory,1"})
    void lettersAreCounted(String one, String other, int distance) {
        assertThat(Suggestions.distance(one, other)).isEqualTo(distance);
        assertThat(Suggestions.distance(other, one)).isEqualTo(distance);
    }
}
