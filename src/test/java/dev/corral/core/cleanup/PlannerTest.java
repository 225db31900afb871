package dev.corral.core.cleanup;

import static dev.corral.core.cleanup.Items.NOW;
import static dev.corral.core.cleanup.Items.ghost;
import static dev.corral.core.cleanup.Items.inventory;
import static dev.corral.core.cleanup.Items.machine;
import static dev.corral.core.cleanup.Items.sandbox;
import static dev.corral.core.cleanup.Items.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.cleanup.CleanupStep.Action;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which items a choice takes, and what is done to each. */
@Tag("unit")
class PlannerTest {
    private static CleanupPlan plan(CleanupChoice choice, InventoryItem... items) {
        return Planner.plan(inventory(items), choice, NOW);
    }

    @ParameterizedTest
    @EnumSource(ItemState.class)
    void everyStrayMeansWhatIsReclaimableAndNothingElse(ItemState state) {
        boolean taken =
                switch (state) {
                    case STRAY, DESTROY_FAILED, GHOST, ORPHAN, LEFTOVER -> true;
                    case LIVE, STARTING, KEPT, FOREIGN, UNKNOWN -> false;
                };
        assertThat(plan(CleanupChoice.everyStray(), sandbox("9f3c2a1b", state, 1, MachineState.RUNNING))
                        .steps())
                .hasSize(taken ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(ItemState.class)
    void whatIsNamedIsTakenUnlessItIsInUseOrSomebodyElses(ItemState state) {
        boolean refused = state == ItemState.LIVE || state == ItemState.STARTING || state == ItemState.FOREIGN;
        CleanupPlan plan =
                plan(CleanupChoice.of(List.of("9f3c2a1b")), sandbox("9f3c2a1b", state, 1, MachineState.RUNNING));
        assertThat(plan.steps()).hasSize(refused ? 0 : 1);
        assertThat(plan.refused()).hasSize(refused ? 1 : 0);
        if (refused) {
            assertThat(plan.refused().getFirst().reason())
                    .isEqualTo("It is " + state.word() + " and left alone: A reason.");
        }
    }

    @Test
    void eachStepSaysWhatIsDoneAndWhatItGives() {
        CleanupPlan plan = plan(
                CleanupChoice.everyStray(),
                volume("deadbeef_default.img", 300),
                ghost("1111111"),
                machine("deadbeef_default"),
                sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING),
                sandbox("0a1b2c3d", ItemState.LEFTOVER, 1));
        assertThat(plan.steps())
                .extracting(CleanupStep::action, CleanupStep::how, CleanupStep::bytes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Action.DESTROY, "remove the directory", 5000L),
                        org.assertj.core.groups.Tuple.tuple(
                                Action.DESTROY, "destroy 1 VM, remove the directory", 5000L),
                        org.assertj.core.groups.Tuple.tuple(
                                Action.REMOVE_MACHINE, "remove the VM and its disks at libvirt", 700L),
                        org.assertj.core.groups.Tuple.tuple(
                                Action.REMOVE_INDEX_ENTRY, "take the entry out of Vagrant's index", 0L),
                        org.assertj.core.groups.Tuple.tuple(Action.DELETE_VOLUME, "delete the volume", 300L));
        assertThat(plan.bytes()).isEqualTo(11_000);
    }

    @Test
    void aVmsEntryIsNamedInItsStep() {
        InventoryItem orphan = machine("deadbeef_default");
        Target.Machine target = (Target.Machine) orphan.target();
        InventoryItem known = Items.withTarget(
                orphan,
                new Target.Machine(
                        target.object(),
                        target.disks(),
                        List.of(new Target.IndexEntry(java.nio.file.Path.of("/home/.vagrant.d"), "1111111"))));
        assertThat(plan(CleanupChoice.everyStray(), known).steps())
                .extracting(CleanupStep::how)
                .containsExactly("remove the VM and its disks at libvirt, and its entry in Vagrant's index");
    }

    @Test
    void pruningTakesNoVm() {
        InventoryItem[] items = {
            volume("deadbeef_default.img", 300),
            ghost("1111111"),
            machine("deadbeef_default"),
            sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING),
            sandbox("0a1b2c3d", ItemState.LEFTOVER, 1)
        };
        assertThat(plan(CleanupChoice.prune(), items).steps())
                .extracting(CleanupStep::name)
                .containsExactly("0a1b2c3d", "1111111", "deadbeef_default.img");
        CleanupPlan named = plan(
                new CleanupChoice(
                        List.of("9f3c2a1b", "deadbeef_default"), false, true, Optional.empty(), Optional.empty()),
                items);
        assertThat(named.steps()).isEmpty();
        assertThat(named.refused()).hasSize(2).allSatisfy(refusal -> assertThat(refusal.reason())
                .contains("pruning takes only what has none"));
    }

    @Test
    void onlyWhatIsOldEnough() {
        CleanupChoice choice =
                new CleanupChoice(List.of(), true, false, Optional.of(Duration.ofHours(2)), Optional.empty());
        InventoryItem[] items = {
            sandbox("11111111", ItemState.STRAY, 1, MachineState.RUNNING),
            sandbox("22222222", ItemState.STRAY, 2, MachineState.RUNNING),
            ghost("3333333")
        };
        assertThat(plan(choice, items).steps()).extracting(CleanupStep::name).containsExactly("22222222");
        CleanupChoice named =
                new CleanupChoice(List.of("11111111", "3333333"), false, false, choice.olderThan(), Optional.empty());
        assertThat(plan(named, items).refused())
                .extracting(CleanupPlan.Refusal::reason)
                .containsExactly(
                        "It is younger than that and left alone.", "Nobody knows how old it is, so it is left alone.");
    }

    @Test
    void keepingShutsDownWhatRunsAndPromisesNothing() {
        CleanupChoice choice = CleanupChoice.everyStray().keeping(NOW.plusSeconds(3600));
        CleanupPlan plan = plan(
                choice,
                sandbox("11111111", ItemState.STRAY, 1, MachineState.RUNNING),
                sandbox("22222222", ItemState.STRAY, 1, MachineState.STOPPED),
                machine("deadbeef_default"),
                volume("deadbeef_default.img", 300));
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.SHUT_DOWN);
            assertThat(step.how()).isEqualTo("shut down 1 VM, keep the disks");
            assertThat(step.bytes()).isZero();
        });
        assertThat(plan(
                                CleanupChoice.of(List.of("22222222")).keeping(NOW),
                                sandbox("22222222", ItemState.STRAY, 1, MachineState.STOPPED))
                        .refused())
                .extracting(CleanupPlan.Refusal::reason)
                .containsExactly("None of its VMs runs, so there is nothing to shut down.");
    }

    @Test
    void whatHasNoManifestCanNotBeKeptUntilADate() {
        CleanupPlan plan = plan(
                CleanupChoice.of(List.of("9f3c2a1b")).keeping(NOW),
                sandbox("9f3c2a1b", ItemState.STRAY, 1, Optional.empty(), MachineState.RUNNING));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.refused()).singleElement().satisfies(refusal -> assertThat(refusal.reason())
                .startsWith("It has no manifest of Corral's"));
    }

    @Test
    void namesFitWholeThenByTheirBeginningOrEnd() {
        InventoryItem[] items = {
            sandbox("memory-9f3c2a1b", ItemState.STRAY, 1),
            sandbox("memory-0a1b2c3d", ItemState.STRAY, 1),
            volume("memory-9f3c2a1b_x.img", 1)
        };
        assertThat(plan(CleanupChoice.of(List.of("2c3d")), items).steps())
                .extracting(CleanupStep::name)
                .containsExactly("memory-0a1b2c3d");
        assertThat(plan(CleanupChoice.of(List.of("memory-9f3c")), items).steps())
                .extracting(CleanupStep::name)
                .containsExactly("memory-9f3c2a1b");
        assertThat(plan(CleanupChoice.of(List.of("sandbox:/cache/memory-9f3c2a1b")), items)
                        .steps())
                .hasSize(1);
        assertThat(plan(CleanupChoice.of(List.of("memory")), items).refused())
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.reason()).startsWith("memory fits 2: memory-9f3c2a1b, memory-0a1b2c3d."));
        assertThat(plan(CleanupChoice.of(List.of("3d", "nosuch", "..", "")), items)
                        .missing())
                .containsExactly("3d", "nosuch", "..", "");
        assertThat(plan(CleanupChoice.of(List.of("memory-0a1b2c3d", "2c3d")), items)
                        .steps())
                .hasSize(1);
    }

    @Test
    void thePlanDoesNotDependOnTheOrderOfTheInventory() {
        List<InventoryItem> items = new ArrayList<>(List.of(
                volume("a.img", 1),
                ghost("1111111"),
                machine("vm"),
                sandbox("9f3c2a1b", ItemState.STRAY, 1),
                sandbox("0a1b2c3d", ItemState.STRAY, 1)));
        Inventory one = inventory(items.toArray(InventoryItem[]::new));
        Collections.reverse(items);
        Inventory other = inventory(items.toArray(InventoryItem[]::new));
        CleanupPlan plan = Planner.plan(one, CleanupChoice.everyStray(), NOW);
        assertThat(Planner.plan(other, CleanupChoice.everyStray(), NOW.plusSeconds(5)))
                .isEqualTo(plan);
        assertThat(PlanDocument.bytes(PlanDocument.rows(Planner.plan(other, CleanupChoice.everyStray(), NOW))))
                .isEqualTo(PlanDocument.bytes(PlanDocument.rows(plan)));
    }

    @Test
    void theDocumentNamesStepsThenWhatWasLeftAlone() throws Exception {
        CleanupPlan plan = plan(
                CleanupChoice.of(List.of("9f3c2a1b", "0a1b2c3d", "nosuch")),
                sandbox("9f3c2a1b", ItemState.STRAY, 1, MachineState.RUNNING),
                sandbox("0a1b2c3d", ItemState.LIVE, 1, MachineState.RUNNING));
        byte[] bytes = PlanDocument.bytes(PlanDocument.rows(plan));
        var rows = Json.mapper().readTree(bytes);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).path("result").asText()).isEqualTo("would_be_destroyed");
        assertThat(rows.get(0).path("bytes").asLong()).isEqualTo(5000);
        assertThat(rows.get(0).has("regained_bytes")).isFalse();
        assertThat(rows.get(1).path("problem").asText()).isEqualTo("It is live and left alone: A reason.");
        assertThat(rows.get(2).path("result").asText()).isEqualTo("not_found");
        assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("]\n");
    }

    @Test
    void whatTakesMemoryCanBeShutDown() {
        for (MachineState state : MachineState.values()) {
            boolean memory =
                    state == MachineState.RUNNING || state == MachineState.PAUSED || state == MachineState.UNKNOWN;
            assertThat(plan(
                                    CleanupChoice.everyStray().keeping(NOW),
                                    sandbox("11111111", ItemState.STRAY, 1, MachineState.STOPPED, state))
                            .steps())
                    .as(state.name())
                    .hasSize(memory ? 1 : 0);
        }
    }

    @Test
    void machinesAreCountedAsFarAsTheyExist() {
        InventoryItem two = sandbox("11111111", ItemState.STRAY, 1, MachineState.RUNNING, MachineState.RUNNING);
        assertThat(plan(CleanupChoice.everyStray(), two).steps().getFirst().how())
                .isEqualTo("destroy 2 VMs, remove the directory");
        assertThat(plan(CleanupChoice.everyStray(), two).steps().getFirst().machineNames())
                .containsExactly("default", "default");
        assertThat(plan(CleanupChoice.everyStray().keeping(NOW), two)
                        .steps()
                        .getFirst()
                        .how())
                .isEqualTo("shut down 2 VMs, keep the disks");
    }

    @Test
    void aMachineWithoutAnIdIsNotThere() {
        InventoryItem never = Items.withTarget(
                ghost("1111111"), new Target.Sandbox(java.nio.file.Path.of("/cache/1111111"), List.of()));
        assertThat(plan(CleanupChoice.everyStray(), never).steps().getFirst().how())
                .isEqualTo("remove the directory");
    }

    @Test
    void networksAndFoldersAreRemovedAsSuch() {
        InventoryItem network =
                Items.withTarget(volume("net", 300), new Target.Net(new Network("qemu:///system", "net", "u", true)));
        InventoryItem folder =
                Items.withTarget(volume("rubbish", 40), new Target.Folder(java.nio.file.Path.of("/cache/rubbish")));
        assertThat(plan(CleanupChoice.everyStray(), network, folder).steps())
                .extracting(CleanupStep::action, CleanupStep::how, CleanupStep::bytes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Action.REMOVE_NETWORK, "remove the network", 0L),
                        org.assertj.core.groups.Tuple.tuple(Action.REMOVE_FOLDER, "remove the folder", 40L));
    }

    @Test
    void anAgeIsReachedToTheSecond() {
        CleanupChoice choice =
                new CleanupChoice(List.of(), true, false, Optional.of(Duration.ofHours(2)), Optional.empty());
        InventoryItem item = sandbox("22222222", ItemState.STRAY, 2, MachineState.RUNNING);
        assertThat(Planner.plan(inventory(item), choice, NOW).steps()).hasSize(1);
        assertThat(Planner.plan(inventory(item), choice, NOW.minusSeconds(1)).steps())
                .isEmpty();
        CleanupPlan.Refusal refusal = plan(
                        new CleanupChoice(
                                List.of("22222222"), false, false, Optional.of(Duration.ofHours(3)), Optional.empty()),
                        item)
                .refused()
                .getFirst();
        assertThat(refusal.tooYoung()).isTrue();
        assertThat(plan(CleanupChoice.of(List.of("22222222")), sandbox("22222222", ItemState.LIVE, 1))
                        .refused()
                        .getFirst()
                        .tooYoung())
                .isFalse();
    }

    @Test
    void aNameThatFitsManyNamesTenOfThem() {
        InventoryItem[] many = new InventoryItem[12];
        for (int number = 0; number < many.length; number++) {
            many[number] = sandbox("lab-%08d".formatted(number), ItemState.STRAY, 1);
        }
        assertThat(plan(CleanupChoice.of(List.of("lab")), many).refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason())
                        .startsWith("lab fits 12: lab-00000000, ")
                        .contains("lab-00000009. Give more of the name.")
                        .doesNotContain("lab-00000010"));
    }

    @Test
    void aSandboxIsMeantBeforeADiskOfItsName() {
        InventoryItem sandbox = sandbox("9f3c2a1b", ItemState.STRAY, 1);
        assertThat(plan(CleanupChoice.of(List.of("9f3c2a1b")), volume("9f3c2a1b", 1), sandbox)
                        .steps())
                .extracting(CleanupStep::key)
                .containsExactly(sandbox.key());
        assertThat(plan(CleanupChoice.of(List.of("disk")), volume("disk", 1), volume("disk-2", 2))
                        .steps())
                .as("the whole name counts before a part of others")
                .extracting(CleanupStep::name)
                .containsExactly("disk");
    }

    @Test
    void whatNothingCanBeDoneToIsNotChosen() {
        InventoryItem nothing = Items.withTarget(volume("disk", 1), new Target.None());
        assertThat(plan(CleanupChoice.everyStray(), nothing).steps()).isEmpty();
        assertThat(plan(CleanupChoice.of(List.of("disk")), nothing).refused())
                .extracting(CleanupPlan.Refusal::reason)
                .containsExactly("It is leftover and left alone: A reason.");
        assertThat(plan(CleanupChoice.of(List.of("disk")).keeping(NOW), volume("disk", 1))
                        .refused())
                .extracting(CleanupPlan.Refusal::reason)
                .containsExactly("None of its VMs runs, so there is nothing to shut down.");
    }

    @Test
    void stepsComeByActionThenNameThenKey() {
        CleanupPlan plan = plan(
                CleanupChoice.everyStray(),
                volume("b", 1),
                volume("a", 1),
                sandbox("22222222", ItemState.STRAY, 1),
                sandbox("11111111", ItemState.STRAY, 1),
                ghost("a"));
        assertThat(plan.steps())
                .extracting(CleanupStep::key)
                .containsExactly(
                        "sandbox:/cache/11111111", "sandbox:/cache/22222222", "index:a", "volume:a", "volume:b");
        assertThat(plan.keepUntil()).isEmpty();
        assertThat(plan(CleanupChoice.prune().keeping(NOW)).keepUntil()).contains(NOW);
    }

    @Test
    void unknownSizesPromiseNothing() {
        assertThat(plan(CleanupChoice.everyStray(), volume("a", -1), volume("b", 7))
                        .bytes())
                .isEqualTo(7);
        CleanupChoice kept = CleanupChoice.prune().keeping(NOW);
        assertThat(kept.pruneOnly()).isTrue();
        assertThat(kept.allStrays()).isTrue();
        assertThat(CleanupChoice.of(List.of("a")).keeping(NOW).names()).containsExactly("a");
    }
}
