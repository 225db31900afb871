package dev.corral.core.cleanup;

import static dev.corral.core.cleanup.Items.NOW;
import static dev.corral.core.cleanup.Items.inventory;
import static dev.corral.core.cleanup.Items.machine;
import static dev.corral.core.cleanup.Items.sandbox;
import static dev.corral.core.cleanup.Items.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.cleanup.StepResult.Status;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and what came of them as the rows that scripts read. */
@Tag("unit")
class PlanDocumentTest {
    private static CleanupPlan plan(CleanupChoice choice, InventoryItem... items) {
        return Planner.plan(inventory(items), choice, NOW);
    }

    private static StepResult result(CleanupStep step, Status status, String problem, String nextStep) {
        return new StepResult(step, status, 77, problem, nextStep);
    }

    @Test
    void aRowTellsAllThatThePlanKnows() throws IOException {
        CleanupPlan plan = plan(
                CleanupChoice.everyStray(), sandbox("9f3c2a1b", ItemState.DESTROY_FAILED, 1, MachineState.RUNNING));
        var row = Json.mapper()
                .readTree(PlanDocument.bytes(PlanDocument.rows(plan)))
                .get(0);
        assertThat(row.toString())
                .isEqualTo("{\"sandbox\":\"9f3c2a1b\",\"machines\":[\"default\"],\"result\":\"would_be_destroyed\","
                        + "\"key\":\"sandbox:/cache/9f3c2a1b\",\"kind\":\"sandbox\",\"state\":\"destroy_failed\","
                        + "\"reason\":\"A reason.\",\"action\":\"destroy\",\"how\":\"destroy 1 VM, remove the directory\","
                        + "\"bytes\":5000}");
    }

    @Test
    void eachKindOfThingHasItsWord() {
        assertThat(PlanDocument.rows(plan(
                        CleanupChoice.everyStray(),
                        volume("disk.img", 1),
                        machine("vm"),
                        sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING))))
                .extracting(PlanDocument.Row::result)
                .containsExactly("would_be_destroyed", "would_be_destroyed", "would_be_removed");
        assertThat(PlanDocument.rows(plan(
                        CleanupChoice.everyStray().keeping(NOW.plusSeconds(60)),
                        sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING))))
                .extracting(PlanDocument.Row::result)
                .containsExactly("would_be_shut_down");
    }

    @ParameterizedTest
    @CsvSource({
        "DONE, destroyed",
        "FAILED, failed",
        "LEFT_ALONE, left_alone",
        "GONE, gone",
        "STOPPED, stopped",
        "RUNNING, running",
        "WAITING, waiting"
    })
    void aResultSaysWhatBecameOfTheStep(Status status, String word) {
        CleanupPlan plan =
                plan(CleanupChoice.everyStray(), sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING));
        List<PlanDocument.Row> rows =
                PlanDocument.rows(plan, List.of(result(plan.steps().getFirst(), status, "", "")));
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.result()).isEqualTo(word);
            assertThat(row.problem()).isNull();
            assertThat(row.nextStep()).isNull();
            // Measured only after it was done; anything else would be a promise.
            assertThat(row.regainedBytes()).isEqualTo(status == Status.DONE ? 77L : null);
        });
    }

    @Test
    void whatFailedSaysWhyAndWhatToDo() {
        CleanupPlan plan =
                plan(CleanupChoice.everyStray(), sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING));
        assertThat(PlanDocument.rows(
                        plan, List.of(result(plan.steps().getFirst(), Status.FAILED, "It is in use.", "Try again."))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.problem()).isEqualTo("It is in use.");
                    assertThat(row.nextStep()).isEqualTo("Try again.");
                });
    }

    @Test
    void whatWasLeftAloneComesAfterTheResults() {
        CleanupChoice choice = new CleanupChoice(
                List.of("11111111", "22222222", "0a1b2c3d", "nosuch"),
                false,
                false,
                Optional.of(Duration.ofHours(2)),
                Optional.empty());
        CleanupPlan plan = plan(
                choice,
                sandbox("11111111", ItemState.STRAY, 3, MachineState.RUNNING),
                sandbox("22222222", ItemState.STRAY, 1, MachineState.RUNNING),
                sandbox("0a1b2c3d", ItemState.LIVE, 3, MachineState.RUNNING));
        List<PlanDocument.Row> rows =
                PlanDocument.rows(plan, List.of(result(plan.steps().getFirst(), Status.DONE, "", "")));
        assertThat(rows)
                .extracting(PlanDocument.Row::sandbox)
                .containsExactly("11111111", "22222222", "0a1b2c3d", "nosuch");
        assertThat(rows)
                .extracting(PlanDocument.Row::result)
                .containsExactly("destroyed", "left_alone", "failed", "not_found");
        assertThat(rows.getLast().problem()).isEqualTo("Nothing here is called nosuch.");
        assertThat(rows.get(1).machines()).isEmpty();
        assertThat(PlanDocument.rows(plan))
                .extracting(PlanDocument.Row::result)
                .isEqualTo(Arrays.asList("would_be_destroyed", "left_alone", "failed", "not_found"));
    }
}
