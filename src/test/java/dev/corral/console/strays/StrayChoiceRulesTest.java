package dev.corral.console.strays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.console.page.Action;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Selection;
import dev.corral.console.work.MachineWork;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StrayChoiceRulesTest {
    private static StrayRow sandbox(ItemState state) {
        return StrayRow.of(
                StrayItems.sandbox("s-" + state, state, "Made up.", "eval", "1", Samples.NOW, 10, "default"), "");
    }

    private static StrayRow other(ItemKind kind, ItemState state) {
        return StrayRow.of(
                StrayItems.other(
                        kind,
                        state,
                        "thing",
                        "Made up.",
                        Layer.CACHE,
                        10,
                        Samples.NOW,
                        new Target.Folder(Path.of("/home/ada/x"))),
                "");
    }

    private static final StrayRules.UnderWay IDLE = new StrayRules.UnderWay(id -> false, MachineWork.none());

    private static Map<Action, String> obstacles(StrayRow... chosen) {
        return StrayRules.of(Arrays.asList(chosen), false, 0, Optional.empty(), IDLE)
                .obstacles();
    }

    private static SandboxView view(String id) {
        return Samples.inventory(Samples.NOW).sandbox(id).orElseThrow();
    }

    @Test
    void withoutAChosenRowEveryActionAsksForOne() {
        Map<Action, String> obstacles = obstacles();
        assertThat(obstacles)
                .containsKeys(StrayRules.ROW_ACTIONS.toArray(Action[]::new))
                .allSatisfy((action, why) -> assertThat(why).isEqualTo("Choose a row first"));
        assertThat(StrayRules.of(List.of(), false, 1, Optional.empty(), IDLE).obstacles())
                .as("what is checked can be cleaned up without a chosen row")
                .doesNotContainKey(Action.CLEAN_CHOSEN)
                .containsKey(Action.CHECK);
    }

    @Test
    void aStraySandboxCanBeCheckedPinnedRevealedAndShown() {
        assertThat(obstacles(sandbox(ItemState.STRAY)))
                .doesNotContainKeys(
                        Action.CHECK,
                        Action.CLEAN_CHOSEN,
                        Action.PIN,
                        Action.REVEAL,
                        Action.SHOW_IN_SANDBOXES,
                        Action.COPY);
    }

    @Test
    void whatIsInUseIsNeverTouchedAndSaysWhy() {
        assertThat(obstacles(sandbox(ItemState.LIVE)))
                .containsEntry(Action.CHECK, "It is live and never touched")
                .containsEntry(Action.CLEAN_CHOSEN, "It is live and never touched")
                .doesNotContainKey(Action.PIN);
        assertThat(obstacles(sandbox(ItemState.LIVE), sandbox(ItemState.STARTING)))
                .containsEntry(Action.CHECK, "None of them may be touched")
                .containsEntry(Action.CLEAN_CHOSEN, "None of them may be touched");
        assertThat(obstacles(sandbox(ItemState.LIVE), sandbox(ItemState.STRAY)))
                .as("one of them may be")
                .doesNotContainKeys(Action.CHECK, Action.CLEAN_CHOSEN);
    }

    @Test
    void aCheckedRowCanBeCleanedUpWhateverIsChosen() {
        List<StrayRow> live = List.of(sandbox(ItemState.LIVE));
        assertThat(StrayRules.of(live, false, 1, Optional.empty(), IDLE).obstacles())
                .doesNotContainKey(Action.CLEAN_CHOSEN)
                .containsKey(Action.CHECK);
        assertThat(StrayRules.of(live, false, 0, Optional.empty(), IDLE).obstacles())
                .containsKey(Action.CLEAN_CHOSEN);
    }

    @Test
    void terminalAndLogAreThoseOfTheOneSandbox() {
        StrayRow row = sandbox(ItemState.STRAY);
        assertThat(obstacles(row))
                .containsEntry(Action.TERMINAL, "It is no sandbox")
                .containsEntry(Action.LOG, "It is no sandbox");
        assertThat(obstacles(row, sandbox(ItemState.KEPT)))
                .containsEntry(Action.TERMINAL, "Choose one row")
                .containsEntry(Action.LOG, "Choose one row");
        assertThat(StrayRules.of(List.of(row), false, 0, Optional.of(view("sqli-01-9f3c2a1b")), IDLE)
                        .obstacles())
                .as("its VM runs, and its start has a log")
                .doesNotContainKeys(Action.TERMINAL, Action.LOG);
        assertThat(StrayRules.of(List.of(row), false, 0, Optional.of(view("xss-03-77b0c1e2")), IDLE)
                        .obstacles())
                .as("it waits for its turn")
                .containsEntry(Action.TERMINAL, "There is no VM yet")
                .containsEntry(Action.LOG, "Vagrant has not run for it yet");
    }

    @Test
    void onlySandboxesOfOursCanBePinned() {
        String why = "Only sandboxes of Corral's can be pinned";
        assertThat(obstacles(sandbox(ItemState.FOREIGN))).containsEntry(Action.PIN, why);
        assertThat(obstacles(other(ItemKind.FOLDER, ItemState.LEFTOVER))).containsEntry(Action.PIN, why);
        InventoryItem item = sandbox(ItemState.GHOST).item();
        InventoryItem nowhere = new InventoryItem(
                item.key(),
                item.kind(),
                item.state(),
                item.reason(),
                item.name(),
                item.sandbox(),
                item.machines(),
                item.knownTo(),
                item.bytes(),
                item.parts(),
                item.since(),
                item.owner(),
                item.origin(),
                item.provider(),
                Optional.empty(),
                item.target());
        assertThat(obstacles(StrayRow.of(nowhere, "")))
                .as("a pin is a file in its directory")
                .containsEntry(Action.PIN, why)
                .containsEntry(Action.REVEAL, "It has no directory");
        assertThat(obstacles(other(ItemKind.FOLDER, ItemState.LEFTOVER), sandbox(ItemState.STRAY)))
                .as("one of them can be")
                .doesNotContainKey(Action.PIN);
    }

    @Test
    void onlyOneRowIsRevealedOrShownInTheOtherList() {
        assertThat(obstacles(sandbox(ItemState.STRAY), sandbox(ItemState.KEPT)))
                .containsEntry(Action.REVEAL, "Choose one row")
                .containsEntry(Action.SHOW_IN_SANDBOXES, "Choose one row");
        assertThat(obstacles(other(ItemKind.FOLDER, ItemState.LEFTOVER)))
                .doesNotContainKey(Action.REVEAL)
                .containsEntry(Action.SHOW_IN_SANDBOXES, "It is no sandbox");
        assertThat(obstacles(other(ItemKind.VOLUME, ItemState.LEFTOVER)))
                .containsEntry(Action.REVEAL, "It has no directory");
        assertThat(obstacles(sandbox(ItemState.FOREIGN)))
                .doesNotContainKey(Action.REVEAL)
                .containsEntry(Action.SHOW_IN_SANDBOXES, "It is no sandbox");
        assertThat(StrayRules.of(List.of(sandbox(ItemState.STRAY)), true, 0, Optional.empty(), IDLE)
                        .obstacles())
                .as("a heading was chosen, not its only row")
                .containsKeys(Action.REVEAL, Action.SHOW_IN_SANDBOXES);
    }

    @Test
    void thePinMarkHoldsWhenAllThatCanBePinnedAre() {
        assertThat(pinned(sandbox(ItemState.KEPT))).isTrue();
        assertThat(pinned(sandbox(ItemState.KEPT), other(ItemKind.FOLDER, ItemState.LEFTOVER)))
                .as("what can't be pinned does not count")
                .isTrue();
        assertThat(pinned(sandbox(ItemState.KEPT), sandbox(ItemState.STRAY))).isFalse();
        assertThat(pinned(other(ItemKind.FOLDER, ItemState.LEFTOVER))).isFalse();
        assertThat(pinned()).isFalse();
    }

    private static boolean pinned(StrayRow... chosen) {
        return StrayRules.of(Arrays.asList(chosen), false, 0, Optional.empty(), IDLE)
                .pinned();
    }

    @Test
    void theCommandsAreToldWhatIsChosenAndWhatPinDoesNow() {
        StrayRules kept = StrayRules.of(List.of(sandbox(ItemState.KEPT)), false, 0, Optional.empty(), IDLE);
        Selection selection = kept.selection(true);
        assertThat(selection.kind()).contains(Scope.ITEM);
        assertThat(selection.obstacles()).isEqualTo(kept.obstacles());
        assertThat(selection.texts().get(Action.PIN)).isEqualTo("Unpin");
        assertThat(selection.texts().get(Action.COPY)).isEqualTo("Copy id");
        StrayRules stray = StrayRules.of(List.of(sandbox(ItemState.STRAY)), false, 0, Optional.empty(), IDLE);
        assertThat(stray.selection(true).texts().get(Action.PIN)).isEqualTo("Pin");
        assertThat(stray.selection(false).kind()).isEmpty();
    }
}
