package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments as people write them. */
@Tag("unit")
class UntilTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-28T14:30:00+01:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource({
        "4h, 2026-11-28T17:30:00Z",
        "90m, 2026-11-28T15:00:00Z",
        "90min, 2026-11-28T15:00:00Z",
        "1d2h30m, 2026-11-29T16:00:00Z",
        "18:30, 2026-11-28T17:30:00Z",
        "9:05, 2026-11-29T08:05:00Z",
        "2026-11-28, 2026-11-28T23:00:00Z",
        "2026-11-30T18:30, 2026-11-30T17:30:00Z",
        "2026-11-30 18:30, 2026-11-30T17:30:00Z",
        "2026-11-30T18:30+05:00, 2026-11-30T13:30:00Z"
    })
    void isWhatWasMeant(String text, Instant moment) {
        assertThat(Until.of(text, NOW)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "4", "0h", "-4h", "31d", "99999h", "2026-11-27", "2027-06-01", "25:00", "2026-13-01"
            })
    void whatIsNoTimeToComeIsSaid(String text) {
        assertThatThrownBy(() -> Until.of(text, NOW)).isInstanceOf(ExpectedFailure.class);
    }
}
