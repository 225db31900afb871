package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of text that somebody else has written. */
@Tag("unit")
class PlainTextTest {
    /** The same in one pattern, which takes the square of a text's length. */
    private static final Pattern ESCAPES =
            Pattern.compile("(?:\u001B\\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])"
                    + "[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\\\|\u009C)|\u001B[ -/]*[0-~]");

    private static final String LETTERS = "\u001B\u001B\u001B[]PX^_\\\u009D\u0090\u009B\u009C\u0007\n a0;?m(";
    private static final int MANY = 4 << 20;

    @Test
    void sequencesGoWithWhatTheyCarry() {
        assertThat(PlainText.of("a\u001B[31mb\u001B]0;title\u0007c\u009Dtitle\u009Cd\u001B(Be\u0090x\u001B\\f"))
                .isEqualTo("abcdef");
        assertThat(PlainText.of("a\u009Dno end")).isEqualTo("ano end");
        assertThat(PlainText.of("a\u001B]no end\nb\u0007c")).isEqualTo("ano endbc");
        assertThat(PlainText.of("plain\ttext")).isEqualTo("plain\ttext");
    }

    @Test
    void anyMixtureIsReadAsThePatternReadsIt() {
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(14); left >= 0; left--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            String once = ESCAPES.matcher(text).replaceAll("").replaceAll("\\p{Cc}", "");
            assertThat(PlainText.of(text.toString())).as("%s", text).isEqualTo(once);
        }
    }

    // Each would be looked through from each of its characters, for hours.
    @ParameterizedTest
    @Timeout(120)
    @ValueSource(
            strings = {
                "\u009D",
                "\u009Dx",
                "\u001B]",
                "\u001BP0;",
                "\u009B0",
                "\u001B",
                "\u001B[",
                "\u001B ",
                "\u0090\u001B"
            })
    void lengthCostsNoMoreThanItself(String part) {
        assertThat(PlainText.of(part.repeat(MANY / part.length()) + "end")).endsWith("nd");
    }
}
