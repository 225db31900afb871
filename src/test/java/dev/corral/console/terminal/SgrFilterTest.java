package dev.corral.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SgrFilterTest {
    private static final String ALL =
            "plain \u001b[1;31mred\u001b[0m \u001b[?4m\u001b[>4;2mquery \u001b[4:3mwave\u001b[4:0m "
                    + "\u001b[38:2::1:2:3mrgb \u001b[48:2:4:5:6m\u001b[38:5:208;1m\u001b[58:2::9:9:9m\u001b[58;5;3;4mline\u001b[m "
                    + "\u001b]0;title m\u0007\u001b[2J\u001b[?25h\u001b\u001b[7m é€😀";
    private static final String WANTED = "plain \u001b[1;31mred\u001b[0m query \u001b[4mwave\u001b[24m "
            + "\u001b[38;2;1;2;3mrgb \u001b[48;2;4;5;6m\u001b[38;5;208;1m\u001b[4mline\u001b[m "
            + "\u001b]0;title m\u0007\u001b[2J\u001b[?25h\u001b\u001b[7m é€😀";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void rewritesInPiecesOfAnySize(int piece) {
        assertThat(filter(ALL, piece)).isEqualTo(WANTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "58;2;1;2;3|''",
                "4;58;5;9;1|4;1",
                "58:5:1;3|3",
                "38:2:1:2:3|38;2;1;2;3",
                "38:2:0:1:2:3:0:1|38;2;1;2;3",
                "38:5:|38;5;0",
                "38;5;58|38;5;58",
                "48;2;58;5;1;58;5;2;7|48;2;58;5;1;7",
                "58|''",
                "1:2;3|3",
                "158|158"
            })
    void knowsTheForms(String parameters, String wanted) {
        assertThat(filter("\u001b[" + parameters + "m", 1000))
                .isEqualTo(wanted.isEmpty() ? "" : "\u001b[" + wanted + "m");
    }

    @Test
    void letsEndlessSequencesThrough() {
        String endless = "\u001b[" + "1;".repeat(500) + "x";
        assertThat(filter(endless, 7)).isEqualTo(endless);
    }

    private static String filter(String text, int piece) {
        SgrFilter filter = new SgrFilter();
        StringBuilder out = new StringBuilder();
        char[] chars = text.toCharArray();
        for (int start = 0; start < chars.length; start += piece) {
            out.append(filter.filter(chars, start, Math.min(piece, chars.length - start)));
        }
        return out.toString();
    }
}
