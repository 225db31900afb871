package dev.corral.console.sandboxes.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.corral.console.Samples;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class TimelineLayoutTest {
    private static final Instant BEGIN = Samples.NOW;

    @Test
    void barsFillTheTimeOfAnEndedStart() {
        TimelineLayout layout = TimelineLayout.of(
                Samples.start("a", BEGIN, true, Optional.empty(), "copy and check", 1, "boot", 3), BEGIN);
        assertThat(layout.total()).isEqualTo(Duration.ofSeconds(4));
        assertThat(layout.bars().getLast().start()).isCloseTo(0.25, within(0.001));
        assertThat(layout.bars().getLast().width()).isCloseTo(0.75, within(0.001));
        assertThat(layout.bars())
                .extracting(TimelineLayout.Bar::tone)
                .containsExactly(TimelineLayout.Tone.PREPARE, TimelineLayout.Tone.BOOT);
    }

    @Test
    void anOpenPhaseGrowsAndStaysInside() {
        OperationView open = Samples.start("a", BEGIN, false, Optional.empty(), "boot", 1);
        TimelineLayout later = TimelineLayout.of(open, BEGIN.plusSeconds(60));
        assertThat(later.bars().getFirst().elapsed()).isEqualTo(Duration.ofSeconds(60));
        assertThat(later.bars().getFirst().start() + later.bars().getFirst().width())
                .isLessThanOrEqualTo(1.0001);
    }

    @Test
    void shortPhasesCanBeSeen() {
        TimelineLayout layout =
                TimelineLayout.of(Samples.start("a", BEGIN, true, Optional.empty(), "copy", 0.001, "boot", 100), BEGIN);
        assertThat(layout.bars().getFirst().width()).isGreaterThanOrEqualTo(TimelineLayout.MIN_WIDTH);
    }

    @Test
    void machinesStandTogether() {
        OperationView two = new OperationView(
                "w",
                OperationKind.START,
                new OperationTarget.Sandbox("w"),
                BEGIN,
                Optional.of(BEGIN.plusSeconds(9)),
                false,
                List.of(phase("", "copy", 0), phase("b", "boot", 1), phase("a", "boot", 2), phase("b", "provision", 3)),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(TimelineLayout.of(two, BEGIN).bars())
                .extracting(TimelineLayout.Bar::machine)
                .containsExactly("", "b", "b", "a");
    }

    @Test
    void aKilledProcessStopsTheClock() {
        OperationView killed = new OperationView(
                "w",
                OperationKind.START,
                new OperationTarget.Sandbox("w"),
                BEGIN,
                Optional.empty(),
                false,
                List.of(phase("", "boot", 2)),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(TimelineLayout.of(killed, BEGIN.plusSeconds(9_000)).total()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aPhaseThatBeginsAtTheVeryEndCanBeSeenToo() {
        TimelineLayout layout = TimelineLayout.of(
                Samples.start("a", BEGIN, true, Optional.empty(), "boot", 100, "wait for SSH", 0.001), BEGIN);
        assertThat(layout.bars().getLast().start()).isEqualTo(1 - TimelineLayout.MIN_WIDTH);
        assertThat(layout.bars().getLast().width()).isEqualTo(TimelineLayout.MIN_WIDTH);
        assertThat(layout.bars().getFirst().start()).isZero();
        assertThat(layout.bars().getFirst().width()).isCloseTo(1, within(0.001));
        assertThat(layout.bars().getLast().open()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "copy and check, PREPARE",
        "find box, PREPARE",
        "boot, BOOT",
        "wait for SSH, CONNECT",
        "set up guest, CONNECT",
        "provision, PROVISION",
        "trigger, PROVISION",
        "destroy, OTHER",
        "count sheep, OTHER"
    })
    void eachPhaseHasItsColour(String phase, TimelineLayout.Tone tone) {
        assertThat(TimelineLayout.of(Samples.start("a", BEGIN, true, Optional.empty(), phase, 1), BEGIN)
                        .bars()
                        .getFirst()
                        .tone())
                .isEqualTo(tone);
        assertThat(tone.styleClass()).startsWith("bar-");
    }

    @Test
    void aPhaseThatFailedSaysSo() {
        FailureView why = new FailureView(Phase.of(PhaseKind.BOOT), "No.", "", List.of(), 0, false);
        assertThat(TimelineLayout.of(Samples.start("a", BEGIN, true, Optional.of(why), "boot", 1), BEGIN)
                        .bars()
                        .getFirst()
                        .tone())
                .isEqualTo(TimelineLayout.Tone.FAILED);
    }

    private static PhaseSpan phase(String machine, String name, int begin) {
        return new PhaseSpan(
                Phase.read(name, machine), BEGIN.plusSeconds(begin), Optional.of(BEGIN.plusSeconds(begin + 1)), false);
    }
}
