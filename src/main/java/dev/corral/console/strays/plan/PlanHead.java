package dev.corral.console.strays.plan;

import dev.corral.console.shared.Formats;
import dev.corral.console.work.CleanupPhase;
import dev.corral.console.work.CleanupProgress;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.StepResult.Status;
import java.util.Optional;

/**
 * What stands over a plan. Pure.
 *
 * @param title what it is about
 * @param text  what follows from it
 * @param total how much it gives back; may be empty
 */
record PlanHead(String title, String text, String total) {

    static PlanHead of(CleanupPhase phase) {
        return switch (phase) {
            case CleanupPhase.Idle idle -> new PlanHead("", "", "");
            case CleanupPhase.Planning planning ->
                new PlanHead("Making the plan", "Everything is looked at once more. Nothing is touched.", "");
            case CleanupPhase.PlanFailed failed -> new PlanHead("There is no plan", "Nothing was touched.", "");
            case CleanupPhase.Planned planned -> planned(planned.plan());
            case CleanupPhase.Running running -> running(running.progress());
            case CleanupPhase.Ended ended -> ended(ended.progress(), ended.undo());
        };
    }

    private static PlanHead planned(CleanupPlan plan) {
        int count = plan.steps().size();
        if (count == 0) {
            return new PlanHead(
                    "Nothing to " + (plan.keepUntil().isPresent() ? "shut down" : "clean up"),
                    "Below stands what is left alone, and why.",
                    "");
        }
        String items = Formats.count(count, "item", "items");
        long unknown = plan.steps().stream().filter(step -> step.bytes() < 0).count();
        return plan.keepUntil()
                .map(until -> new PlanHead(
                        "Shut down " + items,
                        "Frees memory and processors. The disks stay until "
                                + Formats.exact(until).substring(0, 10) + "; then they count as stray again.",
                        ""))
                .orElseGet(() -> new PlanHead(
                        "Clean up " + items,
                        "Exactly this is done, and each item is looked at again just before its turn."
                                + (unknown > 0 ? " The size of " + unknown + " is not known." : ""),
                        Formats.bytes(plan.bytes()) + " back"));
    }

    private static PlanHead running(CleanupProgress progress) {
        int at = Math.min(progress.settled() + 1, progress.total());
        return new PlanHead(
                (progress.keeps() ? "Shutting down " : "Cleaning ") + at + " of " + progress.total(),
                progress.stopping()
                        ? "No further item is begun; what is under way ends first."
                        : "It goes on when you leave this page.",
                progress.bytes());
    }

    private static PlanHead ended(CleanupProgress progress, Optional<String> undo) {
        String title = progress.count(Status.FAILED) > 0
                ? progress.count(Status.FAILED) + " of " + progress.total() + " failed"
                : progress.count(Status.STOPPED) > 0 ? "Stopped" : "Done";
        String text =
                capital(progress.counts()) + ", in " + Formats.duration(progress.elapsed(progress.startedAt())) + ".";
        if (progress.count(Status.FAILED) > 0) {
            text += " What failed is still there, with its cause below.";
        }
        String more = progress.difference();
        return new PlanHead(
                title,
                (text + " " + more + " " + undo.orElse("")).strip().replace("  ", " "),
                progress.keeps() || progress.plan().bytes() == 0 && progress.regained() == 0
                        ? ""
                        : Formats.bytes(progress.regained()) + " regained");
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
