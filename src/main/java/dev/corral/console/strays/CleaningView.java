package dev.corral.console.strays;

import dev.corral.console.messages.Notice;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Formats;
import dev.corral.console.strays.plan.PlanPane;
import dev.corral.console.strays.plan.RunBar;
import dev.corral.console.work.CleanupPhase;
import dev.corral.console.work.CleanupProgress;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.StepResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** The way of a cleanup over the page: plan in place of the list, then the bar that says how far it is, then how it ended. */
final class CleaningView {
    private final PageContext parts;
    private final Runnable showPage;
    private final Node top;
    private final Node list;
    private final Consumer<Runnable> change;
    private final StrayLines lines;
    private final Runnable focusList;
    private final BooleanSupplier inSight;
    private final PlanPane plan;
    private final RunBar runBar;

    /**
     * @param showPage  brings the page into sight
     * @param top       what lies above the list
     * @param list      what a plan takes the place of
     * @param change    changes marks and keeps what is in sight
     * @param focusList gives the focus to the list
     * @param inSight   whether the page is looked at
     */
    CleaningView(
            PageContext parts,
            Runnable showPage,
            Node top,
            Node list,
            Consumer<Runnable> change,
            StrayLines lines,
            Runnable focusList,
            BooleanSupplier inSight) {
        this.parts = parts;
        this.showPage = showPage;
        this.top = top;
        this.list = list;
        this.change = change;
        this.lines = lines;
        this.focusList = focusList;
        this.inSight = inSight;
        this.plan = new PlanPane(parts.cleanups(), this::leave, parts.tell());
        this.runBar = new RunBar(parts.cleanups(), parts.ticker(), () -> show(true), this::leave);
        plan.setVisible(false);
        parts.cleanups().phase().addListener((all, before, phase) -> phase(before, phase));
    }

    /** The list with the plan over it. */
    Node content() {
        return new StackPane(list, plan);
    }

    /** What a cleanup that is under way says when its plan is not looked at. */
    Node bar() {
        return runBar;
    }

    /** Whether the plan is looked at. */
    boolean visible() {
        return plan.isVisible();
    }

    /** Shows the plan of a choice, or the cleanup that is under way. */
    void plan(CleanupChoice choice) {
        showPage.run();
        if (!parts.cleanups().running()) {
            parts.cleanups().plan(choice);
        }
        show(true);
        plan.focusSafe();
    }

    /** Goes back to the list. */
    void leave() {
        parts.cleanups().leave();
        show(false);
        focusList.run();
    }

    /** Shows plan or list. */
    void show(boolean wanted) {
        plan.setVisible(wanted);
        list.setVisible(!wanted);
        top.setVisible(!wanted);
        runBar.show(parts.cleanups().phase().get(), wanted);
        if (wanted) {
            plan.focusSafe();
        }
    }

    private void phase(CleanupPhase before, CleanupPhase phase) {
        plan.show(phase);
        runBar.show(phase, plan.isVisible());
        Map<String, StepResult> results = new HashMap<>();
        phase.running().ifPresent(progress -> progress.results()
                .forEach(result -> results.put(result.step().key(), result)));
        change.accept(() -> lines.progress(results));
        if (before instanceof CleanupPhase.Running && phase instanceof CleanupPhase.Ended ended) {
            change.accept(lines::uncheck);
            ended(ended.progress());
        }
    }

    // Who looks at the plan sees it there; elsewhere a failure needs a word.
    private void ended(CleanupProgress progress) {
        if (plan.isVisible() && inSight.getAsBoolean()) {
            return;
        }
        if (progress.count(StepResult.Status.FAILED) == 0) {
            parts.tell()
                    .accept(Notice.news("The cleanup is over: " + progress.counts()
                            + (progress.regained() > 0
                                    ? ", " + Formats.bytes(progress.regained()) + " regained."
                                    : ".")));
        } else {
            parts.tell()
                    .accept(Notice.failure(
                            "The cleanup is over: " + progress.counts() + ".",
                            "What failed is still there.",
                            "",
                            new Notice.Remedy("Show", () -> {
                                showPage.run();
                                show(true);
                            })));
        }
    }
}
