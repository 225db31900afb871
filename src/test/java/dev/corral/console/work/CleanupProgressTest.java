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

    private static CleanupProgress ended(CleanupProgress progress, Instant end) {
        return new CleanupProgress(
                progress.plan(), progress.results(), progress.startedAt(), Optional.of(end), progress.stopping());
    }

    @Test
    void everyStatusIsCountedWhereItBelongs() {
        CleanupProgress progress = progress(Arrays.stream(Status.values())
                .map(status -> result(status.word(), 1, status, -1))
                .toArray(StepResult[]::new));
        assertThat(progress.total()).isEqualTo(7);
        assertThat(progress.settled()).as("all but what waits and what runs").isEqualTo(5);
        assertThat(Status.values())
                .allSatisfy(status -> assertThat(progress.count(status)).isEqualTo(1));
        assertThat(progress.counts()).isEqualTo("1 done, 1 failed, 1 left alone, 1 gone already, 1 not begun");
        assertThat(progress(result("a", 1, Status.WAITING, -1)).counts()).isEmpty();
    }

    @Test
    void theBarIsFullWhenThereIsNothingToDoAndNeverMoreThanFull() {
        assertThat(progress().share()).isEqualTo(1.0);
        assertThat(progress(result("a", GIB, Status.DONE, 3 * GIB)).share()).isEqualTo(1.0);
        assertThat(progress(result("a", GIB, Status.WAITING, -1)).share()).isZero();
        assertThat(progress(result("a", GIB, Status.WAITING, -1), result("b", -1, Status.DONE, -1))
                        .share())
                .as("an unknown promise adds nothing and takes nothing away")
                .isZero();
        assertThat(progress(result("a", -1, Status.DONE, -1), result("b", -1, Status.WAITING, -1))
                        .share())
                .as("where nothing is promised, steps count")
                .isEqualTo(0.5);
    }

    @Test
    void onlyWhatWasDoneAndMeasuredIsRegained() {
        CleanupProgress progress = progress(
                result("a", GIB, Status.DONE, GIB),
                result("b", GIB, Status.DONE, -1),
                result("c", GIB, Status.FAILED, GIB));
        assertThat(progress.regained()).isEqualTo(GIB);
        assertThat(progress.bytes()).isEqualTo("1.0 GiB of 3.0 GiB");
        assertThat(progress(result("a", 0, Status.DONE, GIB)).bytes())
                .as("nothing promised")
                .isEmpty();
        assertThat(progress(result("a", 1, Status.DONE, 1)).bytes()).isEqualTo("1 B of 1 B");
    }

    @Test
    void theTimeLeftIsSaidOnlyWhileItCanBeJudged() {
        CleanupProgress half = progress(result("a", 1, Status.DONE, 1), result("b", 1, Status.WAITING, -1));
        Instant later = BEGAN.plusSeconds(10);
        assertThat(half.left(BEGAN.plusMillis(2999))).isEmpty();
        assertThat(half.left(BEGAN.plusSeconds(3))).contains(Duration.ofSeconds(3));
        assertThat(ended(half, later).left(later)).as("it has ended").isEmpty();
        assertThat(progress(result("a", 1, Status.WAITING, -1)).left(later))
                .as("no step is over")
                .isEmpty();
        assertThat(progress(result("a", 1, Status.DONE, 1)).left(later))
                .as("every step is over")
                .isEmpty();
        assertThat(progress(
                                result("a", 1, Status.DONE, 1),
                                result("b", 1, Status.GONE, -1),
                                result("c", 1, Status.WAITING, -1))
                        .left(later))
                .contains(Duration.ofSeconds(5));
    }

    @Test
    void theClockStopsAtTheEnd() {
        CleanupProgress progress = progress(result("a", 1, Status.DONE, 1));
        assertThat(progress.elapsed(BEGAN.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(ended(progress, BEGAN.plusSeconds(5)).elapsed(BEGAN.plusSeconds(7)))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPlanWithADateKeeps() {
        CleanupProgress progress = progress(result("a", 1, Status.DONE, 1));
        assertThat(progress.keeps()).isFalse();
        CleanupPlan dated = new CleanupPlan(progress.plan().steps(), List.of(), List.of(), Optional.of(BEGAN));
        assertThat(new CleanupProgress(dated, progress.results(), BEGAN, Optional.empty(), false).keeps())
                .isTrue();
    }

    @Test
    void moreThanPromisedIsADifferenceToo() {
        assertThat(progress(result("a", GIB, Status.DONE, 2 * GIB)).difference())
                .isEqualTo("What was done promised 1.0 GiB and gave back 2.0 GiB: 1.0 GiB more.");
        assertThat(progress(result("a", GIB, Status.DONE, GIB), result("b", GIB, Status.DONE, 0))
                        .difference())
                .isEqualTo("What was done promised 2.0 GiB and gave back 1.0 GiB: 1.0 GiB less.");
    }

    @Test
    void aDifferenceIsNotableFromAMebibyteAndFromAHundredthOnly() {
        long mebibyte = 1024 * 1024;
        assertThat(progress(result("a", mebibyte, Status.DONE, 2 * mebibyte)).difference())
                .isEmpty();
        assertThat(progress(result("a", mebibyte, Status.DONE, 2 * mebibyte + 1))
                        .difference())
                .contains("more");
        assertThat(progress(result("a", 1000 * mebibyte, Status.DONE, 990 * mebibyte))
                        .difference())
                .as("a hundredth")
                .isEmpty();
        assertThat(progress(result("a", 1000 * mebibyte, Status.DONE, 989 * mebibyte))
                        .difference())
                .contains("less");
    }

    @Test
    void whatCouldNotBeMeasuredIsNotCalledADifference() {
        String one = "How much 1 item gave back could not be measured.";
        assertThat(progress(result("a", -1, Status.DONE, GIB)).difference()).isEqualTo(one);
        assertThat(progress(result("a", GIB, Status.DONE, -1)).difference()).isEqualTo(one);
        assertThat(progress(result("a", 0, Status.DONE, -1)).difference())
                .as("nothing was promised")
                .isEmpty();
        assertThat(progress(result("a", GIB, Status.DONE, -1), result("b", 3 * GIB, Status.DONE, GIB))
                        .difference())
                .isEqualTo("What was done promised 3.0 GiB and gave back 1.0 GiB: 2.0 GiB less. " + one);
    }
}
