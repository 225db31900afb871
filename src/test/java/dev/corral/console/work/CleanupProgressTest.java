package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.cleanup.StepResult.Status;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CleanupProgressTest {
    private static final long GIB = 1L << 30;
    private static final Instant BEGAN = Instant.parse("2026-11-23T16:30:00Z");

    private static StepResult result(String name, long promised, Status status, long regained) {
        CleanupStep step = new CleanupStep(
                name,
                ItemKind.SANDBOX,
                name,
                List.of(),
                ItemState.STRAY,
                "Made up.",
                CleanupStep.Action.DESTROY,
                "destroy",
                promised);
        return new StepResult(step, status, regained, "", "");
    }

    private static CleanupProgress progress(StepResult... results) {
        return new CleanupProgress(
                new CleanupPlan(
                        Arrays.stream(results).map(StepResult::step).toList(), List.of(), List.of(), Optional.empty()),
                List.of(results),
                BEGAN,
                Optional.empty(),
                false);
    }

    @Test
    void theBarGoesByPromisedBytesAndTheTextByMeasuredOnes() {
        CleanupProgress progress =
                progress(result("a", 3 * GIB, Status.DONE, 2 * GIB), result("b", GIB, Status.RUNNING, -1));
        assertThat(progress.share()).isEqualTo(0.75);
        assertThat(progress.bytes()).isEqualTo("2.0 GiB of 4.0 GiB");
        assertThat(progress(result("a", 0, Status.GONE, -1), result("b", 0, Status.WAITING, -1))
                        .share())
                .isEqualTo(0.5);
    }

    @Test
    void theTimeLeftIsJudgedByWhatIsOver() {
        CleanupProgress progress = progress(
                result("a", GIB, Status.DONE, GIB),
                result("b", GIB, Status.WAITING, -1),
                result("c", GIB, Status.WAITING, -1));
        assertThat(progress.left(BEGAN.plusSeconds(1))).isEmpty();
        assertThat(progress.left(BEGAN.plusSeconds(10))).contains(Duration.ofSeconds(20));
    }

    @Test
    void aDifferenceIsSaidAndASmallOneIsNot() {
        assertThat(progress(result("a", 2 * GIB, Status.DONE, GIB)).difference())
                .contains("1.0 GiB less");
        assertThat(progress(result("a", 2 * GIB, Status.DONE, 2 * GIB - 4096)).difference())
                .isEmpty();
        assertThat(progress(result("a", 2 * GIB, Status.DONE, -1)).difference())
                .contains("1 item gave back could not be measured");
        assertThat(progress(result("a", 2 * GIB, Status.FAILED, -1)).difference())
                .isEmpty();
    }

    @Test
    void whatFailedOrWasNotBegunMayBeTriedAgain() {
        CleanupProgress progress = progress(
                result("a", 1, Status.DONE, 1),
                result("b", 1, Status.FAILED, -1),
                result("c", 1, Status.STOPPED, -1),
                result("d", 1, Status.LEFT_ALONE, -1));
        assertThat(progress.again()).containsExactly("b", "c");
        assertThat(progress.counts()).isEqualTo("1 done, 1 failed, 1 left alone, 1 not begun");
    }
}
