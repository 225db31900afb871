package dev.corral.cli.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said across a terminal in which somebody works. */
@Tag("unit")
class LimitLinesTest {
    @Test
    void whatIsWrongAtEachLookIsSaidOnce() {
        List<String> said = new ArrayList<>();
        LimitLines lines = new LimitLines(said::add);
        for (int look = 0; look < 3; look++) {
            lines.trouble(ExpectedFailure.failed("The disk is full.", "Make room."));
        }
        lines.trouble(ExpectedFailure.failed("It can't be read.", ""));
        assertThat(said).containsExactly("The disk is full. Make room.", "It can't be read.");
    }
}
