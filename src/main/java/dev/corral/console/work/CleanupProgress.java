package dev.corral.console.work;

import dev.corral.console.shared.Formats;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.cleanup.StepResult.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a cleanup has come. Pure.
 *
 * @param plan      what is done
 * @param results   how far each step has come, in the plan's order
 * @param startedAt when it began
 * @param endedAt   when it ended
 * @param stopping  whether no further step shall begin
 */
public record CleanupProgress(
        CleanupPlan plan, List<StepResult> results, Instant startedAt, Optional<Instant> endedAt, boolean stopping) {
    private static final Duration SOONEST_GUESS = Duration.ofSeconds(3);
    // Smaller differences are the file system's own, not worth a word.
    private static final double NOTABLE_SHARE = 0.01;
    private static final long NOTABLE_BYTES = 1024 * 1024;

    /** Copies the list. */
    public CleanupProgress {
        results = List.copyOf(results);
    }

    /** How many steps there are. */
    public int total() {
        return results.size();
    }

    /** How many steps wait no more and run no more. */
    public int settled() {
        return (int) results.stream().filter(result -> settled(result.status())).count();
    }

    /** How many steps ended so. */
    public int count(Status status) {
        return (int)
                results.stream().filter(result -> result.status() == status).count();
    }

    private static boolean settled(Status status) {
        return status != Status.WAITING && status != Status.RUNNING;
    }

    /** Bytes measured to be free now; steps that could not be measured count as nothing. */
    public long regained() {
        return results.stream()
                .filter(result -> result.status() == Status.DONE)
                .mapToLong(result -> Math.max(0, result.regained()))
                .sum();
    }

    /** How much of it is over, 0 to 1: by bytes where bytes were promised, else by steps. */
    public double share() {
        long promised = plan.bytes();
        if (promised > 0) {
            long over = results.stream()
                    .filter(result -> settled(result.status()))
                    .mapToLong(result -> Math.max(0, result.step().bytes()))
                    .sum();
            return Math.min(1, (double) over / promised);
        }
        return total() == 0 ? 1 : (double) settled() / total();
    }

    /** About how long is left, judged by the steps that are over; empty while that would be a guess. */
    public Optional<Duration> left(Instant now) {
        Duration elapsed = Duration.between(startedAt, now);
        int over = settled();
        if (endedAt.isPresent() || over == 0 || over == total() || elapsed.compareTo(SOONEST_GUESS) < 0) {
            return Optional.empty();
        }
        return Optional.of(elapsed.multipliedBy(total() - over).dividedBy(over));
    }

    /** How long it has taken. */
    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, endedAt.orElse(now));
    }

    /** Keys of the items that may be tried again: what failed, and what was stopped before its turn. */
    public List<String> again() {
        return results.stream()
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.STOPPED)
                .map(result -> result.step().key())
                .toList();
    }

    /** {@code 4.4 of 11.8 GiB}; empty when nothing was promised. */
    public String bytes() {
        return plan.bytes() <= 0 ? "" : Formats.bytes(regained()) + " of " + Formats.bytes(plan.bytes());
    }

    /** Whether VMs are shut down and kept instead of removed. */
    public boolean keeps() {
        return plan.keepUntil().isPresent();
    }

    /** {@code 8 done, 1 failed, 2 left alone}. */
    public String counts() {
        List<String> parts = new ArrayList<>();
        add(parts, count(Status.DONE), "done");
        add(parts, count(Status.FAILED), "failed");
        add(parts, count(Status.LEFT_ALONE), "left alone");
        add(parts, count(Status.GONE), "gone already");
        add(parts, count(Status.STOPPED), "not begun");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int number, String word) {
        if (number > 0) {
            parts.add(number + " " + word);
        }
    }

    /** How promise and outcome of the steps that were done differ, a sentence; empty when they agree. */
    public String difference() {
        List<StepResult> done = results.stream()
                .filter(result ->
                        result.status() == Status.DONE && result.step().bytes() != 0)
                .toList();
        long unmeasured = done.stream()
                .filter(result -> result.regained() < 0 || result.step().bytes() < 0)
                .count();
        List<StepResult> measured = done.stream()
                .filter(result -> result.regained() >= 0 && result.step().bytes() >= 0)
                .toList();
        long promised = measured.stream()
                .map(StepResult::step)
                .mapToLong(CleanupStep::bytes)
                .sum();
        long regained = measured.stream().mapToLong(StepResult::regained).sum();
        long apart = regained - promised;
        List<String> sentences = new ArrayList<>();
        if (Math.abs(apart) > Math.max(NOTABLE_BYTES, promised * NOTABLE_SHARE)) {
            sentences.add(
                    "What was done promised " + Formats.bytes(promised) + " and gave back " + Formats.bytes(regained)
                            + ": " + Formats.bytes(Math.abs(apart)) + (apart < 0 ? " less." : " more."));
        }
        if (unmeasured > 0) {
            sentences.add(
                    "How much " + Formats.count(unmeasured, "item", "items") + " gave back could not be measured.");
        }
        return String.join(" ", sentences);
    }
}
