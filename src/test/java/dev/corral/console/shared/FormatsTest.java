package dev.corral.console.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class FormatsTest {
    @ParameterizedTest
    @CsvSource({"0, 0s", "38, 38s", "72, 1m 12s", "3599, 59m 59s", "7500, 2h 05m", "273600, 3d 4h", "-5, 0s"})
    void durationsHaveAtMostTwoUnits(long seconds, String text) {
        assertThat(Formats.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"5, < 1m", "252, 4m", "7500, 2h 05m"})
    void coarseOnesNeedNoSecondHand(long seconds, String text) {
        assertThat(Formats.coarse(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.1 s", "8240, 8.2 s", "125000, 2m 05s"})
    void phasesHaveOneDecimalWhileShort(long millis, String text) {
        assertThat(Formats.phase(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, –",
        "0, 0 B",
        "1023, 1023 B",
        "4096, 4 KiB",
        "671088640, 640 MiB",
        "1395864371, 1.3 GiB",
        "10737418240, 10 GiB",
        "5497558138880, 5.0 TiB"
    })
    void sizesAreBinary(long bytes, String text) {
        assertThat(Formats.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void longTextsLoseTheirMiddle() {
        assertThat(Formats.middle("abcdefghij", 5)).isEqualTo("ab…ij");
        assertThat(Formats.middle("abcde", 5)).isEqualTo("abcde");
        assertThat(Formats.middle("🚀🚀🚀🚀🚀🚀", 5)).isEqualTo("🚀🚀…🚀🚀");
    }

    @Test
    void pathsBelowTheHomeAreShort() {
        assertThat(Formats.path(Path.of("/home/ada/evals/a.py"), Path.of("/home/ada")))
                .isEqualTo("~/evals/a.py");
        assertThat(Formats.path(Path.of("/srv/a.py"), Path.of("/home/ada"))).isEqualTo("/srv/a.py");
    }

    @Test
    void agesAreNoFinerThanAMinute() {
        Instant now = Instant.parse("2026-11-23T16:00:00Z");
        assertThat(Formats.ago(now.minusSeconds(30), now)).isEqualTo("just now");
        assertThat(Formats.ago(now.minusSeconds(240), now)).isEqualTo("4 min ago");
        assertThat(Formats.ago(now.minusSeconds(90_000), now)).isEqualTo("1 d ago");
    }
}
