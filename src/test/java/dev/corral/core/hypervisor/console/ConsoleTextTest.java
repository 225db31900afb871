package dev.corral.core.hypervisor.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a serial console shows last. */
@Tag("unit")
class ConsoleTextTest {
    private static String shown(String... printed) {
        ConsoleText text = new ConsoleText();
        for (String part : printed) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            text.add(bytes, 0, bytes.length);
        }
        return text.text();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'[    0.1] Linux\r\n[    0.2] panic\r\n'|'[    0.1] Linux\n[    0.2] panic'",
                "'10%\r50%\r100%\r\n'|100%",
                "'\u001B[1;31mred\u001B[0m and \u0007plain'|red and plain",
                "'SeaBIOS\r\n\u001B[2J\u001B[1;1Hgrub>'|grub>",
                "'last words\r\n\u001B[2J\u001B[H'|last words",
                "'a\u001B[3;1Hb'|'a\nb'",
                "'\u001B]0;a title\u0007login: '|login:",
                "''|''",
            },
            delimiter = '|')
    void whatSteersATerminalIsLeftOut(String printed, String seen) {
        assertThat(shown(printed)).isEqualTo(seen);
    }

    @Test
    void whatVirshSaysIsNotTheGuests() {
        assertThat(shown("Authorization not available. Check if polkit service is running or see more.\r\nlogin: "))
                .isEqualTo("login:");
    }

    @Test
    void partsOfACharacterMayComeApart() {
        ConsoleText text = new ConsoleText();
        byte[] bytes = "Größe".getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            text.add(new byte[] {one}, 0, 1);
        }
        assertThat(text.text()).isEqualTo("Größe");
    }

    @Test
    void ofWhatHasNoEndTheEndIsKept() {
        String flood = "x".repeat(500) + "\n";
        String seen = shown(flood.repeat(1_000), "the end");
        assertThat(seen).endsWith("the end");
        assertThat(seen.lines().count()).isLessThanOrEqualTo(ConsoleText.MOST_LINES);
        assertThat(seen.lines().map(String::length)).allMatch(length -> length <= 300);
        assertThat(shown("y".repeat(3 * ConsoleText.MOST_BYTES))).hasSize(300);
    }

    @Test
    @Timeout(10)
    void aScreenThatIsWipedWithoutAnEndTakesNoTime() {
        String wipes = "\u001Bc".repeat(ConsoleText.MOST_BYTES / 2);
        assertThat(shown(wipes)).isEmpty();
        assertThat(shown("last words", wipes.substring(100))).isEqualTo("last words");
        assertThat(shown("before", wipes.substring(100), "after")).isEqualTo("after");
        assertThat(shown("x", "\r".repeat(ConsoleText.MOST_BYTES - 1))).isEqualTo("x");
    }

    @Test
    void emptyLinesOfAMenuThatIsDrawnAgainAreOne() {
        assertThat(shown("a\n\n\n\n\nb")).isEqualTo("a\n\nb");
    }
}
