package dev.corral.console.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AnswerFormTest {
    @Test
    void itMatchesFromTheBeginningAsInspectDoes() {
        assertThat(AnswerForm.matches(Optional.of("CTF\\{.*\\}"), "CTF{x} and more"))
                .contains(true);
        assertThat(AnswerForm.matches(Optional.of("CTF\\{.*\\}"), "a CTF{x}")).contains(false);
        assertThat(AnswerForm.matches(Optional.empty(), "anything")).contains(true);
    }

    @Test
    void whatCanNotBeToldHereIsLeftToTheAgent() {
        // Python's conditional group; Java has none.
        assertThat(AnswerForm.matches(Optional.of("(<)?x(?(1)>|$)"), "x")).isEmpty();
        assertThat(AnswerForm.matches(Optional.of("x*"), "x".repeat(10_000))).isEmpty();
        // One that goes back and forth for years.
        assertThat(AnswerForm.matches(Optional.of("(a+a+)+\\1b"), "a".repeat(60)))
                .isEmpty();
    }
}
