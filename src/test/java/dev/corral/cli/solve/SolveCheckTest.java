package dev.corral.cli.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.base.ExpectedFailure;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No trouble of this computer looks as if the sample were not solved any more. */
@Tag("unit")
class SolveCheckTest {
    private static final OptionalInt NO_SIGNAL = OptionalInt.empty();
    private static final OptionalInt INT = OptionalInt.of(130);

    private static int code(RuntimeException failure, OptionalInt signal) {
        return SolveCheck.failed(failure, signal, new Output());
    }

    @Test
    void whatCouldNotBeTriedIsNoAnswer() {
        ExpectedFailure failed = ExpectedFailure.failed("The disk is full.", "Make room.");
        assertThat(code(failed, NO_SIGNAL)).isEqualTo(ExitCode.NOT_TRIED);
        assertThat(code(new CompletionException(failed), NO_SIGNAL)).isEqualTo(ExitCode.NOT_TRIED);
        assertThat(code(failed.withKind(ExpectedFailure.Kind.UNAVAILABLE), NO_SIGNAL))
                .isEqualTo(ExitCode.NOT_TRIED);
        assertThat(code(failed.withKind(ExpectedFailure.Kind.TIMED_OUT), NO_SIGNAL))
                .isEqualTo(ExitCode.NOT_TRIED);
        assertThat(code(new IllegalStateException("a bug"), NO_SIGNAL)).isEqualTo(ExitCode.NOT_TRIED);
        assertThatThrownBy(() -> code(ExpectedFailure.usage("No such thing.", ""), NO_SIGNAL))
                .isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aSignalIsNoFaultOfTheDisk() {
        assertThat(code(ExpectedFailure.failed("The disk is full.", "Make room."), INT))
                .isEqualTo(130);
        assertThat(code(new UncheckedIOException(new ClosedByInterruptException()), INT))
                .isEqualTo(130);
        assertThat(code(new IllegalStateException("a bug"), INT)).isEqualTo(ExitCode.NOT_TRIED);
    }
}
