package dev.corral.cli.cleanup;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Sizes;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.PlainText;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupRun;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.PlanDocument;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.cleanup.StepResult.Status;
import java.util.ArrayList;
import java.util.List;

/** Shows and executes plans for the commands that clean up. */
final class Plans {
    private final Output output;
    private final boolean json;

    Plans(Output output, boolean json) {
        this.output = output;
        this.json = json;
    }

    /** Only says what would be done; returns the exit code. */
    int show(Corral corral, CleanupPlan plan) {
        refusals(plan);
        if (json) {
            output.document(corral.cleanup().document(plan));
        } else {
            for (CleanupStep step : plan.steps()) {
                output.line(name(step) + " · " + step.state().word() + " · " + step.how() + size(step.bytes()));
                output.line("    " + PlainText.line(step.reason(), 400));
            }
            summary(
                    plan,
                    plan.steps().isEmpty()
                            ? "There is nothing to clean up."
                            : "Would give back " + Sizes.of(plan.bytes()) + ". Nothing was touched.");
        }
        return code(plan, List.of());
    }

    /** Does what the plan says; returns the exit code. */
    int run(Corral corral, CleanupPlan plan) {
        refusals(plan);
        CleanupRun run = corral.cleanup().run(plan, this::progress);
        List<StepResult> results;
        try (EndingSignals signals = new EndingSignals(() -> {
            run.cancel();
            output.message("Nothing further is begun; what is under way goes on to its end.");
        })) {
            results = run.done().join();
        }
        if (json) {
            output.document(PlanDocument.bytes(PlanDocument.rows(plan, results)));
        } else {
            long regained = results.stream()
                    .filter(result -> result.status() == Status.DONE)
                    .mapToLong(result -> Math.max(result.regained(), 0))
                    .sum();
            summary(
                    plan,
                    plan.steps().isEmpty()
                            ? "There is nothing to clean up."
                            : Sizes.of(regained) + " given back" + difference(results, regained) + ".");
        }
        return code(plan, results);
    }

    private void refusals(CleanupPlan plan) {
        plan.refused()
                .forEach(refusal -> output.message(
                        PlainText.line(refusal.name(), 120) + ": " + PlainText.line(refusal.reason(), 400)));
        plan.missing()
                .forEach(name -> output.message(
                        "There is no " + PlainText.line(name, 120) + ". corral strays --all shows everything."));
    }

    private void progress(StepResult result) {
        CleanupStep step = result.step();
        switch (result.status()) {
            case RUNNING -> output.progress(name(step) + ": " + step.how());
            case DONE -> {
                if (!json) {
                    output.progress("");
                    output.line(name(step) + " "
                            + PlanDocument.rows(
                                            new CleanupPlan(
                                                    List.of(step), List.of(), List.of(), java.util.Optional.empty()),
                                            List.of(result))
                                    .getFirst()
                                    .result()
                                    .replace('_', ' ')
                            + size(result.regained()));
                }
            }
            case FAILED, LEFT_ALONE -> {
                output.message(name(step) + ": " + PlainText.line(result.problem(), 400));
                if (!result.nextStep().isEmpty()) {
                    output.message("    " + result.nextStep());
                }
            }
            case GONE -> output.message(name(step) + " is gone already.");
            case STOPPED -> output.message(name(step) + " was not begun.");
            case WAITING -> output.progress("");
        }
    }

    private void summary(CleanupPlan plan, String text) {
        output.message(text);
        plan.keepUntil().ifPresent(until -> output.message("What was shut down is kept until " + until + "."));
    }

    private static String difference(List<StepResult> results, long regained) {
        long promised = results.stream()
                .filter(result -> result.status() == Status.DONE)
                .mapToLong(result -> Math.max(result.step().bytes(), 0))
                .sum();
        return regained == promised ? "" : ", " + Sizes.of(promised) + " promised: something grew or shrank in between";
    }

    private static String name(CleanupStep step) {
        return step.kind().word() + " " + PlainText.line(step.name(), 120)
                + (step.machineNames().isEmpty() || step.machineNames().equals(List.of(step.name()))
                        ? ""
                        : " ("
                                + String.join(
                                        ", ",
                                        step.machineNames().stream()
                                                .map(machine -> PlainText.line(machine, 80))
                                                .toList())
                                + ")");
    }

    private static String size(long bytes) {
        return bytes > 0 ? " · " + Sizes.of(bytes) : "";
    }

    // 4 as soon as something was not done as asked, 3 when nothing was there to be done.
    private static int code(CleanupPlan plan, List<StepResult> results) {
        List<Status> bad = new ArrayList<>(results.stream()
                .map(StepResult::status)
                .filter(status -> status == Status.FAILED || status == Status.LEFT_ALONE || status == Status.STOPPED)
                .toList());
        if (!bad.isEmpty()
                || plan.refused().stream().anyMatch(refusal -> !refusal.tooYoung())
                || !plan.missing().isEmpty() && !plan.steps().isEmpty()) {
            return ExitCode.PARTLY;
        }
        return plan.steps().isEmpty() ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }
}
