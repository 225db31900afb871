package dev.corral.core.vagrantfile.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Ruby's parsers do not like, in plain words: those of old, and of Prism. */
@Tag("unit")
class SyntaxWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "syntax error, unexpected `end'§Ruby does not expect 'end' here.",
                "syntax error, unexpected end-of-input, expecting `end'"
                        + "§Ruby does not expect the end of the file here; it expects 'end'.",
                "syntax error, unexpected local variable or method, expecting end-of-input"
                        + "§Ruby does not expect a name here. Is a comma, a quote or a line end missing before it?",
                "unexpected 'end'; expected an expression after `=`§Ruby does not expect 'end' here.",
                "unexpected end-of-input; expected a `)` to close the arguments§Ruby does not expect the end of the file here.",
                "unexpected end-of-input, assuming it is closing the parent top level context"
                        + "§Ruby does not expect the end of the file here.",
                "expected an `end` to close the `do` clause§Ruby can't read this: expected an `end` to close the `do` clause.",
                "unexpected local variable or method, expecting end-of-input"
                        + "§Ruby does not expect a name here. Is a comma, a quote or a line end missing before it?",
                "unexpected integer, expecting end-of-input§Ruby does not expect a number here.",
                "unexpected write target§Ruby does not expect an assignment here.",
                "unexpected '='; target cannot be written§Ruby does not expect '=' here."
            })
    void bothAreSaidInTheSameWords(String message, String words) {
        assertThat(SyntaxWords.of("ruby", message)).isEqualTo(words);
    }
}
