package dev.corral.console.terminal.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SequenceFilterTest {
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final String ALL =
            "plain \u001b[1;31mred\u001b[0m \u001b[?4m\u001b[>4;2mquery \u001b[4:3mwave\u001b[4:0m "
                    + "\u001b[38:2::1:2:3mrgb \u001b[48:2:4:5:6m\u001b[38:5:208;1m\u001b[58:2::9:9:9m\u001b[58;5;3;4mline\u001b[m "
                    + "\u001b]0;title m\u0007\u001b[2J\u001b[?25h\u001b\u001b[7m é€😀\u001b(B\u001b[2 q"
                    + "\u001b]8;id=1;https://a.b/c\u001b\\link\u001b]8;;\u0007"
                    + "\u001bP+q436f\u001b\\\u001b]52;c;aGk=\u0007end\u009d0;t\u009c";
    private static final String WANTED = "plain \u001b[1;31mred\u001b[0m query \u001b[4mwave\u001b[24m "
            + "\u001b[38;2;1;2;3mrgb \u001b[48;2;4;5;6m\u001b[38;5;208;1m\u001b[4mline\u001b[m "
            + "\u001b[2J\u001b[?25h\u001b[7m é€😀\u001b(B\u001b[2 q\u001b]8;;https://a.b/c\u0007link\u001b]8;;\u0007"
            + "end0;t";

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
                "158|158",
                "38;5;2147483647|38;5;9999"
            })
    void knowsTheFormsOfColours(String parameters, String wanted) {
        assertThat(filter("\u001b[" + parameters + "m", 1000))
                .isEqualTo(wanted.isEmpty() ? "" : "\u001b[" + wanted + "m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8;2147483647;2147483647t|''",
                "22;0t|''",
                "18t|''",
                "2147483647A|24A",
                "99999999999999999999B|24B",
                "2147483647@|80@",
                "2147483647X|80X",
                "2147483647L|24L",
                "2147483647S|24S",
                "2147483647T|24T",
                "1;2;3;4;5T|''",
                "2147483647;2147483647H|24;80H",
                "H|1;1H",
                "0;0H|1;1H",
                ";7H|1;7H",
                "999999d|24d",
                "0d|1d",
                "r|1;24r",
                "5;2r|''",
                "2147483640;2147483647r|''",
                "3;2147483647r|3;24r",
                "0;0r|1;24r",
                "?1049;1006h|?1049h~?1006h",
                "?2147483647h|?9999h",
                "3J|3J",
                "7J|''",
                "6n|6n",
                "c|0c",
                ">c|>c",
                ">1c|''",
                "!p|!p",
                "?!p|''",
                "1\"q|''",
                "9 q|''",
                "<5m|''",
                "=1c|''",
                "5i|''",
                "u|''"
            })
    void keepsNumbersWithinTheScreen(String sequence, String wanted) {
        String expected = wanted.isEmpty() ? "" : "\u001b[" + wanted.replace("~", "\u001b[");
        assertThat(filter("\u001b[" + sequence, 1000)).isEqualTo(expected);
    }

    @Test
    void repeatsTheLastCharacterWithinALine() {
        assertThat(filter("-\u001b[2147483647b|", 3)).isEqualTo("-".repeat(81) + "|");
        assertThat(filter("😀\u001b[2b", 1)).isEqualTo("😀😀😀");
        assertThat(filter("\u001b[5b\n\u001b[5bx\u001b[0m\u001b[9b", 4)).isEqualTo("\nx\u001b[0m");
    }

    @Test
    void dropsWhatActsOutsideTheScreen() {
        assertThat(filter("a\u001b]0;t\u202ee\u001b[31m\u0007b", 1))
                .as("a title is broken off by a sequence")
                .isEqualTo("a\u001b[31m\u0007b");
        assertThat(filter("\u001b]8;;javascript:alert(1)\u0007x", 9)).isEqualTo("\u001b]8;;\u0007x");
        assertThat(filter("\u001b]8;;http://a/" + "b".repeat(3000) + "\u0007x", 9))
                .isEqualTo("\u001b]8;;\u0007x");
        assertThat(filter("\u001b]11;?\u001b\\\u001b]10;#fff\u0007\u001b]1341;cmd\u0007\u001b]4;1;?\u0007.", 9))
                .isEqualTo("\u001b]11;?\u0007.");
        assertThat(filter("\u202egpj\u2066x\u200f \u0085\u009b31m \u0000\u007f\u0005", 9))
                .isEqualTo("gpjx 31m ");
        assertThat(filter("\u001bZ\u001b%G\u001b$)Cx\u001b[3\u00184\u001b[5\u001a6", 2))
                .isEqualTo("x46");
        assertThat(filter("\u001b[3\n1m", 2))
                .as("line ends act within a sequence")
                .isEqualTo("\n\u001b[31m");
    }

    @Test
    void comesBackFromWhatHasNoEnd() {
        assertThat(filter("\u001b[" + "1;".repeat(500) + "xseen", 7)).isEqualTo("seen");
        assertThat(filter("\u001b]0;" + "t".repeat(100_000) + "\nseen", 4000)).isEqualTo("\nseen");
        assertThat(filter("\u001bP1;2q" + "-\n~".repeat(3000) + "\u001b\\seen", 4000))
                .as("a picture")
                .isEqualTo("seen");
        assertThat(filter("\u001bP1$r0m\nseen", 4000)).isEqualTo("\nseen");
        String endless = "\u001b_" + "x".repeat(SequenceFilter.MOST_SWALLOWED + 1000);
        assertThat(filter(endless, 8192).length()).isBetween(1, 1000);
    }

    private static String filter(String text, int piece) {
        SequenceFilter filter = new SequenceFilter(new SequenceRules(() -> COLUMNS, () -> ROWS));
        StringBuilder out = new StringBuilder();
        char[] chars = text.toCharArray();
        for (int start = 0; start < chars.length; start += piece) {
            out.append(filter.filter(chars, start, Math.min(piece, chars.length - start)));
        }
        return out.toString();
    }
}
