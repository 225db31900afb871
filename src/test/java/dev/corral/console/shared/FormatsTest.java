package dev.corral.console.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class FormatsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "38, 38s",
        "60, 1m 00s",
        "72, 1m 12s",
        "3599, 59m 59s",
        "3600, 1h 00m",
        "7500, 2h 05m",
        "86400, 1d 0h",
        "273600, 3d 4h",
        "-5, 0s"
    })
    void durationsHaveAtMostTwoUnits(long seconds, String text) {
        assertThat(Formats.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"5, < 1m", "60, 1m", "252, 4m", "3600, 1h 00m", "7500, 2h 05m"})
    void coarseOnesNeedNoSecondHand(long seconds, String text) {
        assertThat(Formats.coarse(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.1 s", "8240, 8.2 s", "99900, 99.9 s", "100000, 1m 40s", "125000, 2m 05s"})
    void phasesHaveOneDecimalWhileShort(long millis, String text) {
        assertThat(Formats.phase(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, –",
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "4096, 4 KiB",
        "1047552, 1023 KiB",
        "1048064, 1.0 MiB",
        "671088640, 640 MiB",
        "1395864371, 1.3 GiB",
        "10737418240, 10 GiB",
        "5497558138880, 5.0 TiB",
        "9223372036854775807, 8192 PiB"
    })
    void sizesAreBinary(long bytes, String text) {
        assertThat(Formats.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void longTextsLoseTheirMiddle() {
        assertThat(Formats.middle("abcdefghij", 5)).isEqualTo("ab…ij");
        assertThat(Formats.middle("abcde", 5)).isEqualTo("abcde");
        assertThat(Formats.middle("abcde", 3)).isEqualTo("a…e");
        assertThat(Formats.middle("abcde", 2)).as("no room for both ends").isEqualTo("abcde");
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
        assertThat(Formats.ago(now.minusSeconds(60), now)).isEqualTo("1 min ago");
        assertThat(Formats.ago(now.minusSeconds(3600), now)).isEqualTo("1 h ago");
        assertThat(Formats.ago(now.minusSeconds(7200), now)).isEqualTo("2 h ago");
        assertThat(Formats.ago(now.minusSeconds(86_400), now)).isEqualTo("1 d ago");
        assertThat(Formats.ago(now.minusSeconds(90_000), now)).isEqualTo("1 d ago");
    }

    @Test
    void theExactTimeIsTheLocalOne() {
        Instant then = Instant.parse("2026-11-23T16:00:01Z");
        assertThat(Formats.exact(then))
                .isEqualTo(LocalDateTime.ofInstant(then, ZoneId.systemDefault())
                        .toString()
                        .replace('T', ' '));
    }
}
