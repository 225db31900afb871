package dev.corral.console.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TextsTest {
    @Test
    void aLineHasNoControlCharacters() {
        assertThat(Texts.line("a\u001B[31mb\nc\td\u0000\u007f")).isEqualTo("a[31mb c d");
    }

    @Test
    void marksThatTurnTheDirectionGoButForeignScriptsStay() {
        assertThat(Texts.line("\u202Eevil\u202C \u2066x\u2069 שלום 🚀")).isEqualTo("evil x שלום 🚀");
    }

    @Test
    void aBlockKeepsItsLines() {
        assertThat(Texts.block("a\r\nb\rc\td")).isEqualTo("a\nb\nc\td");
    }

    @Test
    void endlessTextsEnd() {
        assertThat(Texts.line("x".repeat(100_000))).hasSize(501).endsWith("…");
    }

    @Test
    void whatJustFitsStaysWhole() {
        assertThat(Texts.line("x".repeat(500))).isEqualTo("x".repeat(500));
        assertThat(Texts.block("a\r")).isEqualTo("a\n");
        assertThat(Texts.whole("a\nb")).isEqualTo("a b");
    }

    @Test
    void everyMarkThatTurnsTheDirectionGoes() {
        assertThat(Texts.line("a\u202A\u202E\u2066\u2069\u200E\u200F\u061C\uFEFFb"))
                .isEqualTo("ab");
    }
}
