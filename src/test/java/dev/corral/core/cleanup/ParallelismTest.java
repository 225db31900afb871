package dev.corral.core.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many VMs are taken down at once. */
@Tag("unit")
class ParallelismTest {
    private static final int USUAL = Math.max(6, 3 * Runtime.getRuntime().availableProcessors());

    @ParameterizedTest
    @CsvSource({"1, 1", "' 2 ', 2", "40, 40"})
    void theLimitOfStartsHoldsForTakingDownToo(String said, int expected) {
        assertThat(of(said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "' '"})
    void aLimitThatLetsNothingThroughIsNone(String said) {
        assertThat(of(said)).isEqualTo(USUAL);
    }

    @ParameterizedTest
    @CsvSource({"many", "1.5", "99999999999"})
    void whatIsNoNumberTakesOneAtATime(String said) {
        assertThat(of(said)).isEqualTo(1);
    }

    @Test
    void withoutALimitItIsThreeForEachProcessorAndSixAtLeast() {
        assertThat(Parallelism.of(new Environment(Map.of()))).isEqualTo(USUAL);
    }

    private static int of(String said) {
        return Parallelism.of(new Environment(Map.of("INSPECT_MAX_VAGRANT_STARTUPS", said)));
    }
}
