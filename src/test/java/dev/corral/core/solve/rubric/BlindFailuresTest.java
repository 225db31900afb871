package dev.corral.core.solve.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BlindFailuresTest {
    private static final String LOG = "/logs/by-hand.eval";

    private static ExpectedFailure of(boolean revealed, String details) {
        return catchThrowableOfType(
                ExpectedFailure.class, () -> new BlindFailures("r1", revealed).withLog("A, B", LOG, about -> {
                    throw ExpectedFailure.failed(
                                    about + " can't be used: it has a score of its own.", "Choose another.")
                            .withDetails(details);
                }));
    }

    @Test
    void whyIsSaidOfTheSamplesAndTheLogIsNotNamed() {
        ExpectedFailure failure = of(false, "");
        assertThat(failure).hasMessage("the log of sample A, B can't be used: it has a score of its own.");
        assertThat(failure.nextStep()).isEqualTo("Choose another.");
        assertThat(failure).hasNoCause();
    }

    @Test
    void whatPythonPrintedIsLeftToTheLogFile() {
        ExpectedFailure failure = of(false, "Traceback: " + LOG);
        assertThat(failure.details()).isEmpty();
        assertThat(failure.nextStep()).contains("log file").doesNotContain(LOG);
    }

    @Test
    void whereAllIsToldNothingIsHidden() {
        ExpectedFailure failure = of(true, "Traceback: " + LOG);
        assertThat(failure).hasMessage("the log " + LOG + " can't be used: it has a score of its own.");
        assertThat(failure.details()).contains(LOG);
    }

    @Test
    void whatAPersonsSessionLacksDoesNotTellThatItWasAPersons() {
        ExpectedFailure failure =
                catchThrowableOfType(ExpectedFailure.class, () -> new BlindFailures("r1", false).with("C", () -> {
                    throw ExpectedFailure.notFound("The session of grace is not there.", "Look for it.");
                }));
        assertThat(failure).hasMessageNotContaining("session").hasMessageContaining("sample C");
        assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.NOT_FOUND);
    }
}
