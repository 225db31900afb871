package dev.corral.console.work;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Formats;
import dev.corral.core.app.Corral;
import dev.corral.core.cleanup.Cleanup;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupRun;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.cleanup.StepResult.Status;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The window's cleanup: first a plan that a person reads, then an execution of exactly that plan. It belongs to the window,
 * so it goes on when the page changes. One at a time. For the FX thread; what blocks runs elsewhere.
 */
public final class Cleanups {
    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final ReadOnlyObjectWrapper<CleanupPhase> phase = new ReadOnlyObjectWrapper<>(new CleanupPhase.Idle());
    private int planning;
    private @Nullable Execution execution;

    /** A run with what is known of it: the plan, when it began, and the backups that were there before. */
    private record Execution(CleanupRun run, Instant startedAt, List<Path> backupsBefore) {
        CleanupProgress progress(Optional<Instant> endedAt) {
            return new CleanupProgress(run.plan(), run.results(), startedAt, endedAt, stopping());
        }

        boolean stopping() {
            return !run.cancellable() && !run.done().isDone();
        }
    }

    /** What planning brings back. */
    private record Outcome(CleanupPlan plan, List<InventoryItem> spared) {}

    /** What beginning brings back. */
    private record Begun(CleanupRun run, List<Path> backups) {}

    /**
     * @param corral  the core
     * @param threads where what blocks runs
     * @param desk    where the work is shown
     */
    public Cleanups(Corral corral, Threads threads, MessageCenter desk) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
    }

    /** Where it stands. */
    public ReadOnlyObjectProperty<CleanupPhase> phase() {
        return phase.getReadOnlyProperty();
    }

    /** Whether a plan is being executed. */
    public boolean running() {
        return phase.get() instanceof CleanupPhase.Running;
    }

    /** Makes a plan; while one is executed that stays. */
    public void plan(CleanupChoice choice) {
        if (running()) {
            return;
        }
        int number = ++planning;
        phase.set(new CleanupPhase.Planning(choice));
        threads.background(
                "cleanup-plan",
                () -> {
                    CleanupPlan plan = corral.cleanup().plan(choice);
                    return new Outcome(plan, choice.allStrays() ? spared(plan) : List.of());
                },
                outcome -> {
                    if (number == planning) {
                        phase.set(new CleanupPhase.Planned(choice, outcome.plan(), outcome.spared()));
                    }
                },
                failure -> {
                    if (number == planning) {
                        phase.set(new CleanupPhase.PlanFailed(choice, Problem.of(failure)));
                    }
                });
    }

    private List<InventoryItem> spared(CleanupPlan plan) {
        Set<String> taken = plan.steps().stream().map(CleanupStep::key).collect(Collectors.toSet());
        return corral.inventory().current().items().stream()
                .filter(item -> item.state() != ItemState.FOREIGN && !taken.contains(item.key()))
                .toList();
    }

    /** Makes the plan anew: removing, or shutting down and keeping for so many days. */
    public void keepFor(Optional<Integer> days) {
        CleanupChoice old =
                switch (phase.get()) {
                    case CleanupPhase.Planned planned -> planned.choice();
                    case CleanupPhase.PlanFailed failed -> failed.choice();
                    case CleanupPhase.Planning making -> making.choice();
                    default -> null;
                };
        if (old != null) {
            plan(new CleanupChoice(
                    old.names(), old.allStrays(), old.pruneOnly(), old.olderThan(), days.map(number -> Instant.now()
                            .plus(Duration.ofDays(number)))));
        }
    }

    /** Executes the plan that waits. */
    public void run() {
        if (!(phase.get() instanceof CleanupPhase.Planned planned)
                || planned.plan().steps().isEmpty()) {
            return;
        }
        planning++;
        CleanupPlan plan = planned.plan();
        Instant began = Instant.now();
        // The listener is told before the run itself is at hand; what it hears then is asked for again below.
        LatestValue<CleanupPlan> hop = new LatestValue<>(threads, same -> progressed());
        phase.set(new CleanupPhase.Running(new CleanupProgress(
                plan,
                plan.steps().stream()
                        .map(step -> new StepResult(step, Status.WAITING, -1, "", ""))
                        .toList(),
                began,
                Optional.empty(),
                false)));
        threads.background(
                "cleanup-begin",
                () -> {
                    Cleanup cleanup = corral.cleanup();
                    List<Path> backups = cleanup.indexBackups();
                    return new Begun(cleanup.run(plan, result -> hop.accept(plan)), backups);
                },
                begun -> {
                    execution = new Execution(begun.run(), began, begun.backups());
                    desk.update(begun.run().id(), activity -> activity.titled(title(plan)));
                    progressed();
                    var _ = begun.run()
                            .done()
                            .whenComplete((results, failure) -> threads.hop(() -> ended(begun.run())));
                },
                failure -> {
                    Problem problem = Problem.of(failure);
                    phase.set(new CleanupPhase.PlanFailed(planned.choice(), problem));
                });
    }

    private static String title(CleanupPlan plan) {
        return (plan.keepUntil().isPresent() ? "Shut down " : "Clean up ")
                + Formats.count(plan.steps().size(), "item", "items");
    }

    private void progressed() {
        if (execution == null || !running()) {
            return;
        }
        CleanupProgress progress = execution.progress(Optional.empty());
        phase.set(new CleanupPhase.Running(progress));
        String bytes = progress.bytes();
        Optional<Duration> all = progress.left(Instant.now())
                .map(left -> progress.elapsed(Instant.now()).plus(left));
        desk.update(
                execution.run().id(),
                old -> progress.stopping()
                        ? old.stopping("stopping after what is under way")
                        : old.expecting(all)
                                .detailed(progress.settled() + " of " + progress.total()
                                        + (bytes.isEmpty() ? "" : " · " + bytes)));
    }

    @SuppressWarnings("ReferenceEquality") // The end of this run, and not of one like it.
    private void ended(CleanupRun run) {
        Execution over = execution;
        if (over == null || over.run() != run) {
            return;
        }
        CleanupProgress progress = over.progress(Optional.of(Instant.now()));
        execution = null;
        int failed = progress.count(Status.FAILED);
        String sentence = progress.counts()
                + (progress.regained() > 0 ? " · " + Formats.bytes(progress.regained()) + " regained" : "");
        desk.end(
                run.id(),
                failed > 0
                        ? Activity.Status.FAILED
                        : progress.count(Status.STOPPED) > 0 ? Activity.Status.CANCELLED : Activity.Status.DONE,
                sentence,
                "");
        phase.set(new CleanupPhase.Ended(progress, List.of(), Optional.empty()));
        threads.background(
                "cleanup-over",
                () -> {
                    List<Path> backups = corral.cleanup().indexBackups().stream()
                            .filter(backup -> !over.backupsBefore().contains(backup))
                            .toList();
                    corral.inventory().refresh();
                    return backups;
                },
                backups -> {
                    if (phase.get()
                                    instanceof
                                    CleanupPhase.Ended(CleanupProgress same, List<Path> none, Optional<String> undo)
                            && same == progress) {
                        phase.set(new CleanupPhase.Ended(progress, backups, undo));
                    }
                },
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** Begins no further step. */
    public void stop() {
        if (execution != null && running()) {
            execution.run().cancel();
            progressed();
        }
    }

    /** Plans what failed or was not begun once more. */
    public void retry() {
        if (phase.get() instanceof CleanupPhase.Ended ended
                && !ended.progress().again().isEmpty()) {
            CleanupChoice again = CleanupChoice.of(ended.progress().again());
            plan(ended.progress().plan().keepUntil().map(again::keeping).orElse(again));
        }
    }

    /** Puts the index entries back that the last execution took out. */
    public void putBack() {
        if (!(phase.get() instanceof CleanupPhase.Ended ended)
                || ended.backups().isEmpty()) {
            return;
        }
        threads.background(
                "put-back",
                () -> {
                    int entries = 0;
                    for (Path backup : ended.backups()) {
                        entries += corral.cleanup().restoreIndex(backup);
                    }
                    corral.inventory().refresh();
                    return entries;
                },
                entries -> {
                    if (phase.get() == ended) {
                        phase.set(new CleanupPhase.Ended(
                                ended.progress(),
                                List.of(),
                                Optional.of(
                                        entries == 0
                                                ? "The entries were there again already."
                                                : Formats.count(entries, "entry was", "entries were") + " put back.")));
                    }
                },
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** Leaves the plan, or what has ended; an execution goes on. */
    public void leave() {
        if (!running()) {
            planning++;
            phase.set(new CleanupPhase.Idle());
        }
    }

    /** The plan as JSON, the same as the command line prints. */
    public byte[] document(CleanupPlan plan) {
        return corral.cleanup().document(plan);
    }
}
