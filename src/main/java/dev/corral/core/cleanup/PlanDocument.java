package dev.corral.core.cleanup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.core.base.Json;
import dev.corral.core.cleanup.CleanupStep.Action;
import dev.corral.core.inventory.ItemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans and results as JSON: one array, an object for each step, then one for each name that was left alone or fits nothing. */
public final class PlanDocument {
    private PlanDocument() {}

    /**
     * One object of the array.
     *
     * @param sandbox       the sandbox's id or the item's name
     * @param machines      names of its VMs
     * @param result        what became of it or would
     * @param problem       why it was not done
     * @param key           the item's key
     * @param kind          what it is
     * @param state         its state when the plan was made
     * @param reason        why it has that state
     * @param action        what is done
     * @param how           the same in words
     * @param bytes         bytes promised, -1 when unknown
     * @param regainedBytes bytes measured to be free now, only after the step was done
     * @param nextStep      what can be done about the problem
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String sandbox,
            List<String> machines,
            String result,
            @Nullable String problem,
            @Nullable String key,
            @Nullable String kind,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String action,
            @Nullable String how,
            @Nullable Long bytes,
            @Nullable Long regainedBytes,
            @Nullable String nextStep) {}

    /** A plan's rows. */
    public static List<Row> rows(CleanupPlan plan) {
        List<Row> rows = new ArrayList<>(plan.steps().stream()
                .map(step -> row(step, would(step), null, null, null))
                .toList());
        rows.addAll(leftAlone(plan));
        return rows;
    }

    /** The rows of an executed plan. */
    public static List<Row> rows(CleanupPlan plan, List<StepResult> results) {
        List<Row> rows = new ArrayList<>(results.stream()
                .map(result -> row(
                        result.step(),
                        word(result),
                        blankToNull(result.problem()),
                        result.status() == StepResult.Status.DONE ? result.regained() : null,
                        blankToNull(result.nextStep())))
                .toList());
        rows.addAll(leftAlone(plan));
        return rows;
    }

    /** The bytes of these rows, the same for window and command line. */
    public static byte[] bytes(List<Row> rows) {
        try {
            return (Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> leftAlone(CleanupPlan plan) {
        List<Row> rows = new ArrayList<>();
        plan.refused()
                .forEach(refusal ->
                        rows.add(bare(refusal.name(), refusal.tooYoung() ? "left_alone" : "failed", refusal.reason())));
        plan.missing().forEach(name -> rows.add(bare(name, "not_found", "Nothing here is called " + name + ".")));
        return rows;
    }

    private static Row bare(String name, String result, @Nullable String problem) {
        return new Row(name, List.of(), result, problem, null, null, null, null, null, null, null, null, null);
    }

    private static Row row(
            CleanupStep step,
            String result,
            @Nullable String problem,
            @Nullable Long regained,
            @Nullable String nextStep) {
        return new Row(
                step.name(),
                step.machineNames(),
                result,
                problem,
                step.key(),
                word(step.kind().word()),
                word(step.state().word()),
                step.reason(),
                step.action().word(),
                step.how(),
                step.bytes(),
                regained,
                nextStep);
    }

    private static String would(CleanupStep step) {
        return "would_be_" + done(step);
    }

    private static String done(CleanupStep step) {
        return step.action() == Action.SHUT_DOWN
                ? "shut_down"
                : step.kind() == ItemKind.SANDBOX || step.kind() == ItemKind.MACHINE ? "destroyed" : "removed";
    }

    private static String word(StepResult result) {
        return result.status() == StepResult.Status.DONE
                ? done(result.step())
                : result.status().word();
    }

    private static String word(String words) {
        return words.replace(' ', '_');
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
