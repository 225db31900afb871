package dev.corral.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

@Tag("unit")
class FuzzyTest {
    @Test
    void lettersMustOccurInOrder() {
        assertThat(Fuzzy.score("sq1", "sqli-01")).isPositive();
        assertThat(Fuzzy.score("1qs", "sqli-01")).isNegative();
        assertThat(Fuzzy.score("", "anything")).isZero();
    }

    @Test
    void wholePartsBeatScatteredLetters() {
        assertThat(Fuzzy.score("term", "Terminal")).isGreaterThan(Fuzzy.score("term", "Theme: as the system"));
        assertThat(Fuzzy.score("log", "Log")).isGreaterThan(Fuzzy.score("log", "catalog"));
    }

    @ParameterizedTest
    @CsvSource({
        "sqli, sqli-01, 1193",
        "log, a log, 1193",
        "log, catalog, 989",
        "' ab', xab, 996",
        "sq1, sqli-01, 13",
        "tf, task file, 14",
        "a b, a-b, 14",
        "ab c, abxc, 13",
        "xz, xyz, 8",
        "TF, task file, 14",
        "ba, ab, -1",
        "' ', anything, 0"
    })
    void aPartCountsMostThenBeginningsOfWordsThenRuns(String letters, String text, int score) {
        assertThat(Fuzzy.score(letters, text)).isEqualTo(score);
    }

    @Test
    void aPartFarInALongTextIsAPartStill() {
        assertThat(Fuzzy.score("ab", "x".repeat(150) + "ab")).isEqualTo(1000 - 100 - 99);
    }

    @Test
    void thePaletteShowsTheBestFirstAndWhatCanNotBeDoneLast() {
        List<PaletteItem> items = List.of(
                item("Theme: light", ""),
                item("Terminal", "There is no VM yet"),
                item("attacker", ""),
                item("terminal-01", ""));
        assertThat(PaletteSearch.find("term", items))
                .extracting(PaletteItem::title)
                .containsExactly("terminal-01", "Terminal");
        assertThat(PaletteSearch.find("", items)).hasSize(4);
    }

    private static PaletteItem item(String title, String obstacle) {
        return new PaletteItem(title, "", "", MaterialDesignC.CIRCLE, obstacle, () -> {});
    }
}
