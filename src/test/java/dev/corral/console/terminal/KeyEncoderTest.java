package dev.corral.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class KeyEncoderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "UP C ^[[1;5A",
                "LEFT S ^[[1;2D",
                "RIGHT A ^[[1;3C",
                "DOWN CS ^[[1;6B",
                "HOME C ^[[1;5H",
                "END S ^[[1;2F",
                "DELETE C ^[[3;5~",
                "PAGE_UP A ^[[5;3~",
                "F1 S ^[[1;2P",
                "F5 C ^[[15;5~",
                "F12 CAS ^[[24;8~",
                "TAB S ^[[Z",
                "BACK_SPACE C ^H",
                "BACK_SPACE A ^[^?",
                "ENTER A ^[^M",
                "ESCAPE A ^[^[",
                "A C ^A",
                "Z C ^Z",
                "C CA ^[^C",
                "OPEN_BRACKET C ^[",
                "BACK_SLASH C ^\\",
                "CLOSE_BRACKET C ^]",
                "MINUS CS ^_",
                "SLASH C ^_",
                "SLASH CS ^?",
                "DIGIT6 C ^^",
                "DIGIT2 C ^@",
                "SPACE C ^@",
                "B A ^[b",
                "B AS ^[B",
                "UP M ^[[1;9A"
            })
    void sendsWhatXtermSends(KeyCode code, String held, String wanted) {
        assertThat(encode(code, "", held)).isEqualTo(wanted);
    }

    @Test
    void usesTheTextWhereTheLayoutDecides() {
        assertThat(encode(KeyCode.DIGIT8, "[", "C")).isEqualTo("^[");
        assertThat(encode(KeyCode.PERIOD, ".", "A")).isEqualTo("^[.");
        assertThat(encode(KeyCode.DIGIT7, "{", "CA"))
                .as("AltGr reported as Ctrl+Alt")
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"A,''", "A,S", "UP,''", "F5,''", "BACK_SPACE,S", "ENTER,S", "DIGIT1,S", "MINUS,C", "A,M", "TAB,''"})
    void leavesTheRestToTheEmulator(KeyCode code, String held) {
        assertThat(encode(code, "", held)).isEqualTo("none");
    }

    private static String encode(KeyCode code, String text, String held) {
        return KeyEncoder.encode(new KeyEncoder.Key(
                        code, text, held.contains("S"), held.contains("C"), held.contains("A"), held.contains("M")))
                .map(bytes -> visible(new String(bytes, StandardCharsets.UTF_8)))
                .orElse("none");
    }

    /** As cat -v shows it. */
    private static String visible(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(c < 0x20 || c == 0x7f ? "^" + (char) (c ^ 0x40) : String.valueOf((char) c)));
        return out.toString();
    }
}
